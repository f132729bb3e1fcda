using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class FactsTests() : UiContext(services => services.AddSingleton(Authorities.Standard).AddSingleton(Reasons.Standard))
{
    private static readonly ApplicantFacts Masked = new(
        "王**", "440305********1234", IdentityDocumentKind.ResidentIdentityCard, "138****5678", PhoneSource.PoliceRecord, RegistrationLevel.RealPerson, null, null, false, []);

    private static readonly string Number = CitizenId.Compose("440305", new(1990, 1, 1), 123).Value;

    /// <summary>A case in hand about <paramref name="subject"/>.</summary>
    public static CaseView View(SubjectFacts subject, ApplicantFacts? applicant = null, params string[] suggested)
    {
        var queue = subject is ELicenceFacts ? Queues.ELicence : Queues.IdPhoto;
        CaseId id = new(Guid.NewGuid());
        return new(id, "SQ1", queue, queue, "粤B", CaseState.Claimed, null, null, null, null, default, default, false, null, new(id, 1), null, null, false, applicant ?? Masked, subject, [], null, null, false, [], suggested, [], Draft.Empty);
    }

    [Fact]
    public void Each_field_is_masked_until_it_is_revealed_by_itself()
    {
        List<PersonalField> asked = [];
        var shown = Render<Facts>(f => f.Add(x => x.View, View(MeasurementsTests.Licence)).Add(x => x.Revealed, new Dictionary<PersonalField, string>()).Add(x => x.OnReveal, asked.Add));
        Assert.Equal(["王**", "440305********1234", "138****5678"], shown.FindAll(".masked > span").Select(span => span.TextContent));
        Assert.Equal(["显示姓名（会记录）", "显示身份号码（会记录）", "显示手机号码（会记录）"], shown.FindAll(".masked button").Select(button => button.GetAttribute("aria-label")));
        foreach (var button in shown.FindAll(".masked button").ToList())
            button.Click();
        Assert.Equal([PersonalField.Name, PersonalField.Document, PersonalField.Phone], asked);

        shown.Render(f => f.Add(x => x.Revealed, new Dictionary<PersonalField, string> { [PersonalField.Document] = "440305199001011234" }));
        Assert.Equal(["王**", "440305199001011234", "138****5678"], shown.FindAll(".masked > span").Select(span => span.TextContent));
        Assert.Equal(2, shown.FindAll(".masked button").Count);
    }

    [Fact]
    public void One_key_shows_one_masked_field_after_the_other()
    {
        Dictionary<PersonalField, string> revealed = [];
        var shown = Render<Facts>(f => f.Add(x => x.View, View(MeasurementsTests.Licence)).Add(x => x.Revealed, new Dictionary<PersonalField, string>()).Add(x => x.OnReveal, _ => { }));
        foreach (var (field, label) in new[] { (PersonalField.Name, "姓名"), (PersonalField.Document, "身份号码"), (PersonalField.Phone, "手机号码") })
        {
            Assert.Equal($"显示{label}（会记录）", Assert.Single(shown.FindAll("[data-key=KeyY]")).GetAttribute("aria-label"));
            Assert.Equal("Y", Assert.Single(shown.FindAll(".masked kbd")).TextContent);
            revealed[field] = "x";
            shown.Render(f => f.Add(x => x.Revealed, new Dictionary<PersonalField, string>(revealed)));
        }

        Assert.Empty(shown.FindAll("[data-key], kbd"));
    }

    [Fact]
    public void What_the_claim_of_a_card_reveals_stands_in_clear_with_what_the_number_says_and_the_phone_stays_masked()
    {
        var clear = Masked with { Name = "王小明", Document = Number, Revealed = true, Sex = Sex.Male, AreaCode = "440305" };
        var shown = Show(View(MeasurementsTests.Card, clear));
        Assert.Equal(["王小明", Number, "138****5678"], shown.FindAll(".masked > span").Select(span => span.TextContent));
        Assert.Single(shown.FindAll(".masked button"));
        Assert.Equal("1990-01-01（36 岁） · 男 · 广东省", Fact(shown, "号码含义"));
        // Issued at 30.
        Assert.Equal("30 岁，应为 20 年", Fact(shown, "签发年龄"));
    }

    [Fact]
    public void What_the_masked_digits_would_say_is_said_after_they_are_revealed_and_not_before()
    {
        var masked = Masked with { Sex = Sex.Male, AreaCode = "440305" };
        var shown = Show(View(MeasurementsTests.Card, masked));
        Assert.Equal("男 · 广东省", Fact(shown, "号码含义"));
        Assert.Empty(shown.FindAll("[data-testid=age-at-issue]"));
        Assert.DoesNotContain("1990", shown.Markup, StringComparison.Ordinal);

        shown.Render(f => f.Add(x => x.Revealed, new Dictionary<PersonalField, string> { [PersonalField.Document] = Number }));
        Assert.Equal("1990-01-01（36 岁） · 男 · 广东省", Fact(shown, "号码含义"));
        Assert.Equal("30 岁，应为 20 年", Fact(shown, "签发年龄"));
    }

    [Fact]
    public void A_place_that_is_not_known_is_shown_by_its_digits_and_a_passport_says_nothing()
    {
        Assert.Equal("女 · 地区 990101", Fact(Show(View(MeasurementsTests.Licence, Masked with { Sex = Sex.Female, AreaCode = "990101" })), "号码含义"));
        Assert.Empty(Show(View(MeasurementsTests.Licence, Masked with { DocumentKind = IdentityDocumentKind.Passport })).FindAll("[data-testid=decoded]"));
    }

    [Fact]
    public void A_licence_shows_its_state_and_validity()
    {
        var shown = Show(View(MeasurementsTests.Licence));
        Assert.Equal("申请人与驾驶证", shown.Find("h2").TextContent);
        Assert.Equal(("C1", "2030-01-01", "手机拍照", "粤B · 深圳市公安局交通警察支队"), (Fact(shown, "准驾车型"), Fact(shown, "有效期至"), Fact(shown, "照片来源"), Fact(shown, "发证机关")));
        Assert.DoesNotContain("人脸识别", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_licence_that_does_not_allow_it_is_marked()
    {
        var good = (ELicenceFacts)MeasurementsTests.Licence;
        Assert.NotNull(Chip(good));
        Assert.Null(Chip(good with { Standing = good.Standing with { Status = "U", Verdict = new([new Refusal(Eligibility.LicenceNotValid, "U", "")], default, false) } }));

        AngleSharp.Dom.IElement? Chip(ELicenceFacts facts) => Show(View(facts)).FindAll("dd .chip.ok").SingleOrDefault(chip => chip.TextContent.Trim().StartsWith(facts.Standing.Status, StringComparison.Ordinal));
    }

    [Fact]
    public void A_card_shows_its_validity_the_failed_comparison_and_what_does_not_fit()
    {
        var card = (IdPhotoFacts)MeasurementsTests.Card with { Warnings = [CardValidityVerdict.BeforeBirth] };
        var shown = Show(View(card));
        Assert.Equal("申请人与身份证", shown.Find("h2").TextContent);
        Assert.Equal(("2020-01-01 – 2040-01-01", "得分 0.41，失败 4 次"), (Fact(shown, "证件有效期限"), Fact(shown, "人脸识别")));
        Assert.Equal("签发早于出生日期", shown.Find(".chip.look").TextContent);
        Assert.DoesNotContain("驾驶证状态", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_requests_say_how_they_ended_and_lead_there()
    {
        Assert.Equal("无", Fact(Show(View(MeasurementsTests.Licence)), "历次申请"));
        CaseId earlier = new(Guid.NewGuid());
        var shown = Show(View(MeasurementsTests.Licence, Masked with { Earlier = [new(earlier, "SQ0", Outcome.Rejected, Time.GetUtcNow(), ["PHOTO_HAT", "PHOTO_BLUR"])] }));
        Assert.Equal($"/cases/{earlier}", shown.Find("dd a").GetAttribute("href"));
        Assert.Equal("11-23 13:26 驳回: 未免冠、照片模糊", shown.Find("dd a").TextContent);
    }

    private IRenderedComponent<Facts> Show(CaseView view) =>
        Render<Facts>(f => f.Add(x => x.View, view).Add(x => x.Revealed, new Dictionary<PersonalField, string>()).Add(x => x.OnReveal, _ => { }));

    private static string Fact(IRenderedComponent<Facts> shown, string name) =>
        shown.FindAll("dt").Single(dt => dt.TextContent == name).NextElementSibling!.TextContent.Trim();
}
