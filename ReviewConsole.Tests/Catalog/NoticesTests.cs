using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Tests.Catalog;

public sealed class NoticesTests
{
    private static readonly DateTimeOffset Deadline = new(2026, 11, 30, 5, 26, 0, TimeSpan.Zero);

    public static TheoryData<string> Templates => [.. Notices.All.Select(template => template.Id)];

    [Theory, MemberData(nameof(Templates))]
    public void Every_template_renders_with_every_reason_without_gaps_and_fits_a_phone(string template)
    {
        foreach (var reason in Reasons.Standard.All)
        {
            var values = NoticeValues.Of("SQ202611230001", reason.QueueId, new(Outcome.Rejected, [reason.Code]), Reasons.Standard, Deadline);
            var words = Notices.Render(template, values);
            foreach (var text in new[] { words.Sms, words.Title, words.Body })
            {
                Assert.NotEmpty(text);
                Assert.DoesNotContain('{', text);
                Assert.DoesNotContain('!', text);
                Assert.DoesNotContain('！', text);
                Assert.DoesNotContain("。。", text, StringComparison.Ordinal);
            }

            Assert.Contains("SQ202611230001", words.Sms, StringComparison.Ordinal);
            Assert.InRange(Notices.Signed(new ReviewSettings().SmsSignature, words.Sms).Length, 1, Notices.LongestSms);
            Assert.InRange(words.Title.Length, 1, 20);
        }
    }

    [Theory]
    [InlineData(Queues.ELicence)]
    [InlineData(Queues.IdPhoto)]
    [InlineData("a-queue-of-tomorrow")]
    public void Every_outcome_and_correction_has_words(string queue)
    {
        var values = NoticeValues.Of("SQ202611230001", queue, null, Reasons.Standard, null);
        foreach (var to in Enum.GetValues<Outcome>())
            Assert.NotEmpty(Notices.Render(Notices.For(to, queue), values).Sms);
        Outcome[] decisions = [Outcome.Approved, Outcome.Rejected, Outcome.Referred];
        foreach (var (from, to) in decisions.SelectMany(from => decisions.Where(to => to != from).Select(to => (from, to))))
            Assert.NotEmpty(Notices.Render(Notices.ForCorrection(from, to, queue), values).Sms);
    }

    [Fact]
    public void A_rejection_numbers_its_reasons_and_names_the_hardest_next_step()
    {
        var words = Rejected(["PHOTO_HAT", "LICENCE_EXPIRED"], null);
        Assert.Equal(
            "您的电子驾驶证申请（受理号SQ202611230001）未通过审核。1.请脱帽后重拍。2.您的驾驶证已逾期，请先办理期满换证，再申领电子驾驶证。请办结上述事项后，在“交管12123”APP重新提交。",
            words.Sms);
    }

    [Fact]
    public void A_short_message_that_would_be_too_long_points_to_the_app_where_all_is_said()
    {
        var text = new string('字', Verdict.LongestText);
        var codes = Reasons.Standard.For(Queues.ELicence).Select(r => r.Code).ToList();
        var words = Rejected(codes, text);
        Assert.InRange(words.Sms.Length, 100, Notices.LongestSms - 20);
        Assert.Contains("1.请重新上传JPEG或PNG格式的照片。", words.Sms, StringComparison.Ordinal);
        Assert.Contains("其余内容请在“交管12123”APP查看。", words.Sms, StringComparison.Ordinal);
        Assert.Contains(text, words.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_referral_is_neutral_whatever_the_reviewer_suspects()
    {
        var suspicion = NoticeValues.Of("SQ202611230001", Queues.ELicence, new(Outcome.Referred, ["PHOTO_NOT_APPLICANT"], "疑似冒名"), Reasons.Standard, null);
        var nothing = NoticeValues.Of("SQ202611230001", Queues.ELicence, null, Reasons.Standard, null);
        Assert.Equal(Notices.Render("e-licence-referred", nothing), Notices.Render("e-licence-referred", suspicion));
    }

    [Fact]
    public void A_reviewers_braces_are_left_alone() =>
        Assert.Contains("{receipt}", Rejected(["PHOTO_HAT"], "见{receipt}").Body, StringComparison.Ordinal);

    [Fact]
    public void The_day_of_the_next_photo_is_named()
    {
        var values = NoticeValues.Of("SQ1", Queues.ELicence, new(Outcome.Rejected, ["PHOTO_REPLACED_TOO_SOON"]), Reasons.Standard, null, new(2027, 5, 3));
        Assert.Contains("可于2027年5月3日后再申请", Notices.Render("e-licence-rejected", values).Sms, StringComparison.Ordinal);
    }

    private static ReviewConsole.Domain.Notices.NoticeWords Rejected(IReadOnlyList<string> reasons, string? text) =>
        Notices.Render("e-licence-rejected", NoticeValues.Of("SQ202611230001", Queues.ELicence, new(Outcome.Rejected, reasons, text), Reasons.Standard, null));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    [InlineData(201, 3)]
    public void A_short_message_is_one_of_70_characters_or_parts_of_67(int length, int parts) => Assert.Equal(parts, ReviewConsole.Catalog.Notices.SmsParts(new string('字', length)));
}
