using Microsoft.Extensions.Time.Testing;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class OpenCasesTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 13, 26, 0, TimeSpan.FromHours(8)));
    private readonly CaseId id = new(Guid.NewGuid());
    private readonly Actor one = Somebody("审核员01");
    private readonly Actor two = Somebody("审核员02");

    private DateTimeOffset Now => time.GetUtcNow();

    [Fact]
    public void Each_person_is_named_once_however_many_tabs_are_open_and_nobody_to_themselves()
    {
        OpenCases cases = new(time);
        using var first = cases.Open(id, one, _ => { });
        using var tab = cases.Open(id, two, _ => { });
        using var second = cases.Open(id, two, _ => { });
        using var elsewhere = cases.Open(new(Guid.NewGuid()), Somebody("审核员03"), _ => { });

        Assert.Equal(["审核员02"], cases.Names(id, one.Staff));
        Assert.Equal(["审核员01", "审核员02"], cases.Names(id, null));
        Assert.True(tab.IsTwice);
        Assert.False(first.IsTwice);
    }

    [Fact]
    public void Who_leaves_is_gone_at_once_and_who_lost_the_connection_after_a_while()
    {
        OpenCases cases = new(time);
        var leaves = cases.Open(id, one, _ => { });
        using var stays = cases.Open(id, two, _ => { });
        leaves.Dispose();
        Assert.Equal(["审核员02"], cases.Names(id, null));

        time.Advance(OpenCases.Patience - TimeSpan.FromSeconds(1));
        stays.Show(Now, Now);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["审核员02"], cases.Names(id, null));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(cases.Names(id, null));
    }

    [Fact]
    public void Coming_and_going_is_told_to_all_who_look_and_a_draft_only_to_the_same_persons_tabs()
    {
        OpenCases cases = new(time);
        List<string> heard = [];
        List<CaseId> lists = [];
        using var listening = cases.Listen(lists.Add);
        using var first = cases.Open(id, one, draft => heard.Add($"one {draft}"));
        using var colleague = cases.Open(id, two, draft => heard.Add($"two {draft}"));
        Assert.Equal(["one False"], heard);

        var tab = cases.Open(id, one, _ => { });
        heard.Clear();
        tab.TellDraft();
        Assert.Equal(["one True"], heard);
        tab.Dispose();
        Assert.Equal(["one True", "one False", "two False"], heard);
        Assert.Equal(Enumerable.Repeat(id, 4), lists);
    }

    [Fact]
    public void What_is_done_in_one_tab_counts_for_the_other()
    {
        OpenCases cases = new(time);
        using var first = cases.Open(id, one, _ => { });
        using var tab = cases.Open(id, one, _ => { });
        using var colleague = cases.Open(id, two, _ => { });
        var began = Now;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Now, first.Show(Now, Now));
        Assert.Equal(Now, tab.Show(Now, began));
        Assert.Equal(began, colleague.Show(Now, began));
    }

    private static Actor Somebody(string name) => Actor.StaffMember(Guid.NewGuid(), name, Roles.Reviewer, ["粤"], [Queues.ELicence]);
}
