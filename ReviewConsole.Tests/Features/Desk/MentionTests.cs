using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>Colleagues named in the internal note of a case.</summary>
public sealed class MentionTests(DeskStore desk) : DeskContext(desk), IClassFixture<DeskStore>
{
    [Fact]
    public async Task Those_who_may_see_the_case_are_offered_and_two_of_one_name_with_their_accounts()
    {
        var (me, id) = await Start();
        var (first, second) = (await Sample.Staff(Roles.Reviewer, "李雷"), await Sample.Staff(Roles.Supervisor, "李雷"));
        var closed = await Sample.Staff(Roles.Reviewer, "关闭的人");
        await using (var db = await Store.Open())
            await db.Users.Where(u => u.Id == closed.Staff).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, Store.Time.GetUtcNow()));
        await Sample.Staff(Roles.Reviewer, "远方的人", ["浙"]);
        await Sample.Staff(Roles.Reviewer, "别的队列", queues: [Queues.IdPhoto]);

        var offered = (await Store.Get<ColleaguesQuery>().Handle(me, id)).Value;
        Assert.All(offered, one => Assert.DoesNotContain(one.Handle, (string[])["关闭的人", "远方的人", "别的队列", "写备注的人"]));
        Assert.Equivalent(new[] { first.Staff!.Value, second.Staff!.Value }, offered.Where(one => one.Handle.StartsWith("李雷(", StringComparison.Ordinal)).Select(one => one.Id), strict: true);
        Assert.Equal("NOT_FOUND", (await Store.Get<ColleaguesQuery>().Handle(await Sample.Staff(Roles.Reviewer, authorities: ["浙"]), id)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_is_named_is_told_when_the_decision_can_no_longer_be_undone_and_the_log_holds_no_name()
    {
        var (me, id) = await Start();
        var named = await Sample.Staff(Roles.Reviewer, "韩梅梅二");
        var messages = Store.Get<MessagesQuery>();
        var claim = await Claim(me, id);
        Assert.Null((await Store.Get<Decide>().Handle(me, claim, Outcome.Rejected, ["PHOTO_BLUR"], null, "请 @韩梅梅二 看一下，@谁也不是")).Refusal);
        Assert.Equal(0, await messages.Count(named));
        await Settle();
        Assert.Equal(1, await messages.Count(named));
        var note = Assert.Single((await messages.Mentions(named)).Value);
        Assert.Equal((id, "写备注的人", "请 @韩梅梅二 看一下，@谁也不是", true), (note.Case, note.By, note.Note, note.Unread));
        Assert.Empty((await messages.Mentions(me)).Value);

        await Store.Get<ReadMessages>().Handle(named, note.At);
        Assert.Equal(0, await messages.Count(named));
        Assert.False(Assert.Single((await messages.Mentions(named)).Value).Unread);
        await using var db = await Store.Open();
        var links = await db.AuditEntries.Where(e => e.Stream == CaseEvent.StreamOf(id)).ToListAsync();
        Assert.Contains($"{named.Staff}", Assert.Single(links, link => link.Kind == nameof(ColleagueMentioned)).Payload, StringComparison.OrdinalIgnoreCase);
        Assert.All(links, link => Assert.DoesNotContain("韩梅梅", System.Text.RegularExpressions.Regex.Unescape(link.Payload), StringComparison.Ordinal));

        // Out of reach by now, nothing is said of it.
        Assert.Empty((await messages.Mentions(named with { Authorities = [] })).Value);
    }

    [Fact]
    public async Task Of_a_decision_that_was_undone_nobody_is_told()
    {
        var (me, id) = await Start();
        var named = await Sample.Staff(Roles.Reviewer, "撤销里的人");
        var claim = await Claim(me, id);
        Assert.Null((await Store.Get<Decide>().Handle(me, claim, Outcome.Rejected, ["PHOTO_BLUR"], null, "@撤销里的人")).Refusal);
        Assert.Null((await Store.Get<UndoDecision>().Handle(me, claim)).Refusal);
        await Settle();
        Assert.Equal(0, await Store.Get<MessagesQuery>().Count(named));
    }

    [Fact]
    public async Task By_keyboard_a_colleague_is_found_by_initials_account_or_name()
    {
        var (me, id) = await Start();
        await Sample.Staff(Roles.Reviewer, "周吴");
        await Sample.Staff(Roles.Reviewer, "周武");
        Actor = me;
        var note = "";
        var field = Render<NoteField>(p => p.Add(x => x.Case, id).Add(x => x.Value, note).Add(x => x.ValueChanged, text => note = text));
        await Type("请问 @zw");
        Assert.Equal(["周吴", "周武"], field.FindAll("[role=option]").Select(option => option.FirstChild!.TextContent.Trim()));
        await field.Find("[data-testid=note]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("周武", field.Find("[role=option][aria-selected=true]").FirstChild!.TextContent.Trim());
        await field.Find("[data-testid=note]").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        Assert.Equal("请问 @周武 ", note);
        Assert.True(field.Find("[role=listbox]").HasAttribute("hidden"));

        await Type("@没有的人");
        Assert.Contains("没有这位同事", field.Find("[role=status]").TextContent, StringComparison.Ordinal);
        await field.Find("[data-testid=note]").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        Assert.Empty(field.FindAll("[role=status]"));

        async Task Type(string text)
        {
            await field.Find("[data-testid=note]").InputAsync(text);
            field.Render(p => p.Add(x => x.Value, note));
        }
    }

    private async Task<(Actor Me, CaseId Id)> Start() => (await Sample.Staff(Roles.Reviewer, "写备注的人"), await Sample.ELicence());

    private async Task<Claim> Claim(Actor me, CaseId id) => (await Store.Get<ClaimCase>().Handle(me, id)).Value;

    private async Task Settle()
    {
        Store.Time.Advance(TimeSpan.FromSeconds(10));
        await Store.Get<OutboxPump>().Drain(CancellationToken.None);
    }
}
