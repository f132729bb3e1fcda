using ReviewConsole.Domain.People;
using ReviewConsole.Features.Search;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>What finding a case costs among a million: what it costs among a thousand.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class SearchRatios(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rounds = 60;
    private const int Namesakes = 30;
    private const string Name = "欧阳明月";
    private const string Phone = "13900001111";
    private static readonly string Document = CitizenId.Compose("440305", new DateOnly(1985, 5, 5), 321).Value;
    private readonly ManyCases many = new(Sizes.Of(1_000_000));
    private readonly ManyCases few = new(1_000);

    [Fact]
    public async Task Finding_a_case_costs_the_same_among_many()
    {
        (string What, SearchRequest Asked, int Rows)[] searches =
        [
            ("by receipt number", new("SQ000000000500"), 1),
            ("by the beginning of a receipt number", new("SQ0"), SearchQuery.PageSize),
            ("by a name of thirty people", new(Name), SearchQuery.PageSize),
            ("by phone number", new(Phone), 1),
            ("by document number", new(Document), 1),
            ("by reason", new(Reason: "PHOTO_BLUR"), SearchQuery.PageSize),
            ("by name and reason", new(Name, Reason: "PHOTO_EYES"), 1),
            ("by day", new(From: new(1970, 1, 1)), SearchQuery.PageSize),
        ];
        foreach (var (what, asked, rows) in searches)
        {
            List<double> small = [], large = [];
            for (var round = -10; round < Rounds; round++)
            {
                var (s, l) = (await Find(few), await Find(many));
                if (round < 0)
                    continue;
                small.Add(s);
                large.Add(l);
            }

            var (fewMs, manyMs) = (Bench.Percentile(small, .5), Bench.Percentile(large, .5));
            Bench.Row(output, $"search {what} among {many.Count:N0} cases, p50", manyMs, "ms");
            Bench.Row(output, $"the same : among {few.Count:N0}", manyMs / fewMs, "x", 1.5);
            Bench.Keeps(manyMs / fewMs, 1.5);

            Task<double> Find(ManyCases cases) =>
                Bench.Time(async () => Assert.Equal(rows, (await cases.Store.Get<SearchQuery>().Handle(ManyCases.Reviewer(), asked)).Value.Rows.Count));
        }
    }

    public async Task InitializeAsync()
    {
        await few.InitializeAsync();
        await many.InitializeAsync();
        await Spread(few);
        await Spread(many);
    }

    public async Task DisposeAsync()
    {
        await few.DisposeAsync();
        await many.DisposeAsync();
    }

    // Everybody of a name and a phone of their own, thirty namesakes and one known person among them; every twentieth case rejected for one reason.
    private static async Task Spread(ManyCases cases)
    {
        Assert.True(PersonName.TryParse(Name, out var name, out _));
        Assert.True(PhoneNumber.TryParse(Phone, out var phone, out _));
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentIdentityCard, Document, new(2026, 11, 23), out var document, out _));
        await using var db = await cases.Store.Open();
        using var connection = Bench.Connect(cases.Store.Folder);
        using var transaction = connection.BeginTransaction();
        Bench.Run(connection, """
            update "Applicants" set "NameIndex" = 'n' || rowid, "PhoneIndex" = 'p' || rowid where "DocumentIndex" like 'many%';
            update "Applicants" set "NameIndex" = @name where rowid % @step = 0 and rowid / @step between 1 and @namesakes;
            update "Applicants" set "PhoneIndex" = @phone, "DocumentIndex" = @document where rowid = @step + 1;
            insert into "SentIdentities" ("Subject", "Applicant", "Name", "NameIndex", "Phone", "PhoneIndex")
            select c."Subject", c."Applicant", @sealedName, a."NameIndex", @sealedPhone, a."PhoneIndex" from "Cases" c join "Applicants" a on a."Id" = c."Applicant";
            insert into "CaseReasons" ("Reason", "Case") select 'PHOTO_BLUR', "Id" from "Cases" where rowid % 20 = 0;
            insert into "CaseReasons" ("Reason", "Case") select 'PHOTO_EYES', c."Id" from "Cases" c where c."Applicant" = (select "Id" from "Applicants" where rowid = @step);
            """,
            transaction,
            ("@step", cases.Count / (Namesakes + 3)), ("@namesakes", Namesakes), ("@name", db.IndexOf(name)), ("@phone", db.IndexOf(phone)), ("@document", db.IndexOf(document)),
            ("@sealedName", db.Cipher.Seal(Name, "SentIdentities.Name")), ("@sealedPhone", db.Cipher.Seal(Phone, "SentIdentities.Phone")));
        transaction.Commit();
        Bench.Run(connection, "pragma wal_checkpoint(truncate); analyze;");
    }
}
