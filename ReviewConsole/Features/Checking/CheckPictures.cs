using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Checking;

/// <summary>Measures one stored picture; <see cref="PhotoCheck.Measure"/> in the product.</summary>
public delegate PhotoReport MeasurePicture(PictureKind kind, ReadOnlyMemory<byte> storedJpeg, PictureFacts facts, CancellationToken cancellation);

/// <summary>Measures the current pictures of a case and opens it. After the last failed try the case opens without: a machine never keeps one from its reviewer.</summary>
/// <remarks>
/// A try is noted before it is made, so that a picture at which the process dies counts as well. Measuring takes long and happens outside the
/// write lane; the reports, the opening and the end of the message are one commit.
/// </remarks>
public sealed class CheckPictures(
    Commit commit, Reads reads, PictureStore pictures, MeasurePicture measure, IOptions<ReviewSettings> settings, ILogger<CheckPictures> log) : IOutboxWorker, IUseCase
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(2);
    private static readonly Actor Machine = Actor.System("check");

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Check;

    /// <inheritdoc/>
    public int Parallelism => Environment.ProcessorCount;

    /// <inheritdoc/>
    public async Task Work(OutboxTicket ticket, CancellationToken cancel)
    {
        CaseId id = new(Guid.Parse(ticket.Key));
        var round = await Begin(ticket, id, cancel);
        if (round is null)
            return;
        var reports = ticket.Failures >= settings.Value.CheckTries ? null : await Measured(ticket, id, cancel);
        if (reports is null && ticket.Failures + 1 < settings.Value.CheckTries)
            return;
        await Open(ticket, id, round.Value, reports, cancel);
    }

    // The round that is to be measured, or null where there is nothing to do any more.
    private async Task<int?> Begin(OutboxTicket ticket, CaseId id, CancellationToken cancel) => (await commit.Run<CheckPictures, int?>(Machine, async unit =>
    {
        var subject = await unit.Db.Cases.AsNoTracking().SingleAsync(c => c.Id == id, cancel);
        if (subject.State == CaseState.Received && await ticket.PutOff(unit, "Interrupted"))
            return subject.Rounds;
        await ticket.Finish(unit);
        return default(int?);
    }, cancel)).Value;

    private async Task<Dictionary<Guid, PhotoReport>?> Measured(OutboxTicket ticket, CaseId id, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LongestTry);
        try
        {
            var current = (await reads.Run<CheckPictures, List<Picture>>(Machine, async db => await CurrentPictures.Of(db, id, limit.Token), limit.Token)).Value;
            Dictionary<Guid, PhotoReport> reports = [];
            foreach (var picture in current.Where(p => p.Report is null))
            {
                var jpeg = await pictures.Get(picture.Id, limit.Token) ?? throw new FileNotFoundException("The picture is not in the store.");
                reports[picture.Id] = measure(picture.Kind, jpeg, picture.Facts, limit.Token);
            }

            return reports;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            log.LogWarning("The pictures of case {Case} could not be measured at try {Try}: {Fault}", id, ticket.Failures + 1, fault.GetType().Name);
            return null;
        }
    }

    private Task<Answer<Done>> Open(OutboxTicket ticket, CaseId id, int round, Dictionary<Guid, PhotoReport>? reports, CancellationToken cancel) =>
        commit.Run<CheckPictures, Done>(Machine, async unit =>
        {
            var subject = await unit.Db.Cases.SingleAsync(c => c.Id == id, cancel);
            // Withdrawn, or opened and asked for more meanwhile: what was measured here is no longer what is waited for.
            if (!await ticket.Finish(unit) || subject.State != CaseState.Received || subject.Rounds != round)
                return default(Done);
            if (reports is not null)
            {
                var ids = reports.Keys.ToList();
                await foreach (var picture in unit.Db.Pictures.Where(p => ids.Contains(p.Id)).AsAsyncEnumerable().WithCancellation(cancel))
                    picture.Keep(reports[picture.Id]);
            }

            return subject.FinishChecks(givenUp: reports is null) is { } refusal ? refusal : default(Done);
        }, cancel);
}
