using System.Text;
using System.Text.RegularExpressions;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Ui;

/// <summary>No page says anything that does not stand in a resource, in whatever language: neither between its tags nor in an attribute that is read out or shown.</summary>
public sealed partial class LiteralTests
{
    private static readonly string[] Shown = ["title", "aria-label", "aria-description", "placeholder", "alt", "Label", "Title", "Body", "HelperText"];
    private static readonly string[] Control = ["if", "foreach", "for", "switch", "while"];

    [Fact]
    public void No_page_holds_a_literal() =>
        Assert.All(Repository.Sources(".razor"), page => Assert.True(Literals(page.Text) is [], $"{page.Path}: {string.Join(" | ", Literals(page.Text))}"));

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("@page \"/x\"\n@inject IStringLocalizer<Text> T\n<p>@T[\"Hello\"] there @(a > b ? \"x\" : \"y\")</p>", "there")]
    [InlineData("@if (seen.Any(s => s > 1))\n{\n    <p title=\"Seen\">@T[\"A\"]</p>\n}\nelse\n{\n    <b>名称</b>\n}", "名称", "title=\"Seen\"")]
    [InlineData("<Part Label=\"@T[\"Name\"]\" Key=\"Enter\" OnClick=\"() => Go(\"a\")\" />")]
    [InlineData("@* words *@<p>@T[$\"A_{x}\"].Value</p>@code { string s = \"words\"; }")]
    [InlineData("@foreach (var one in some)\n{\n    var name = Of(one);\n    <i>@name · @one.Age</i>\n}")]
    public void A_literal_is_found_and_an_expression_is_none(string page, params string[] literals) => Assert.Equal(literals, Literals(page));

    private static List<string> Literals(string page)
    {
        var text = Directive().Replace(Remark().Replace(page, ""), "").Split("@code {")[0];
        StringBuilder between = new();
        List<string> attributes = [];
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '<' && i + 1 < text.Length && (char.IsLetter(text[i + 1]) || text[i + 1] is '/' or '!'))
            {
                i = Tag(text, i, attributes);
                between.Append('\n');
            }
            else if (text[i] == '@')
            {
                i = Expression(text, i);
            }
            else
            {
                between.Append(text[i++]);
            }
        }

        return [.. between.ToString().Split('\n').Select(line => line.Trim()).Where(line => Words().IsMatch(line) && !Code().IsMatch(line)), .. attributes];
    }

    // To the end of the tag; a value ends at the quote that stands in no bracket.
    private static int Tag(string text, int at, List<string> attributes)
    {
        var (name, depth, start) = ("", 0, -1);
        for (var i = at + 1; i < text.Length; i++)
        {
            if (start < 0)
            {
                if (text[i] == '>')
                    return i + 1;
                if (text[i] == '"')
                    (name, depth, start) = (Attribute().Match(text[at..i]).Groups["name"].Value, 0, i + 1);
            }
            else if (text[i] is '(' or '[' or '{')
            {
                depth++;
            }
            else if (text[i] is ')' or ']' or '}')
            {
                depth--;
            }
            else if (text[i] == '"' && depth == 0)
            {
                if (Shown.Contains(name) && text[start] != '@' && Words().IsMatch(text[start..i]))
                    attributes.Add($"{name}=\"{text[start..i]}\"");
                start = -1;
            }
        }

        return text.Length;
    }

    // A name, its members, and whatever stands in brackets behind them.
    private static int Expression(string text, int at)
    {
        var name = Name().Match(text, at);
        var i = at + name.Length;
        if (Control.Contains(name.Value[1..]) && i < text.Length && text[i] == ' ')
            i++;
        while (i < text.Length && text[i] is '(' or '[')
        {
            for (var depth = 0; i < text.Length;)
            {
                depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
                if (text[i] == '"')
                    i = text.IndexOf('"', i + 1);
                i++;
                if (depth == 0)
                    break;
            }

            i += Member().Match(text, i).Length;
        }

        return Math.Max(i, at + 1);
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline, 5000)]
    private static partial Regex Remark();

    [GeneratedRegex(@"^@(using|page|attribute|inject|inherits|implements|layout|typeparam)\b.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"[A-Za-z]{2,}|[\u3000-\u9fff\uff00-\uffef]", RegexOptions.None, 5000)]
    private static partial Regex Words();

    [GeneratedRegex(@";$|^(else|var|case|default|foreach|if|switch)\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<name>[\w:@.-]+)=$", RegexOptions.None, 5000)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\G@(await )?[\w.]*\w?[!?]?", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\G\??\.\w+", RegexOptions.None, 5000)]
    private static partial Regex Member();
}
