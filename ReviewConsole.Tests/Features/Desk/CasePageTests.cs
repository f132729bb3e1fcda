using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class CasePageTests(DeskStore desk) : CasePageContext(desk), IClassFixture<DeskStore>
{
    [Fact]
    public async Task Every_action_on_the_case_in_hand_has_a_key_and_shows_it()
    {
        var (_, page) = await InHand();
        Assert.Equal(
            [("approve", "KeyA", "A"), ("reject", "KeyR", "R"), ("ask", "KeyM", "M"), ("refer", "KeyH", "H"), ("release", "KeyS", "S"), ("recuse", "KeyB", "B")],
            page.FindAll(Actions).Select(b => (b.GetAttribute("data-testid"), b.GetAttribute("data-key"), b.QuerySelector("kbd")!.TextContent)));
        Assert.All(page.FindAll(Actions), button => Assert.False(button.HasAttribute("disabled")));
        Assert.Equal("领取剩余 2 分", page.Find("[data-testid=lease]").TextContent);
    }

    [Theory]
    [InlineData(Roles.Supervisor)]
    [InlineData(Roles.Auditor)]
    public async Task Who_does_not_review_is_offered_no_action(Roles roles)
    {
        var id = await Sample.ELicence();
        Actor = await Sample.Staff(roles);
        Assert.Empty(Show(id).FindAll(Actions));
    }

    [Fact]
    public async Task Approval_is_barred_where_something_stands_against_it_and_the_banner_says_what()
    {
        var id = await Sample.ELicence();
        await LicenceTurnsBad(id);
        var page = await InHand(id);
        Assert.True(page.Find("[data-testid=approve]").HasAttribute("disabled"));
        Assert.StartsWith("当前不能通过： 驾驶证状态为 U", page.Find(".case-banner.look").TextContent.Trim(), StringComparison.Ordinal);
        await page.ClickOn("[data-testid=reject]");
        Assert.Equal(["reason-LICENCE_NOT_VALID"], Ticked(page));
    }

    [Fact]
    public async Task Rejecting_opens_the_panel_with_what_the_checks_suggest_already_ticked()
    {
        var id = await Sample.ELicence();
        await Measured(id, Check("head-length", CheckResult.Fail, 23.4), Check("single-face", CheckResult.Fail, 2), Check("eyes", CheckResult.Look));
        var page = await InHand(id);

        await page.ClickOn("[data-testid=reject]");

        Assert.Equal(["reason-PHOTO_HEAD_LENGTH", "reason-PHOTO_MANY_PEOPLE"], Ticked(page));
        Assert.True(page.Find("[data-testid=approve]").HasAttribute("disabled"));
        Assert.Equal(["头部长度不符", "不是单人照"], page.FindAll("label").Where(l => l.TextContent.Contains("机器提示", StringComparison.Ordinal)).Select(l => l.QuerySelector("span")!.TextContent));
    }

    [Fact]
    public async Task The_lines_of_the_check_that_was_chosen_stand_out_on_the_picture()
    {
        var id = await Sample.ELicence();
        await Measured(id, Check("head-length", CheckResult.Fail, 23.4), Check("head-width", CheckResult.Pass, 16));
        var page = await InHand(id);
        Assert.DoesNotContain("on", page.Find("g.width").ClassList);
        await page.ClickOn("[data-testid=check-head-width] button");
        Assert.Contains("on", page.Find("g.width").ClassList);
        Assert.DoesNotContain("on", page.Find("g.length").ClassList);
        await page.ClickOn("[data-testid=check-head-width] button");
        Assert.DoesNotContain("on", page.Find("g.width").ClassList);
    }

    [Fact]
    public async Task What_fails_on_a_card_is_ticked_when_its_request_is_rejected()
    {
        var id = await Sample.IdPhoto();
        await Measured(
            id, Check("card-readable", CheckResult.Fail), Check("card-sharpness", CheckResult.Fail), Check("card-glare", CheckResult.Fail), Check("card-crop", CheckResult.Fail),
            Check("card-side", CheckResult.Fail));
        var page = await InHand(id);

        await page.ClickOn("[data-testid=reject]");

        Assert.Equal(["reason-ID_UNREADABLE", "reason-ID_GLARE", "reason-ID_BLUR", "reason-ID_CROPPED", "reason-ID_WRONG_SIDE"], Ticked(page));
    }

    [Fact]
    public async Task What_is_to_be_looked_at_or_was_not_measured_on_a_card_ticks_nothing()
    {
        var id = await Sample.IdPhoto();
        await Measured(id, Check("card-glare", CheckResult.Look), Check("card-crop", CheckResult.Unmeasured), Check("card-side", CheckResult.Pass));
        var page = await InHand(id);

        await page.ClickOn("[data-testid=reject]");

        Assert.Empty(Ticked(page));
    }

    [Fact]
    public async Task What_the_preview_shows_is_what_the_applicant_gets()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=reject]");
        Assert.Contains("选择原因后显示", page.Find("[data-testid=preview]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=send]").HasAttribute("disabled"));

        await page.ChangeOn("[data-testid=reason-PHOTO_HAT]", true);
        await page.InputOn("textarea[data-testid=text]", "请露出额头");
        HandsRest();
        await page.WaitForAssertionAsync(() => Assert.Contains("请露出额头", page.Find("[data-testid=preview]").TextContent, StringComparison.Ordinal));
        var (sms, body) = (Words(page, ".sms"), page.Find("[data-testid=preview] .lines").TextContent);
        Assert.Contains("请脱帽后重拍。", sms, StringComparison.Ordinal);
        Assert.Contains("请露出额头", sms, StringComparison.Ordinal);
        var send = page.Find("[data-testid=send]");
        Assert.Equal(("Enter", "Enter", false), (send.GetAttribute("data-key"), send.QuerySelector("kbd")!.TextContent, send.HasAttribute("disabled")));
        await page.ClickOn("[data-testid=send]");

        Store.Time.Advance(TimeSpan.FromSeconds(11));
        await Store.Drain();
        var notice = Assert.Single(await new Casework(Store).Notices(id));
        Assert.Equal(sms, "【交管12123】" + notice.Sms);
        Assert.Equal(body, notice.Body);
    }

    [Fact]
    public async Task Asking_offers_only_what_the_applicant_can_send_and_previews_the_deadline()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=ask]");
        Assert.Empty(page.FindAll("[data-testid=reason-PHOTO_NOT_APPLICANT], [data-testid=reason-LICENCE_EXPIRED]"));

        await page.ChangeOn("[data-testid=reason-PHOTO_BLUR]", true);
        var sms = Words(page, ".sms");
        await page.ClickOn("[data-testid=send]");

        Assert.Equal(CaseState.Returned, (await Case(id)).State);
        Assert.Equal(sms, "【交管12123】" + Assert.Single(await new Casework(Store).Notices(id)).Sms);
        Assert.Contains("照片模糊", Show(id).Find(".case-banner").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Referring_offers_only_reasons_for_the_counter_and_a_grave_one_goes_to_a_second_person_in_words()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=refer]");
        Assert.Equal(["reason-PHOTO_NOT_APPLICANT", "reason-PHOTO_INDECENT"], page.FindAll(".decision input[type=checkbox]").Select(box => box.GetAttribute("data-testid")));
        await page.ChangeOn("[data-testid=reason-PHOTO_INDECENT]", true);
        await page.ClickOn("[data-testid=send]");
        await Around.WaitForAssertionAsync(() => Assert.Contains("密封转入复核队列", Around.Markup, StringComparison.Ordinal));
        Assert.Equal(Queues.Second, (await Case(id)).Queue);
        Assert.Empty(Show(id).FindAll("[data-testid=undo]"));
    }

    [Fact]
    public async Task A_decision_can_be_undone_from_the_next_case_while_it_is_held()
    {
        var (id, page) = await InHand();
        var receipt = (await Case(id)).ReceiptNumber;
        var next = await Sample.ELicence();
        await page.ClickOn("[data-testid=approve]");
        Assert.Equal(CaseState.Decided, (await Case(id)).State);

        var onNext = Show(next);
        Assert.StartsWith($"{receipt}：通过 · 10 秒后生效", onNext.Find(".case-actions .chip.ok").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("KeyZ", onNext.Find("[data-testid=undo]").GetAttribute("data-key"));
        await onNext.ClickOn("[data-testid=undo]");

        Assert.EndsWith($"/cases/{id}", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(CaseState.Claimed, (await Case(id)).State);
        Assert.NotNull(Show(id).Find("[data-testid=approve]"));
    }

    [Fact]
    public async Task Undo_is_gone_when_the_hold_is_over()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=approve]");
        var decided = Show(id);
        Assert.NotNull(decided.Find("[data-testid=undo]"));
        Store.Time.Advance(TimeSpan.FromSeconds(10));
        await decided.WaitForAssertionAsync(() => Assert.Empty(decided.FindAll("[data-testid=undo]")));
    }

    [Fact]
    public async Task After_a_decision_the_next_case_is_opened()
    {
        var (id, page) = await InHand();
        await Sample.ELicence();
        await page.ClickOn("[data-testid=approve]");
        var next = new CaseId(Guid.Parse(Navigation.Uri.Split('/')[^1]));
        Assert.NotEqual(id, next);
        Assert.Equal(Actor.Reviewer, (await Case(next)).Holder);
    }

    [Fact]
    public async Task An_address_that_comes_back_late_takes_nobody_back_and_nothing_that_was_typed()
    {
        var (first, page) = await InHand();
        await Sample.ELicence();
        await Sample.ELicence();
        await page.ClickOn("[data-testid=approve]");
        var second = Guid.Parse(Navigation.Uri[^36..]);
        Store.Time.Advance(TimeSpan.FromSeconds(1));
        await page.ClickOn("[data-testid=approve]");
        var third = Guid.Parse(Navigation.Uri[^36..]);
        Assert.Equal(3, new[] { first.Value, second, third }.Distinct().Count());
        Store.Time.Advance(TimeSpan.FromSeconds(1));
        await page.ClickOn("[data-testid=reject]");
        await page.InputOn("[data-testid=find]", "bjb");

        page.Render(p => p.Add(x => x.Id, second));
        // Whoever went there would be there by now.
        await Task.Delay(300);
        await page.InvokeAsync(() => { });
        Assert.Equal("bjb", page.Find("[data-testid=find]").GetAttribute("value"));
        page.Render(p => p.Add(x => x.Id, third));

        Assert.Contains((await Case(new(third))).ReceiptNumber, page.Find(".page-header").TextContent, StringComparison.Ordinal);
        Assert.Equal("bjb", page.Find("[data-testid=find]").GetAttribute("value"));
        // And who goes back by the browser's own button gets there.
        page.Render(p => p.Add(x => x.Id, second));
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("[data-testid=undo]")));
    }

    [Fact]
    public async Task Putting_back_leads_to_the_queue_and_frees_the_case()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=release]");
        Assert.EndsWith("/queues/e-licence", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal((CaseState.Open, null), ((await Case(id)).State, (await Case(id)).Holder));
    }

    [Fact]
    public async Task A_field_is_shown_in_clear_on_demand_and_the_next_case_begins_masked()
    {
        var (_, page) = await InHand();
        Assert.DoesNotContain("王小明", page.Markup, StringComparison.Ordinal);
        await page.ClickOn(at => at.FindAll(".case-facts .masked button")[0]);
        Assert.Contains("王小明", page.Find(".case-facts").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", page.Markup, StringComparison.Ordinal);

        var other = await Sample.ELicence();
        page.Render(p => p.Add(x => x.Id, other.Value));
        Assert.DoesNotContain("王小明", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_is_not_offered_to_see_fields_in_clear()
    {
        var id = await Sample.ELicence();
        Actor = await Sample.Staff(Roles.Auditor);
        Assert.Empty(Show(id).FindAll(".masked button"));
    }

    [Fact]
    public async Task The_case_of_a_card_shows_what_is_compared_and_asks_other_questions()
    {
        var page = await InHand(await Sample.IdPhoto());
        Assert.Contains("王小明", page.Find(".case-facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("证件为原件，四角完整", page.Find(".judge").TextContent, StringComparison.Ordinal);
        await page.ClickOn("[data-testid=reject]");
        Assert.NotEmpty(page.FindAll("[data-testid=reason-ID_GLARE]"));
        Assert.Empty(page.FindAll("[data-testid=reason-PHOTO_HAT]"));
    }

    [Fact]
    public async Task What_was_decided_and_by_whom_stands_in_the_history()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=approve]");
        Assert.Equal(["领取 · 审核员07", "决定：通过 · 审核员07"], Show(id).FindAll(".history li span").TakeLast(2).Select(line => line.TextContent));
    }

    [Fact]
    public async Task The_pictures_of_the_case_that_is_kept_ready_are_fetched_ahead_until_it_is_let_go()
    {
        Actor = await Sample.Staff(Roles.Reviewer, authorities: ["浙B"]);
        var (first, second) = (await Sample.ELicence("浙B"), await Sample.ELicence("浙B"));
        await Measured(first);
        await Measured(second);
        var page = await InHand(first);
        page.WaitForAssertion(() => Assert.Equal($"{Picture(second)}", page.Find("[data-testid=ready-pictures]").GetAttribute("data-next-pictures")));

        Assert.Null((await Store.Get<ReleaseCase>().Handle(Actor, new Claim(second, (await Case(second)).Token))).Refusal);
        page.WaitForAssertion(() => Assert.Equal("", page.Find("[data-testid=ready-pictures]").GetAttribute("data-next-pictures")));
    }

    [Fact]
    public async Task Only_whom_a_case_is_kept_for_is_told_its_pictures()
    {
        var (id, _) = await InHand();
        await Measured(id);
        Assert.Equal([Picture(id)], (await Store.Get<ReadyPicturesQuery>().Handle(Actor, id)).Value);
        Assert.Empty((await Store.Get<ReadyPicturesQuery>().Handle(await Sample.Staff(Roles.Reviewer), id)).Value);
        Assert.Equal(Refusals.NotFound, (await Store.Get<ReadyPicturesQuery>().Handle(await Sample.Staff(Roles.Reviewer, authorities: ["浙"]), id)).Refusal);
    }

    [Fact]
    public async Task What_the_round_before_brought_is_there_to_compare_with()
    {
        var id = await Sample.ELicence();
        var subject = await Case(id);
        List<Guid> rounds = [];
        for (var round = 0; round < 3; round++)
            rounds.Add(await new Casework(Store).Picture(subject.Subject, subject.Applicant, PictureKind.Portrait, round));
        var page = await InHand(id);
        Assert.Equal([$"{rounds[2]}"], Shown(page));
        await page.ClickOn("[data-testid=compare]");
        Assert.Equal([$"{rounds[2]}", $"{rounds[1]}"], Shown(page));

        static IEnumerable<string?> Shown(IRenderedComponent<CasePage> page) => page.FindAll("image").Select(image => image.GetAttribute("data-picture"));
    }

    [Fact]
    public async Task An_approval_over_a_failed_check_asks_one_key_why_and_the_history_says_it()
    {
        var id = await Sample.ELicence();
        await Measured(id, Check("background", CheckResult.Fail), Check("pose", CheckResult.Pass));
        var page = await InHand(id);
        await page.ClickOn("[data-testid=approve]");
        Assert.Null((await Case(id)).Verdict);
        Assert.Equal("机检“背景”不合格，仍要通过，原因：", page.Find("[data-testid=dissent] strong").TextContent);
        Assert.Equal(
            [("Digit1", "dissent-MeasuredWrongly"), ("Digit2", "dissent-Acceptable"), ("Digit3", "dissent-Exception"), ("Digit4", "dissent-Other")],
            page.FindAll("[data-testid=dissent] .btn").Select(b => (b.GetAttribute("data-key"), b.GetAttribute("data-testid"))));
        await page.ClickOn("[data-testid=dissent] [data-key=Escape]");
        Assert.Empty(page.FindAll("[data-testid=dissent]"));
        Assert.Equal(CaseState.Claimed, (await Case(id)).State);

        await page.ClickOn("[data-testid=approve]");
        await page.ClickOn("[data-testid=dissent-Acceptable]");

        var verdict = (await Case(id)).Verdict!;
        Assert.Equal(("background", DissentReason.Acceptable), (Assert.Single(verdict.Disagreements), verdict.Dissent));
        Assert.Equal("决定：通过（实际可以接受） · 审核员07", Show(id).FindAll(".history li span")[^1].TextContent);
    }

    [Fact]
    public async Task A_rejection_for_what_a_check_found_in_order_asks_why_and_one_that_follows_it_does_not()
    {
        var id = await Sample.ELicence();
        await Measured(id, Check("sharpness", CheckResult.Pass), Check("background", CheckResult.Fail));
        var page = await InHand(id);
        await page.ClickOn("[data-testid=reject]");
        await page.ChangeOn("[data-testid=reason-PHOTO_BLUR]", true);
        await page.ClickOn("[data-testid=send]");
        Assert.Equal("机检“清晰度”合格，仍以此驳回，原因：", page.Find("[data-testid=dissent] strong").TextContent);
        // What is changed meanwhile is asked for anew.
        await page.ChangeOn("[data-testid=reason-PHOTO_BLUR]", false);
        Assert.Empty(page.FindAll("[data-testid=dissent]"));
        await page.ClickOn("[data-testid=send]");

        var verdict = (await Case(id)).Verdict!;
        Assert.Equal(("PHOTO_BACKGROUND", 0, null), (Assert.Single(verdict.Reasons), verdict.Disagreements.Count, verdict.Dissent));
    }

    [Fact]
    public async Task Whoever_gets_around_the_page_has_to_say_why_the_machine_is_not_followed_too()
    {
        var id = await Sample.ELicence();
        await Measured(id, Check("background", CheckResult.Fail));
        var claim = (await Store.Get<ClaimCase>().Handle(Actor, id)).Value;
        Assert.Equal(Refusals.DissentMissing, (await Store.Get<Decide>().Handle(Actor, claim, Outcome.Approved, [], null, null)).Refusal);
        Assert.Equal(CaseState.Claimed, (await Case(id)).State);
        Assert.Null((await Store.Get<Decide>().Handle(Actor, claim, Outcome.Approved, [], null, null, DissentReason.Exception)).Refusal);
        Assert.Equal(DissentReason.Exception, (await Case(id)).Verdict!.Dissent);
    }

    [Fact]
    public async Task Keys_and_caps_are_those_of_the_person()
    {
        var id = await Sample.ELicence();
        Assert.Null((await Store.Get<ClaimCase>().Handle(Actor, id)).Refusal);
        var page = Render<CasePage>(p => p.AddCascadingValue(KeyMap.Standard.Give(KeyAction.Approve, "Semicolon").Value).Add(x => x.Id, id.Value));
        await page.WaitForAssertionAsync(() => Assert.Equal(("Semicolon", ";"), Of("approve")));
        Assert.Equal(("KeyR", "R"), Of("reject"));

        (string?, string) Of(string action)
        {
            var button = page.Find($"[data-testid={action}]");
            return (button.GetAttribute("data-key"), button.QuerySelector("kbd")!.TextContent);
        }
    }

    [Fact]
    public void A_case_out_of_reach_is_not_found()
    {
        var page = Show(new(Guid.NewGuid()));
        Assert.Contains("没有找到", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private Guid Picture(CaseId id)
    {
        using var db = Store.Get<IDbContextFactory<ReviewDb>>().CreateDbContext();
        var subject = db.Cases.Single(c => c.Id == id).Subject;
        return db.Pictures.Single(p => p.Subject == subject).Id;
    }

    // The words without what stands before them.
    private static string Words(IRenderedComponent<CasePage> page, string which)
    {
        var line = page.Find("[data-testid=preview] " + which);
        return line.TextContent[line.QuerySelector(".muted")!.TextContent.Length..].Trim();
    }
}
