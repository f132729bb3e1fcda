using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Features.Search;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Search;

public sealed class SearchQueryTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Sample sample = null!;
    private Actor reviewer = null!;
    private CaseId licence;
    private CaseId photo;

    [Fact]
    public async Task The_beginning_of_a_receipt_number_finds_it_however_it_is_typed()
    {
        Assert.Equal([licence], await Find("SQ2026112300001"));
        Assert.Equal([licence], await Find(" ｓｑ20261123"));
        Assert.Equal([], await Find("SQ20251123"));
    }

    [Fact]
    public async Task A_whole_name_finds_everybody_of_that_name_newest_first_and_a_part_finds_nobody()
    {
        Assert.Equal([photo, licence], await Find("王小明"));
        Assert.Equal([], await Find("王小"));
    }

    [Fact]
    public async Task Document_and_phone_numbers_find_their_holder()
    {
        var number = CitizenId.Compose("440305", new DateOnly(1990, 1, 1), 123).Value;
        Assert.Equal([licence], await Find(number));
        Assert.Equal([licence], await Find(number[..6] + " " + number[6..]));
        Assert.Equal([photo, licence], await Find("138 1234 5678"));
    }

    [Fact]
    public async Task A_name_or_phone_that_only_an_older_request_gave_finds_it_too()
    {
        Assert.True(PersonName.TryParse("阿依古丽·买买提", out var name, out _));
        Assert.True(PhoneNumber.TryParse("13900001111", out var phone, out _));
        await using (var db = await store.Open())
        {
            var subject = await db.Cases.SingleAsync(c => c.Id == photo);
            db.SentIdentities.Add(new() { Subject = subject.Subject, Applicant = subject.Applicant, Name = name, NameIndex = db.IndexOf(name), Phone = phone, PhoneIndex = db.IndexOf(phone) });
            await db.SaveChangesAsync();
        }

        Assert.Equal([photo], await Find("阿依古丽•买买提"));
        Assert.Equal([photo], await Find("13900001111"));
    }

    [Fact]
    public async Task Filters_narrow_what_is_found()
    {
        Assert.Equal([photo], await Find("王小明", queue: Queues.IdPhoto));
        Assert.Equal([], await Find("王小明", state: CaseState.Closed));
        Assert.Equal([photo, licence], await Find("王小明", from: new(2026, 11, 23), to: new(2026, 11, 23)));
        Assert.Equal([], await Find("王小明", from: new(2026, 11, 24)));
        Assert.Equal([], await Find("王小明", to: new(2026, 11, 22)));
    }

    [Fact]
    public async Task A_reason_finds_the_verdicts_in_force_and_follows_undoing_and_correcting()
    {
        Casework work = new(store);
        var blurred = licence;
        await work.Claim(blurred);
        await work.DecideClaimed(blurred, new(Outcome.Rejected, ["PHOTO_BLUR", "PHOTO_HEAD_WIDTH"]));
        Assert.Equal([blurred], await FindBy("PHOTO_BLUR"));
        await work.Undo(blurred);
        Assert.Equal([], await FindBy("PHOTO_BLUR"));
        await work.DecideClaimed(blurred, new(Outcome.Rejected, ["PHOTO_BLUR"]));
        await work.Settle();
        Assert.Equal([blurred], await FindBy("PHOTO_BLUR"));
        Assert.Equal([], await FindBy("PHOTO_HEAD_WIDTH"));
        Assert.Equal([blurred], (await store.Get<SearchQuery>().Handle(reviewer, new("王小明", Reason: "PHOTO_BLUR"))).Value.Rows.Select(row => row.Id));
        Assert.Equal([], (await store.Get<SearchQuery>().Handle(reviewer, new(Reason: "PHOTO_BLUR", To: new(2026, 11, 22)))).Value.Rows.Select(row => row.Id));
        Assert.Empty((await store.Get<SearchQuery>().Handle(await sample.Staff(Roles.Reviewer, authorities: ["浙"]), new(Reason: "PHOTO_BLUR"))).Value.Rows);
        await work.Correct(blurred, new(Outcome.Referred, ["PHOTO_NOT_APPLICANT"], note: "不是本人"));
        Assert.Equal([], await FindBy("PHOTO_BLUR"));
        Assert.Equal([blurred], await FindBy("PHOTO_NOT_APPLICANT"));

        async Task<List<CaseId>> FindBy(string reason) => [.. (await store.Get<SearchQuery>().Handle(reviewer, new(Reason: reason))).Value.Rows.Select(row => row.Id)];
    }

    [Fact]
    public async Task Days_alone_find_what_came_in_on_them_and_nothing_asked_is_refused()
    {
        Assert.Equal([photo, licence], await Find(null, from: new(2026, 11, 23)));
        Assert.Equal([photo], await Find(null, queue: Queues.IdPhoto, from: new(2026, 11, 20)));
        Assert.Equal([], await Find(null, from: new(2026, 11, 24)));
        Assert.Equal("SEARCH_TEXT", (await store.Get<SearchQuery>().Handle(reviewer, new(State: CaseState.Open))).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_out_of_reach_is_not_found_and_what_is_found_is_masked()
    {
        var far = await sample.Staff(Roles.Reviewer, authorities: ["浙"]);
        Assert.Empty((await store.Get<SearchQuery>().Handle(far, new("王小明"))).Value.Rows);
        var few = await sample.Staff(Roles.Reviewer, queues: [Queues.IdPhoto]);
        Assert.Equal(photo, Assert.Single((await store.Get<SearchQuery>().Handle(few, new("王小明"))).Value.Rows).Id);
        var row = (await store.Get<SearchQuery>().Handle(reviewer, new("SQ2026112300001"))).Value.Rows[0];
        Assert.Equal(("王**", "440305********123"), (row.Name, row.Document[..17]));
        Assert.Equal("NOT_PERMITTED", (await store.Get<SearchQuery>().Handle(reviewer with { Permissions = [] }, new("王小明"))).Refusal?.Code);
    }

    [Fact]
    public async Task What_can_be_nothing_of_a_case_is_refused_and_never_said_again()
    {
        SearchRequest asked = new("<>{}13812345678");
        Assert.Equal("SEARCH_TEXT", (await store.Get<SearchQuery>().Handle(reviewer, asked)).Refusal?.Code);
        Assert.DoesNotContain("138", $"{asked}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        for (var i = 0; i < SearchQuery.PageSize * 2; i++)
        {
            store.Time.Advance(TimeSpan.FromMilliseconds(2));
            await sample.ELicence();
        }

        await using (var db = await store.Open())
            await db.Database.ExecuteSqlAsync($"""update "Cases" set "ReceiptNumber" = 'SQ' || substr("ReceiptNumber", 2) where "ReceiptNumber" like 'T%'; insert into "CaseReasons" select 'PHOTO_BLUR', "Id" from "Cases" """);
        foreach (var asked in new SearchRequest[] { new("王小明"), new("SQ0"), new(From: new(2026, 11, 23)), new(Reason: "PHOTO_BLUR") })
        {
            List<CaseId> all = [];
            CaseId? next = null;
            do
            {
                var page = (await store.Get<SearchQuery>().Handle(reviewer, asked with { Before = next })).Value;
                all.AddRange(page.Rows.Select(row => row.Id));
                next = page.Next;
            }
            while (next is not null);
            Assert.Equal(all.Count, all.Distinct().Count());
            Assert.Equal(all.OrderDescending(), all);
            Assert.InRange(all.Count, SearchQuery.PageSize * 2, SearchQuery.PageSize * 2 + 2);
        }
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        sample = new(store);
        reviewer = await sample.Staff(Roles.Reviewer);
        licence = await sample.ELicence();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        photo = await sample.IdPhoto();
        await using var db = await store.Open();
        await db.Cases.Where(c => c.Id == licence).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReceiptNumber, "SQ2026112300001"));
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<List<CaseId>> Find(string? text, string? queue = null, CaseState? state = null, DateOnly? from = null, DateOnly? to = null) =>
        [.. (await store.Get<SearchQuery>().Handle(reviewer, new(text, queue, state, null, from, to))).Value.Rows.Select(row => row.Id)];
}
