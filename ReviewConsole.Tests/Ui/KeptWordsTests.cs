using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Ui;

public sealed class KeptWordsTests : UiContext
{
    [Fact]
    public void Each_language_has_its_own_words_however_often_and_by_whom_they_are_asked_for()
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var (language, product) in new[] { ("zh-CN", "审核工作台"), ("en", "Review console") })
            {
                SpeakLanguage(language);
                Assert.Equal(product, Words()["Product"].Value);
            }
        }

        Assert.Same(Words()["Product"], Words()["Product"]);
    }

    [Fact]
    public void Words_with_numbers_are_put_together_each_time()
    {
        SpeakLanguage("en");
        var plain = Words()["Product"].Value;
        Assert.Equal(plain, Words()["Product", 1].Value);
        var refusals = Services.GetRequiredService<IStringLocalizer<RefusalText>>();
        Assert.Equal(("The text may have at most 7 characters.", "The text may have at most 8 characters."), (refusals["Refusal_TEXT_TOO_LONG", 7].Value, refusals["Refusal_TEXT_TOO_LONG", 8].Value));
    }

    [Fact]
    public void What_nobody_wrote_is_said_to_be_missing_and_not_kept()
    {
        var missing = Words()["No_Such_Words"];
        Assert.True(missing.ResourceNotFound);
        Assert.NotSame(missing, Words()["No_Such_Words"]);
    }

    private IStringLocalizer<Text> Words() => Services.GetRequiredService<IStringLocalizer<Text>>();
}
