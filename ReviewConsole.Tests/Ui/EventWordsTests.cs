using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Tests.Ui;

/// <summary>What the audit log keeps is said in words, whatever it is.</summary>
public sealed class EventWordsTests() : UiContext(services => services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard))
{
    private static readonly Doer Person = new(DoerKind.Staff, "张敏");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_event_of_the_product_has_words(string language)
    {
        SpeakLanguage(language);
        var words = Services.GetRequiredService<IStringLocalizer<EventText>>();
        var events = typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract).ToList();
        Assert.True(events.Count > 30);
        Assert.All(events, type => Assert.False(words[$"Event_{type.Name}"].ResourceNotFound, type.Name));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_value_that_an_event_may_hold_has_words(string language)
    {
        SpeakLanguage(language);
        var words = Services.GetRequiredService<IStringLocalizer<EventText>>();
        string[] values =
        [
            .. Enum.GetNames<Outcome>(), .. Enum.GetNames<PersonalField>(), .. Enum.GetNames<SlaEntryKind>(), .. Enum.GetNames<RegistrationLevel>(), .. Enum.GetNames<Channel>(),
            .. Enum.GetNames<Roles>(), .. Enum.GetNames<DissentReason>(), .. Enum.GetNames<AuditFault>(), "Intake", "PutLicences", "true", "false", "replaced", "outdated", "corrected",
            .. Services.GetServices<IListExport>().Select(list => list.Name),
        ];
        Assert.All(values, value => Assert.False(words[$"Value_{value}"].ResourceNotFound, value));
    }

    [Theory]
    [InlineData("zh-CN", "角色：审核员、复核员|发证机关：粤|队列：电子驾驶证申领、复核")]
    [InlineData("en", "Roles: reviewer, senior|Authorities: 粤|Queues: E-licence applications, Second review")]
    public void Members_are_said_in_words_and_lists_joined(string language, string words)
    {
        SpeakLanguage(language);
        ChangeLine line = new(Time.GetUtcNow(), Person, "UserCreated", [new("User", ["x"]), new("Roles", ["Reviewer, Senior"]), new("Authorities", ["粤"]), new("Queues", ["e-licence", "second"])]);
        Assert.Equal(words.Split('|'), Details(line));
    }

    [Fact]
    public void Reasons_instants_people_and_ids_are_said_as_people_read_them()
    {
        ChangeLine line = new(Time.GetUtcNow(), Person, "CaseDecided",
        [
            new("Case", [Guid.NewGuid().ToString()]), new("Holder", ["李雷"]), new("Outcome", ["Rejected"]), new("Reasons", ["PHOTO_HAT", "PHONE_FORM", "NO_SUCH"]),
            new("HeldUntil", ["2026-11-23T05:26:10+00:00"]), new("OnTime", ["true"]), new("Why", ["0199f3a1-0000-7000-8000-0000c0ffee00"]),
        ]);
        Assert.Equal(
            ["领取人：李雷", "结果：驳回", $"原因：{Reasons.Standard.Find("PHOTO_HAT")!.LabelZh}、手机号码格式不对、NO_SUCH", "生效时间：2026-11-23 13:26:10", "按时：是", "原因：…ffee00"],
            Details(line));
    }

    [Fact]
    public void A_history_says_when_who_and_what()
    {
        ChangeLine[] lines =
        [
            new(Time.GetUtcNow(), Person, "CaseDecided", [new("Outcome", ["Approved"])]),
            new(Time.GetUtcNow().AddHours(-1), new(DoerKind.Client, "交管12123"), "CaseReceived", []),
            new(Time.GetUtcNow().AddHours(-2), new(DoerKind.System, "finalise"), "NoSuchEvent", []),
        ];
        var shown = Render<ChangeHistory>(h => h.Add(x => x.Lines, lines)).FindAll("li");
        Assert.Equal(
            ["2026-11-23 13:26:00|张敏|决定 结果：通过", "2026-11-23 12:26:00|接口 交管12123|收件", "2026-11-23 11:26:00|系统|NoSuchEvent"],
            shown.Select(li => string.Join('|', li.Children.Select(part => string.Join(' ', part.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))));
    }

    [Fact]
    public void A_history_of_nothing_says_so() => Assert.Contains("还没有记录", Render<ChangeHistory>(h => h.Add(x => x.Lines, [])).Markup, StringComparison.Ordinal);

    private IEnumerable<string> Details(ChangeLine line) => Render<ChangeDetails>(d => d.Add(x => x.Line, line)).FindAll(".change-detail").Select(span => span.TextContent);
}
