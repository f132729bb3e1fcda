using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Tests.Features.SecondLooks;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Finalise;

/// <summary>Correcting a decision on its page, over the product's own use cases.</summary>
public sealed class CorrectionPageTests(LookWork looks) : UiContext(services => Add(services, looks.Store)), IClassFixture<LookWork>
{

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task What_stands_the_new_verdict_what_the_applicant_is_told_and_why_then_it_is_corrected()
    {
        Actor = looks.Supervisor;
        var id = await looks.Decided();
        var page = Show(id);
        Assert.Contains("通过", page.Find("[data-testid=stands]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=outcome-Approved]"));
        Assert.True(Send(page).HasAttribute("disabled"));
        Assert.Contains("请选择新结论和原因", page.Find(".page-footer").TextContent, StringComparison.Ordinal);

        page.Find("[data-key=KeyR]").Change(true);
        page.Find("[data-testid=find]").Input("mhmr");
        page.Find("[data-testid=find]").Input("PHOTO_HAT");
        Assert.Equal("Digit1", Assert.Single(page.FindAll(".reasons input")).GetAttribute("data-key"));
        page.Find("[data-testid=reason-PHOTO_HAT]").Change(true);
        await page.WaitForAssertionAsync(() => Assert.Contains("请脱帽后重拍", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal));
        Assert.Contains("据此发放的电子驾驶证停止使用", page.Find("[data-testid=follows]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=text]").Input("请在室内拍摄");
        await page.WaitForAssertionAsync(() => Assert.Contains("请在室内拍摄", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal));
        Assert.True(Send(page).HasAttribute("disabled"));
        page.Find("[data-testid=why]").Input("投诉属实");
        Assert.DoesNotContain("投诉属实", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal);
        var told = page.Find("[data-testid=told] .lines").TextContent;

        await page.ClickOn(Send);
        await page.WaitForAssertionAsync(() => Assert.EndsWith($"/cases/{id}", Navigation.Uri, StringComparison.Ordinal));
        var corrected = await looks.Work.Case(id);
        Assert.Equal((Outcome.Rejected, "投诉属实", "请在室内拍摄"), (corrected.Outcome!.Value, corrected.Verdict!.Note, corrected.Verdict.Text));
        Assert.EndsWith((await looks.Work.Notices(id))[^1].Body, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_verdict_that_differs_is_where_it_begins_and_where_it_goes_back_to()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Actor = looks.Supervisor;
        var page = Show(look.Original);
        Assert.Contains("抽查的备注", page.Find("[data-testid=second]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=outcome-Rejected]").HasAttribute("checked"));
        Assert.True(page.Find("[data-testid=reason-PHOTO_HAT]").HasAttribute("checked"));
        Assert.Equal($"/second-looks/{look.Case}", page.Find("[data-testid=back]").GetAttribute("href"));
        page.Find("[data-testid=why]").Input("抽查意见成立");
        await page.ClickOn(Send);
        await page.WaitForAssertionAsync(() => Assert.EndsWith($"/second-looks/{look.Case}", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_stands_against_an_approval_is_said_instead_of_a_text()
    {
        Actor = looks.Supervisor;
        var id = await looks.Work.Application(licence: Casework.Licence(status: "E"));
        await looks.Work.Open(id);
        await looks.Decide(looks.Reviewer, id, Outcome.Rejected, [Eligibility.LicenceNotValid]);
        var page = Show(id);
        page.Find("[data-testid=outcome-Approved]").Change(true);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("[data-testid=told] .muted")));
        page.Find("[data-testid=why]").Input("为何");
        Assert.True(Send(page).HasAttribute("disabled"));
        Assert.DoesNotContain("选定结论和原因后显示", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reasons_of_a_rejection_can_be_replaced_and_a_second_correction_shows_both()
    {
        Actor = looks.Supervisor;
        var id = await looks.Decided(Outcome.Rejected, null, "PHOTO_HAT");
        var page = Show(id);
        page.Find("[data-testid=outcome-Rejected]").Change(true);
        await page.WaitForAssertionAsync(() => Assert.Contains("更正后的结果与原结果相同", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=reason-PHOTO_HAT]").Change(false);
        page.Find("[data-testid=reason-PHOTO_BLUR]").Change(true);
        await page.WaitForAssertionAsync(() => Assert.Contains("原因更正如下", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=why]").Input("原因勾错");
        await page.ClickOn(Send);
        await page.WaitForAssertionAsync(() => Assert.EndsWith($"/cases/{id}", Navigation.Uri, StringComparison.Ordinal));

        var again = Show(id);
        Assert.Contains("第一次的备注", again.Find("[data-testid=former]").TextContent, StringComparison.Ordinal);
        Assert.Contains("原因勾错", again.Find("[data-testid=stands]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_sees_why()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Actor = looks.Senior;
        Assert.Contains("须由另一人", Show(look.Original).Find(".state-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("正在抽查", Show(await looks.Decided()).Find(".state-error").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(Show(await looks.Work.Application()).FindAll(".state-error"));
    }

    private static void Add(IServiceCollection services, TestStore store)
    {
        services.AddSingleton<TimeProvider>(store.Time).AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard);
        services.AddSingleton(_ => store.Get<CorrectionQuery>()).AddSingleton(_ => store.Get<CorrectCase>()).AddSingleton(_ => store.Get<IOptions<ReviewSettings>>());
    }

    private static AngleSharp.Dom.IElement Send(IRenderedComponent<CorrectionPage> page) => page.Find("[data-testid=send]");

    private IRenderedComponent<CorrectionPage> Show(CaseId id) => Render<CorrectionPage>(page => page.Add(p => p.Id, id.Value));
}
