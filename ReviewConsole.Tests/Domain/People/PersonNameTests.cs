using System.Text;
using CsCheck;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("王小明", "王小明")]
    [InlineData("  陈静 ", "陈静")]
    [InlineData("𠮷野", "𠮷野")] // supplementary plane 2
    [InlineData("李\U00030EDE", "李\U00030EDE")] // plane 3, extension G
    [InlineData("赵\U00033479", "赵\U00033479")] // plane 3, younger than the runtime's tables
    [InlineData("〇一", "〇一")]
    [InlineData("阿不都·卡德尔", "阿不都·卡德尔")]
    [InlineData("阿不都．卡德尔", "阿不都·卡德尔")]
    [InlineData("阿不都•卡德尔", "阿不都·卡德尔")]
    [InlineData("阿不都・卡德尔", "阿不都·卡德尔")]
    [InlineData("阿不都‧卡德尔", "阿不都·卡德尔")]
    [InlineData("阿不都⋅卡德尔", "阿不都·卡德尔")]
    [InlineData("阿不都∙卡德尔", "阿不都·卡德尔")]
    [InlineData("㐂䶮", "㐂䶮")]
    [InlineData("阿不都 · 卡德尔", "阿不都·卡德尔")]
    [InlineData("Jean-Luc  O'Brien", "Jean-Luc O'Brien")]
    [InlineData("Nguyễn Văn A", "Nguyễn Văn A")]
    [InlineData("Jose\u0301 García", "José García")]
    [InlineData("王　明", "王 明")]
    public void Names_of_any_script_are_kept_in_one_spelling(string typed, string kept)
    {
        Assert.True(PersonName.TryParse(typed, out var name, out _));
        Assert.Equal(kept, name.Value);
    }

    [Theory]
    [InlineData(null, "NAME_EMPTY")]
    [InlineData(" 　", "NAME_EMPTY")]
    [InlineData("王1", "NAME_CHARACTERS")]
    [InlineData("王<b>", "NAME_CHARACTERS")]
    [InlineData("王&amp;", "NAME_CHARACTERS")]
    [InlineData("王\n明", "NAME_CHARACTERS")]
    [InlineData("王\u202E明", "NAME_CHARACTERS")] // would turn the text around
    [InlineData("王\u200B明", "NAME_CHARACTERS")]
    [InlineData("王\uFE0F", "NAME_CHARACTERS")] // variation selectors, fillers and joiners show nothing
    [InlineData("王\U000E0100", "NAME_CHARACTERS")]
    [InlineData("王\u3164", "NAME_CHARACTERS")]
    [InlineData("e\u034F", "NAME_CHARACTERS")]
    [InlineData("王\u2066明\u2069", "NAME_CHARACTERS")]
    [InlineData("王\uE000", "NAME_CHARACTERS")] // private use: means something else on every machine
    [InlineData("王😀", "NAME_CHARACTERS")]
    [InlineData("王\uD842", "NAME_CHARACTERS")] // half a character
    [InlineData("\u0301王", "NAME_CHARACTERS")]
    [InlineData("·王", "NAME_CHARACTERS")]
    [InlineData("王·", "NAME_CHARACTERS")]
    [InlineData("王··明", "NAME_CHARACTERS")]
    [InlineData("···", "NAME_CHARACTERS")]
    [InlineData("王\U0002FFFE", "NAME_CHARACTERS")]
    public void What_is_no_name_is_refused_with_its_code(string? typed, string code)
    {
        Assert.False(PersonName.TryParse(typed, out var name, out var refusal));
        Assert.Null(name);
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("明")]
    [InlineData("𠮷")]
    [InlineData("e\u0301")] // two code points as typed, one as kept
    public void Sixty_characters_are_allowed_and_one_more_is_not(string character)
    {
        Assert.True(PersonName.TryParse(string.Concat(Enumerable.Repeat(character, 60)), out _, out _));
        Assert.False(PersonName.TryParse(string.Concat(Enumerable.Repeat(character, 61)), out _, out var refusal));
        Assert.Equal("NAME_TOO_LONG", refusal.Code);
    }

    [Theory]
    [InlineData("陈静", "陈*")]
    [InlineData("王小明", "王**")]
    [InlineData("阿不都·卡德尔", "阿**")]
    [InlineData("𠮷野太", "𠮷**")]
    [InlineData("王", "*")]
    public void A_masked_name_shows_its_first_character_alone(string name, string masked)
    {
        Assert.True(PersonName.TryParse(name, out var parsed, out _));
        Assert.Equal(masked, parsed.Masked);
        Assert.Equal(masked, parsed.ToString());
    }

    /// <summary>Pieces that meet badly: letters, marks, separators, halves of characters.</summary>
    private static readonly string[] pieces =
        ["王", "𠮷", "\U0002F81A", "か", "\u3099", "e", "\u0301", "\u0958", "·", "．", " ", "　", "-", "'", "’", "1", "\uD842", "\uDFB7", "\u200D", "<"];

    [Fact]
    public void Whatever_is_typed_is_refused_or_kept_in_a_spelling_that_reads_as_itself() => Gen.Int[0, pieces.Length - 1].Array[0, 12].Select(drawn => string.Concat(drawn.Select(i => pieces[i]))).Sample(typed =>
    {
        if (PersonName.TryParse(typed, out var name, out var refusal))
        {
            Assert.True(name.Value.IsNormalized(NormalizationForm.FormC));
            Assert.True(PersonName.TryParse(name.Value, out var again, out _));
            Assert.Equal(name, again);
        }
        else
        {
            Assert.StartsWith("NAME_", refusal.Code, StringComparison.Ordinal);
        }
    });
}
