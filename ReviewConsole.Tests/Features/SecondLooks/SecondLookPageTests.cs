using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Features.SecondLooks;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.SecondLooks;

/// <summary>The list of compared second looks, and two verdicts side by side, over the product's own use cases.</summary>
public sealed class SecondLookPageTests(LookWork looks) : UiContext(services => Add(services, looks.Store)), IClassFixture<LookWork>
{

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Both_verdicts_stand_side_by_side_with_who_when_and_why()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Actor = looks.Reviewer;
        var page = Show(look);
        var (first, second) = (page.Find("[data-testid=first]"), page.Find("[data-testid=second]"));
        Assert.Contains("审核员07 · ", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("通过", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("复核员01 · ", second.TextContent, StringComparison.Ordinal);
        Assert.Equal("未免冠", second.QuerySelector("li")!.TextContent);
        Assert.Contains("抽查的备注", second.TextContent, StringComparison.Ordinal);
        Assert.Equal("结论不一致", page.Find("[data-testid=state]").TextContent);
        // One of the two says something and settles nothing.
        Assert.NotEmpty(page.FindAll("[data-testid=remark]"));
        Assert.Empty(page.FindAll("[data-testid=uphold], [data-testid=overturn]"));
        Assert.Contains("由主管或未参与两次审核的复核员裁定", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_is_added_and_shown_and_an_empty_one_refused_in_words()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Actor = looks.Reviewer;
        var page = Show(look);
        page.Find(".say").Submit();
        await page.WaitForAssertionAsync(() => Assert.Contains("请填写意见", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=remark]").Input("头巾属民族服饰");
        await page.WaitForAssertionAsync(() => Assert.Contains("还可输入 293 字", page.Find("#remark-left").TextContent, StringComparison.Ordinal));
        page.Find(".say").Submit();
        await page.WaitForAssertionAsync(() => Assert.Contains("头巾属民族服饰", page.Find("[data-testid=remarks] li").TextContent, StringComparison.Ordinal));
        Assert.Equal("", page.Find("[data-testid=remark]").GetAttribute("value") ?? "");
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task A_supervisor_upholds_with_a_reason_by_the_keys_that_are_printed()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Actor = looks.Supervisor;
        var page = Show(look);
        Assert.Equal(("KeyE", $"/corrections/{look.Original}"), (page.Find("[data-testid=overturn]").GetAttribute("data-key"), page.Find("[data-testid=overturn]").GetAttribute("href")));
        await page.ClickOn("[data-key=KeyU]");
        await page.ClickOn("[data-testid=uphold-confirm]");
        await page.WaitForAssertionAsync(() => Assert.Contains("请填写维持的理由", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=uphold-why]").Input("符合规定");
        await page.ClickOn("[data-testid=upholding] [data-key=Enter]");
        await page.WaitForAssertionAsync(() => Assert.Contains("符合规定", page.Find("[data-testid=upheld]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=uphold], [data-testid=remark]"));
    }

    [Fact]
    public async Task Before_it_is_decided_and_for_strangers_there_is_nothing_to_see()
    {
        var look = await looks.LookAt(await looks.Decided());
        Actor = looks.Supervisor;
        Assert.NotEmpty(Show(look).FindAll(".state-error"));
        Actor = await looks.Sample.Staff(Roles.Reviewer);
        Assert.NotEmpty(Show(await looks.Looked(Outcome.Approved)).FindAll(".state-error"));
    }

    [Fact]
    public async Task Where_they_agree_nothing_is_to_be_said()
    {
        var look = await looks.Looked(Outcome.Approved);
        Actor = looks.Supervisor;
        var page = Show(look);
        Assert.Equal("结论一致", page.Find("[data-testid=state]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=remark], [data-testid=uphold], .talk"));
    }

    [Fact]
    public async Task The_list_begins_with_what_is_to_be_settled_and_shows_the_rest_by_state()
    {
        var differs = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        var agreed = await looks.Looked(Outcome.Approved);
        Actor = looks.Supervisor;
        Assert.Equal(LookState.Differs, differs.State);
        RenderProviders();
        var list = List("");
        var settle = Links(list);
        Assert.Contains($"/second-looks/{differs.Case}", settle);
        Assert.DoesNotContain($"/second-looks/{agreed.Case}", settle);
        Assert.All(list.FindAll("tbody tr"), row => Assert.Contains("结论不一致", row.TextContent, StringComparison.Ordinal));
        Assert.Contains($"/second-looks/{agreed.Case}", Links(List("?show=Agreed")));
        Assert.Superset(new HashSet<string?> { $"/second-looks/{differs.Case}", $"/second-looks/{agreed.Case}" }, Links(List("?show=All")).ToHashSet());
        Assert.Equal(settle, Links(List("?show=Open&after=x")));
        Actor = await looks.Sample.Staff(Roles.Reviewer);
        Assert.Contains("没有待处理的不一致", List("").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_from_elsewhere_shows_on_the_open_page()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Actor = looks.Senior;
        var page = Show(look);
        Assert.Null((await looks.Store.Get<ReviewConsole.Features.Finalise.CorrectCase>().Handle(
            looks.Supervisor, look.Original, new(Outcome.Rejected, ["PHOTO_HAT"], note: "抽查意见成立"))).Refusal);
        await page.WaitForAssertionAsync(() =>
        {
            looks.Store.Time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.Contains("抽查意见成立", page.Find("[data-testid=now]").TextContent, StringComparison.Ordinal);
        });
        Assert.Equal("已推翻", page.Find("[data-testid=state]").TextContent);
    }

    private static void Add(IServiceCollection services, TestStore store)
    {
        services.AddSingleton<TimeProvider>(store.Time).AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard).AddSingleton(Authorities.Standard);
        services.AddSingleton(_ => store.Get<SecondLookQuery>()).AddSingleton(_ => store.Get<SecondLooksQuery>()).AddSingleton(_ => store.Get<ChangeFeed>());
        services.AddSingleton(_ => store.Get<RemarkOnSecondLook>()).AddSingleton(_ => store.Get<UpholdDecision>());
    }

    private IRenderedComponent<SecondLookPage> Show(SecondLook look) => Render<SecondLookPage>(page => page.Add(p => p.Id, look.Case.Value));

    private IRenderedComponent<SecondLooksPage> List(string query)
    {
        Navigation.NavigateTo($"/second-looks{query}");
        return Render<SecondLooksPage>();
    }

    private static List<string?> Links(IRenderedComponent<SecondLooksPage> list) => [.. list.FindAll("tbody a").Select(a => a.GetAttribute("href"))];
}
