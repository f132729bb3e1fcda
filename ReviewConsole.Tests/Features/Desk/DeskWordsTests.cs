using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>Words whose keys are put together when they are shown: whatever can be shown has words, in both languages.</summary>
public sealed class DeskWordsTests : UiContext
{
    private static readonly DraftMode[] Acting = [.. Enum.GetValues<DraftMode>().Except([DraftMode.Looking])];

    public static TheoryData<string, string[]> Keys => new()
    {
        { "why a check did not pass", Constants(typeof(ReviewConsole.Photos.Checks.Reasons), "Why_") },
        { "results", Of<CheckResult>("Result_") },
        { "filters", Of<ListFilter>("Filter_") },
        { "documents", Of<IdentityDocumentKind>("Document_") },
        { "levels", Of<RegistrationLevel>("Level_") },
        { "sources of the phone number", Of<PhoneSource>("PhoneSource_") },
        { "sources of the photo", Of<PhotoSource>("PhotoSource_") },
        { "pictures", Of<PictureKind>("Picture_") },
        { "kinds of application", Of<ApplicationKind>("Kind_") },
        { "sexes", Of<Sex>("Sex_") },
        { "outcomes", Of<Outcome>("Decided_") },
        { "modes of the panel", [.. Acting.Select(mode => $"Mode_{mode}"), .. Acting.Select(mode => $"Send_{mode}")] },
        { "next steps", Of<NextStep>("NextStep_") },
        { "why the machine is not followed", [.. Of<DissentReason>("Dissent_"), "Dissent_Approved", "Dissent_Rejected", "Dissent_Referred"] },
        { "groups of reasons", [.. ReviewConsole.Catalog.Reasons.Standard.All.Select(reason => $"Group_{reason.Group}").Distinct()] },
        { "warnings of a card", Constants(typeof(CardValidityVerdict), "Warning_") },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Everything_that_can_be_shown_has_words_in_both_languages(string what, string[] keys)
    {
        var words = Services.GetRequiredService<IStringLocalizer<DeskText>>();
        Assert.True(keys.Length > 1, what);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            SpeakLanguage(language);
            Assert.All(keys, key => Assert.False(words[key].ResourceNotFound || words[key].Value.Length == 0, $"{language}: {key}"));
        }
    }

    [Fact]
    public void English_words_are_not_the_Chinese_ones()
    {
        var words = Services.GetRequiredService<IStringLocalizer<DeskText>>();
        var keys = Keys.SelectMany(row => (string[])row[1]).ToList();
        var chinese = keys.ConvertAll(key => words[key].Value);
        SpeakLanguage("en");
        Assert.All(keys.Zip(chinese), word => Assert.NotEqual(word.Second, words[word.First].Value));
    }

    private static string[] Of<T>(string stem)
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => stem + name)];

    private static string[] Constants(Type type, string stem) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => stem + field.GetRawConstantValue())];
}
