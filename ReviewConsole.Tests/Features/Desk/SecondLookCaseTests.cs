using Bunit;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>The case page of a second look, and what it offers on a decided case (WORK-6).</summary>
public sealed class SecondLookCaseTests(DeskStore desk) : DeskContext(desk), IClassFixture<DeskStore>
{
    [Fact]
    public async Task A_second_look_is_decided_like_any_case_but_asks_and_tells_nobody_outside()
    {
        var (_, look) = await Sampled(await Sample.Staff(Roles.Reviewer));
        Actor = await Sample.Staff(Roles.Senior);
        Assert.Null((await Store.Get<ClaimCase>().Handle(Actor, look)).Refusal);
        RenderProviders();
        var page = Show(look);
        Assert.Equal("抽查", page.Find("[data-testid=look]").TextContent);
        Assert.NotEmpty(page.FindAll("[data-testid=approve]"));
        Assert.Empty(page.FindAll("[data-testid=ask], [data-testid=correct], [data-testid=comparison]"));
        await page.ClickOn("[data-testid=reject]");
        await page.WaitForElementAsync("[data-testid=decision]");
        Assert.Empty(page.FindAll("[data-testid=preview], [data-testid=text]"));
        Assert.NotEmpty(page.FindAll("[data-testid=reason-PHOTO_HAT]"));
        Assert.NotEmpty(page.FindAll(".internal"));
    }

    [Fact]
    public async Task Who_decided_first_is_told_why_somebody_else_does_it_and_cannot_claim()
    {
        Actor = await Sample.Staff(Roles.Senior);
        var (first, look) = await Sampled(Actor);
        RenderProviders();
        var page = Show(look);
        Assert.Contains("您参与了原审核", page.Find("[data-testid=barred]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=claim], [data-testid=approve]"));
        // The own decision is not hidden.
        Assert.Contains("通过", Show(first).Find(".case-banner").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_case_is_closed_to_who_could_look_again_and_then_leads_to_both_verdicts_and_to_a_correction()
    {
        var (first, look) = await Sampled(await Sample.Staff(Roles.Reviewer));
        Actor = await Sample.Staff(Roles.Senior);
        RenderProviders();
        Assert.Contains("本件正在抽查", Show(first).Find(".state-error").TextContent, StringComparison.Ordinal);

        Assert.Null((await Store.Get<ClaimCase>().Handle(Actor, look)).Refusal);
        await Sample.Do<ReviewConsole.Domain.Done>(unit =>
        {
            var again = unit.Db.Cases.Single(c => c.Id == look);
            Assert.Null(again.Decide(Actor.Reviewer, again.Token, new(Outcome.Rejected, ["PHOTO_HAT"]), null, TimeSpan.Zero, Store.Get<Clocks>().Of(again), unit.Now));
            var compared = unit.Db.SecondLooks.Single(l => l.Case == look);
            Assert.Null(compared.Compare(new(Outcome.Approved, []), again.Verdict!, Actor.Reviewer));
            Assert.Null(again.Finalise(unit.Now, agrees: false));
            return default(ReviewConsole.Domain.Done);
        });
        foreach (var id in new[] { first, look })
            Assert.Equal($"/second-looks/{look}", Show(id).Find("[data-testid=comparison]").GetAttribute("href"));
        var correct = Show(first).Find("[data-testid=correct]");
        Assert.Equal(($"/corrections/{first}", "KeyE"), (correct.GetAttribute("href"), correct.GetAttribute("data-key")));
        // A second look itself is not corrected.
        Assert.Empty(Show(look).FindAll("[data-testid=correct]"));
    }

    private IRenderedComponent<CasePage> Show(CaseId id) => Render<CasePage>(p => p.Add(x => x.Id, id.Value));

    private async Task<(CaseId First, CaseId Look)> Sampled(Actor by)
    {
        var first = await Sample.ELicence();
        await Measured(first, Check("head-length", CheckResult.Pass));
        var look = await Sample.Do<CaseId>(unit =>
        {
            var subject = unit.Db.Cases.Single(c => c.Id == first);
            var clock = Store.Get<Clocks>().Of(subject);
            Assert.Null(subject.Claim(by.Reviewer, TimeSpan.FromMinutes(2), unit.Now));
            Assert.Null(subject.Decide(by.Reviewer, subject.Token, new(Outcome.Approved, []), null, TimeSpan.Zero, clock, unit.Now));
            Assert.Null(subject.Finalise(unit.Now));
            var again = ReviewCase.LookAgain(CaseId.New(unit.Now), $"CC{first.Value:N}"[..20], Queues.ELicenceLook, subject, clock, "system:test", unit.Now);
            unit.Db.Cases.Add(again);
            unit.Db.SecondLooks.Add(new SecondLook(again.Id, subject, SampleCause.Ordinary, unit.Now));
            return again.Id;
        });
        return (first, look);
    }
}
