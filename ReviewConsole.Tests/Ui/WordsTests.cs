using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ReviewConsole.Photos.Checks;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Ui;

/// <summary>The words of the product: all there, in both languages, all used, none in the pages themselves.</summary>
public sealed partial class WordsTests : UiContext
{
    private static readonly Dictionary<string, Dictionary<string, string>> Resources =
        Repository.Files("*.resx").ToDictionary(path => path, path => XDocument.Load(path).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!));

    // MudBlazor has its own English.
    private static IEnumerable<string> Chinese => Resources.Keys.Where(path => !path.EndsWith(".en.resx", StringComparison.Ordinal) && !path.EndsWith("MudWords.resx", StringComparison.Ordinal));

    [Fact]
    public void Every_word_stands_in_both_languages_with_the_same_placeholders()
    {
        foreach (var path in Chinese)
        {
            var (zh, en) = (Resources[path], Resources[Path.ChangeExtension(path, ".en.resx")]);
            Assert.Equal(zh.Keys.Order(), en.Keys.Order());
            foreach (var key in zh.Keys)
                Assert.True(Holes(zh[key]).SetEquals(Holes(en[key])), $"{Repository.Short(path)} {key}");
        }
    }

    [Fact]
    public void Chinese_words_are_Chinese_and_English_ones_are_not()
    {
        foreach (var path in Chinese)
        {
            var english = Resources[Path.ChangeExtension(path, ".en.resx")];
            Assert.All(Resources[path], word => Assert.True(Cjk().IsMatch(word.Value) || word.Value == english[word.Key], $"{Repository.Short(path)} {word.Key}"));
            Assert.All(english, word => Assert.DoesNotMatch(Cjk(), word.Value));
        }
    }

    [Fact]
    public void Every_word_is_used()
    {
        var source = string.Join('\n', Repository.Files("*.razor").Concat(Repository.Files("*.cs")).Select(File.ReadAllText));
        var literals = Literal().Matches(source).Select(m => m.Groups["text"].Value).ToHashSet(StringComparer.Ordinal);
        var stems = literals.Where(l => l.EndsWith('_')).ToList();
        foreach (var path in Chinese)
            Assert.All(Resources[path].Keys, key => Assert.True(literals.Contains(key) || stems.Any(stem => key.StartsWith(stem, StringComparison.Ordinal)), $"{Repository.Short(path)} {key}"));
    }

    [Fact]
    public void Every_word_a_page_asks_for_is_there()
    {
        foreach (var page in Repository.Files("*.razor"))
        {
            var razor = File.ReadAllText(page);
            var code = razor + (File.Exists(page + ".cs") ? File.ReadAllText(page + ".cs") : "");
            foreach (Match inject in Inject().Matches(razor))
            {
                var words = Assert.Single(Chinese, path => Path.GetFileName(path) == inject.Groups["marker"].Value + ".resx");
                foreach (Match use in Regex.Matches(code, $"(?<![\\w.]){inject.Groups["name"].Value}\\[\"(?<key>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)))
                    Assert.True(Resources[words].ContainsKey(use.Groups["key"].Value), $"{Repository.Short(page)} asks for {use.Groups["key"].Value}");
            }
        }
    }

    [Fact]
    public void Every_refusal_has_words()
    {
        var words = Resources[Resources.Keys.Single(path => path.EndsWith("RefusalText.resx", StringComparison.Ordinal))];
        foreach (var file in Repository.Files("*.cs"))
        {
            var code = File.ReadAllText(file);
            if (!code.Contains("Refusal", StringComparison.Ordinal))
                continue;
            foreach (Match made in Made().Matches(code))
                Assert.True(words.ContainsKey("Refusal_" + made.Groups["code"].Value), $"{Repository.Short(file)}: {made.Value}");
        }
    }

    [Fact]
    public void Every_check_has_a_name()
    {
        var words = Resources[Resources.Keys.Single(path => path.EndsWith("Ui/Text.resx", StringComparison.Ordinal))];
        Assert.All(CheckList.All, check => Assert.True(words.ContainsKey($"Check_{check.Id}"), check.Id));
    }

    [Fact]
    public void No_page_holds_words_itself() =>
        Assert.All(Repository.Files("*.razor"), page => Assert.DoesNotMatch(Cjk(), File.ReadAllText(page)));

    [Fact]
    public void Every_text_of_MudBlazor_is_translated()
    {
        var own = new ResourceManager("MudBlazor.Resources.LanguageResource", typeof(MudTheme).Assembly).GetResourceSet(CultureInfo.InvariantCulture, true, true)!;
        var localizer = Services.GetRequiredService<MudLocalizer>();
        var keys = own.Cast<DictionaryEntry>().ToList();
        Assert.NotEmpty(keys);
        foreach (var entry in keys)
        {
            var word = localizer[(string)entry.Key];
            Assert.False(word.ResourceNotFound, $"{entry.Key}");
            Assert.True(Holes(word.Value).SetEquals(Holes((string)entry.Value!)), $"{entry.Key}");
        }
    }

    private static HashSet<string> Holes(string words) => Hole().Matches(words).Select(m => m.Groups["n"].Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(?<n>\d+)(?::[^}]*)?\}", RegexOptions.None, 5000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"[\u3000-\u9fff\uff00-\uffef]", RegexOptions.None, 5000)]
    private static partial Regex Cjk();

    [GeneratedRegex("\"(?<text>[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9_]*)?)(?:\"|\\{)", RegexOptions.None, 20000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"@inject IStringLocalizer<(?<marker>\w+)> (?<name>\w+)", RegexOptions.None, 5000)]
    private static partial Regex Inject();

    [GeneratedRegex("new(?: Refusal)?\\(\\s*\"(?<code>[A-Z]+_[A-Z_]+)\"|const string \\w+ = \"(?<code>[A-Z]+_[A-Z_]+)\"", RegexOptions.None, 5000)]
    private static partial Regex Made();
}
