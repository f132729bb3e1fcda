using Bunit;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Ui;

public sealed class KeySheetTests : UiContext
{
    private readonly List<(KeyAction Action, string Code)> given = [];
    private KeyMap keys = KeyMap.Standard;

    [Theory]
    [InlineData("zh-CN", KeyPage.Case)]
    [InlineData("en", KeyPage.Case)]
    [InlineData("zh-CN", KeyPage.Queue)]
    [InlineData("en", KeyPage.Work)]
    public void Every_key_of_the_page_stands_in_words(string language, KeyPage page)
    {
        SpeakLanguage(language);
        var sheet = Show(page);
        Assert.Equal(KeyMap.Of(page).Select(action => KeyMap.Cap(KeyMap.Standard.Code(action))), sheet.FindAll("tbody kbd").Select(cap => cap.TextContent));
        Assert.DoesNotContain(sheet.FindAll("th, dd, h2, h3, p").Select(e => e.TextContent), words => words.Contains('_', StringComparison.Ordinal) || words.Length == 0);
        // Panels and pictures are on the page of a case.
        Assert.Equal(page == KeyPage.Case, sheet.FindAll("dl").Count == 2);
    }

    [Fact]
    public void The_next_key_that_is_pressed_becomes_the_action_s()
    {
        var sheet = Show(KeyPage.Case);
        sheet.Find("[data-testid=change-Approve]").Click();
        Assert.Equal("请按新的键", sheet.Find("[data-testid=catch]").TextContent);
        sheet.Find("[data-testid=catch]").KeyDown(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "Shift", Code = "ShiftLeft" });
        sheet.Find("[data-testid=catch]").KeyDown(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "q", Code = "KeyQ" });
        Assert.Equal([(KeyAction.Approve, "KeyQ")], given);
        Assert.Empty(sheet.FindAll("[data-testid=catch]"));
        Assert.Equal("“通过”已改为 Q。", sheet.Find("[role=status]").TextContent);
    }

    [Theory]
    [InlineData("KeyR", false, "R 已用于“驳回”，请换一个，或先更改“驳回”。")]
    [InlineData("KeyL", false, "此键已用于查看图片，请换一个。")]
    [InlineData("F5", false, "此键不能用")]
    [InlineData("KeyQ", true, "此键不能用")]
    public void A_key_that_cannot_be_is_refused_with_words_and_another_may_be_pressed(string code, bool held, string words)
    {
        var sheet = Show(KeyPage.Case);
        sheet.Find("[data-testid=change-Approve]").Click();
        sheet.Find("[data-testid=catch]").KeyDown(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "x", Code = code, CtrlKey = held });
        Assert.StartsWith(words, sheet.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("bad", sheet.Find("[role=status]").ClassName, StringComparison.Ordinal);
        Assert.NotNull(sheet.Find("[data-testid=catch]"));
        Assert.False(keys.HasOwn);
    }

    [Fact]
    public void Escape_and_an_input_method_give_no_key()
    {
        var sheet = Show(KeyPage.Queue);
        sheet.Find("[data-testid=change-Next]").Click();
        sheet.Find("[data-testid=catch]").KeyDown(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "Process", Code = "KeyQ", IsComposing = true });
        sheet.Find("[data-testid=catch]").KeyDown(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "Escape", Code = "Escape" });
        Assert.Empty(given);
        Assert.Empty(sheet.FindAll("[data-testid=catch]"));
    }

    [Fact]
    public void Own_keys_are_marked_and_the_standard_ones_come_back()
    {
        Assert.True(Show(KeyPage.Queue).Find("[data-testid=restore]").HasAttribute("disabled"));
        keys = KeyMap.Standard.Give(KeyAction.Next, "KeyJ").Value;
        var sheet = Show(KeyPage.Queue);
        Assert.Equal("J", sheet.Find("tbody kbd").TextContent);
        Assert.Equal("自定", Assert.Single(sheet.FindAll(".chip")).TextContent);
        sheet.Find("[data-testid=restore]").Click();
        Assert.False(keys.HasOwn);
        Assert.Equal("已恢复标准键位。", sheet.Find("[role=status]").TextContent);
    }

    private IRenderedComponent<KeySheet> Show(KeyPage page) => Render<KeySheet>(p => p
        .AddCascadingValue(keys)
        .Add(x => x.Page, page)
        .Add(x => x.OnGive, (action, code) =>
        {
            given.Add((action, code));
            var answer = keys.Give(action, code);
            keys = answer.Refusal is null ? answer.Value : keys;
            return Task.FromResult(answer.Refusal);
        })
        .Add(x => x.OnRestore, EventCallback.Factory.Create(this, () => keys = KeyMap.Standard)));
}
