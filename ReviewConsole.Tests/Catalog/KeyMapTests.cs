using ReviewConsole.Catalog;

namespace ReviewConsole.Tests.Catalog;

public sealed class KeyMapTests
{
    [Fact]
    public void No_two_actions_of_a_page_have_the_same_standard_key()
    {
        foreach (var page in Enum.GetValues<KeyPage>())
        {
            string[] keys = [.. KeyMap.Of(page).Select(KeyMap.Standard.Code), .. page == KeyPage.Case ? KeyMap.OfPictures : [], KeyMap.Sheet];
            Assert.Equal(keys.Length, keys.Distinct().Count());
        }

        Assert.All(Enum.GetValues<KeyAction>(), action => Assert.Contains(Enum.GetValues<KeyPage>(), page => KeyMap.Of(page).Contains(action)));
    }

    [Fact]
    public void An_action_gets_another_key_and_its_own_again()
    {
        var changed = KeyMap.Standard.Give(KeyAction.Approve, "KeyQ").Value;
        Assert.Equal(("KeyQ", true, "KeyR", false), (changed.Code(KeyAction.Approve), changed.IsOwn(KeyAction.Approve), changed.Code(KeyAction.Reject), changed.IsOwn(KeyAction.Reject)));
        // What the action left is free.
        Assert.Equal("KeyA", changed.Give(KeyAction.Ask, "KeyA").Value.Code(KeyAction.Ask));
        Assert.False(changed.Give(KeyAction.Approve, "KeyA").Value.HasOwn);
    }

    [Theory]
    [InlineData(KeyAction.Approve, "KeyR", "Reject")]
    [InlineData(KeyAction.Approve, "KeyZ", "Undo")]
    [InlineData(KeyAction.Undo, "KeyN", "Next")]
    [InlineData(KeyAction.Approve, "KeyL", "")]
    [InlineData(KeyAction.Approve, "Digit0", "")]
    public void A_key_of_the_same_page_is_taken(KeyAction action, string code, string by)
    {
        var refusal = KeyMap.Standard.Give(action, code).Refusal!;
        Assert.Equal((KeyMap.Taken, by), (refusal.Code, refusal.Details.Single()));
    }

    [Fact]
    public void A_key_of_another_page_is_free()
    {
        Assert.Null(KeyMap.Standard.Give(KeyAction.Next, "KeyA").Refusal);
        Assert.Null(KeyMap.Standard.Give(KeyAction.Give, "KeyL").Refusal);
    }

    [Theory]
    [InlineData("Enter")]
    [InlineData("Escape")]
    [InlineData("Tab")]
    [InlineData("Space")]
    [InlineData("F5")]
    [InlineData("Slash")]
    [InlineData("Quote")]
    [InlineData("ArrowDown")]
    [InlineData("Digit10")]
    [InlineData("KeyÄ")]
    [InlineData("")]
    public void Keys_of_the_browser_and_of_fields_are_reserved(string code) => Assert.Equal(KeyMap.Reserved, KeyMap.Standard.Give(KeyAction.Approve, code).Refusal!.Code);

    [Fact]
    public void What_was_written_is_read_again_even_where_two_actions_changed_places()
    {
        Assert.Null(KeyMap.Standard.Write());
        Assert.Same(KeyMap.Standard, KeyMap.Read(null));
        var swapped = KeyMap.Standard.Give(KeyAction.Approve, "KeyQ").Value.Give(KeyAction.Reject, "KeyA").Value.Give(KeyAction.Approve, "KeyR").Value;
        var read = KeyMap.Read(swapped.Write());
        Assert.Equal(("KeyR", "KeyA"), (read.Code(KeyAction.Approve), read.Code(KeyAction.Reject)));
    }

    [Fact]
    public void What_no_longer_fits_is_left_out_when_it_is_read()
    {
        var read = KeyMap.Read("""{"Approve":"KeyL","Reject":"F5","Gone":"KeyQ","Ask":"KeyQ"}""");
        Assert.Equal(("KeyA", "KeyR", "KeyQ"), (read.Code(KeyAction.Approve), read.Code(KeyAction.Reject), read.Code(KeyAction.Ask)));
    }

    [Theory]
    [InlineData("KeyA", "A")]
    [InlineData("Digit7", "7")]
    [InlineData("BracketLeft", "[")]
    [InlineData("Escape", "Esc")]
    [InlineData("Slash", "?")]
    [InlineData("Enter", "Enter")]
    public void A_cap_shows_what_stands_on_the_key(string code, string cap) => Assert.Equal(cap, KeyMap.Cap(code));

    [Theory]
    [InlineData("queues/e-licence?show=Open", KeyPage.Queue)]
    [InlineData("cases/0199", KeyPage.Case)]
    [InlineData("dashboard", KeyPage.Work)]
    [InlineData("", null)]
    [InlineData("audit", null)]
    public void A_page_is_known_by_its_address(string path, KeyPage? page) => Assert.Equal(page, KeyMap.PageAt(path));
}
