using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Tests.Torture;

/// <summary>What became of each claim, read from the audit log.</summary>
/// <param name="Ends">How the claim under a token ended: the name of the event.</param>
/// <param name="Undone">The token that the undo of a decision under a token gave.</param>
/// <param name="Kept">Tokens of claims that kept the case ready.</param>
internal sealed record CaseStory(IReadOnlyDictionary<int, string> Ends, IReadOnlyDictionary<int, int> Undone, IReadOnlySet<int> Kept);

/// <summary>What must hold of a store at any moment, whatever happened before.</summary>
internal static class StoreCheck
{
    private static readonly string[] EndsOfClaims =
        [nameof(CaseReleased), nameof(ReviewerRecused), nameof(CaseHandedOn), nameof(VerdictProposed), nameof(InformationRequested), nameof(CaseDecided), nameof(ClaimExpired)];

    /// <summary>Everything that holds even in the moment after a kill.</summary>
    public static async Task Holds(IServiceProvider services)
    {
        var machine = Actor.System("test") with { Permissions = [Permission.Audit, Permission.Administer] };
        Assert.Null((await services.GetRequiredService<VerifyAudit>().Handle(machine)).Value.FirstBad);
        Assert.Equal(0, (await services.GetRequiredService<RebuildRollups>().Handle(machine, mend: false)).Value.Differing);
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        await OneOfEach(db);
    }

    /// <summary>The story of each case. It fails where a claim ended twice: nobody decides what another decided.</summary>
    public static async Task<Dictionary<Guid, CaseStory>> Stories(ReviewDb db)
    {
        Dictionary<Guid, CaseStory> stories = [];
        var all = await db.AuditEntries.AsNoTracking().Where(e => e.Stream.StartsWith("case:")).OrderBy(e => e.Stream).ThenBy(e => e.Sequence).ToListAsync();
        foreach (var stream in all.GroupBy(e => e.Stream, StringComparer.Ordinal))
        {
            var token = 0;
            var (ends, undone, kept) = (new Dictionary<int, string>(), new Dictionary<int, int>(), new HashSet<int>());
            foreach (var row in stream)
            {
                if (row.Kind is nameof(CaseClaimed) or nameof(CasePrefetched) or nameof(DecisionUndone))
                {
                    var given = (int)JsonNode.Parse(row.Payload)!["Token"]!;
                    Assert.Equal(token + 1, given);
                    if (row.Kind == nameof(DecisionUndone))
                    {
                        Assert.Equal(nameof(CaseDecided), ends[token]);
                        undone.Add(token, given);
                    }
                    else if (token > 0)
                    {
                        Assert.Contains(token, ends);
                    }

                    token = given;
                    if (row.Kind == nameof(CasePrefetched))
                        kept.Add(token);
                }
                else if (EndsOfClaims.Contains(row.Kind, StringComparer.Ordinal))
                {
                    ends.Add(token, row.Kind);
                }
            }

            var closed = stream.Count(row => row.Kind == nameof(CaseClosed));
            Assert.InRange(closed, 0, 1);
            stories.Add(Guid.Parse(stream.Key.AsSpan("case:".Length)), new(ends, undone, kept));
        }

        return stories;
    }

    /// <summary>One case an intake, one e-licence an approval, one in force a person, one delivery a notice and channel, one notice an end.</summary>
    private static async Task OneOfEach(ReviewDb db)
    {
        var cases = await db.Cases.AsNoTracking().ToListAsync();
        Assert.Distinct(cases.Select(c => c.Subject));
        Assert.Distinct(cases.Select(c => c.ReceiptNumber), StringComparer.Ordinal);
        // Every request of this test is of a person of its own.
        Assert.Distinct(cases.Select(c => c.Applicant));
        Assert.Equal(cases.Count, await db.Applicants.CountAsync());
        Assert.Equal(cases.Count, await db.Applications.CountAsync() + await db.Submissions.CountAsync());

        var licences = await db.ELicences.AsNoTracking().ToListAsync();
        Assert.Equal(
            cases.Where(c => c is { State: CaseState.Closed, Outcome: Outcome.Approved, HomeQueue: Queues.ELicence }).Select(c => c.Id.Value).Order(),
            licences.Select(e => e.CaseId).Order());
        Assert.Distinct(licences.Where(e => e.WithdrawnAt is null).Select(e => e.ApplicantId));

        var notices = await db.Notices.AsNoTracking().ToListAsync();
        var deliveries = await db.Deliveries.AsNoTracking().ToListAsync();
        Assert.Distinct(deliveries.Select(d => (d.Notice, d.Channel)));
        Assert.Equal(2 * notices.Count, deliveries.Count);
        Assert.Equal(
            cases.Where(c => c.Rounds > 0 || c.State == CaseState.Closed).ToDictionary(c => c.Id.Value, c => c.Rounds + (c.State == CaseState.Closed ? 1 : 0)).OrderBy(pair => pair.Key),
            notices.CountBy(n => n.Case!.Value.Value).OrderBy(pair => pair.Key));
    }

    /// <summary>Every row of a picture has its file, whole and readable.</summary>
    /// <returns>The ids of the rows.</returns>
    public static async Task<List<Guid>> PicturesOpen(ReviewDb db, PictureStore store)
    {
        var ids = await db.Pictures.AsNoTracking().Select(p => p.Id).ToListAsync();
        foreach (var id in ids)
            Assert.NotEmpty(await store.Get(id, CancellationToken.None) ?? []);
        return ids;
    }
}
