using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using ReviewConsole.Domain;

namespace ReviewConsole.Catalog;

/// <summary>What is done with a key.</summary>
public enum KeyAction
{
    /// <summary>Take the next case.</summary>
    Next,

    /// <summary>Find by receipt number.</summary>
    Find,

    /// <summary>To the first page of a list.</summary>
    FirstPage,

    /// <summary>To the next page of a list.</summary>
    NextPage,

    /// <summary>Approve.</summary>
    Approve,

    /// <summary>Reject.</summary>
    Reject,

    /// <summary>Ask the applicant for more.</summary>
    Ask,

    /// <summary>Refer to the case unit.</summary>
    Refer,

    /// <summary>Put the case back.</summary>
    Release,

    /// <summary>Declare a conflict of interest.</summary>
    Recuse,

    /// <summary>Claim the case on the page.</summary>
    Claim,

    /// <summary>Undo the last decision.</summary>
    Undo,

    /// <summary>Take chosen cases back.</summary>
    TakeBack,

    /// <summary>Give a chosen case to somebody.</summary>
    Give,

    /// <summary>Hand chosen cases on.</summary>
    Redirect,

    /// <summary>Change the priority of chosen cases.</summary>
    Prioritise,

    /// <summary>Open the saved views.</summary>
    Views,

    /// <summary>Correct the decision of the case on the page.</summary>
    Correct,

    /// <summary>Let the first decision stand, where a second look came to something else.</summary>
    Uphold,

    /// <summary>To the field for why, or for a remark.</summary>
    Explain,

    /// <summary>Show why the case is due when it is.</summary>
    Why,

    /// <summary>Back to the queue of the case.</summary>
    Back,

    /// <summary>Use the draft of the other tab.</summary>
    TakeOther,

    /// <summary>Keep the draft of this tab.</summary>
    KeepThis,

    /// <summary>Show the next masked field in clear.</summary>
    Reveal,

    /// <summary>Let the lines of the next measurement stand out.</summary>
    Check,

    /// <summary>Come on duty or go off.</summary>
    Duty,
}

/// <summary>A page with keys of its own.</summary>
public enum KeyPage
{
    /// <summary>A queue.</summary>
    Queue,

    /// <summary>A case.</summary>
    Case,

    /// <summary>The dashboard with the list to act on.</summary>
    Work,

    /// <summary>Finding a case.</summary>
    Search,

    /// <summary>Second looks: their list, and two verdicts side by side.</summary>
    SecondLook,

    /// <summary>Correcting a decision.</summary>
    Correction,
}

/// <summary>What each key does for one person: the standard keys, and the ones that the person chose instead. A key is named by its place on the keyboard, as browsers do (<c>KeyA</c>).</summary>
public sealed class KeyMap
{
    /// <summary>Opens the sheet of keys on every page that has keys; nobody can change it.</summary>
    public const string Sheet = "Slash";

    /// <summary>Code of a refusal: the key is used on the same page; the detail is the action, empty where it belongs to the picture.</summary>
    public const string Taken = "KEY_TAKEN";

    /// <summary>Code of a refusal: the key is the browser's, or needed in panels and fields.</summary>
    public const string Reserved = "KEY_RESERVED";

    private static readonly FrozenDictionary<KeyAction, string> Standards = new Dictionary<KeyAction, string>
    {
        [KeyAction.Next] = "KeyN",
        [KeyAction.Find] = "KeyF",
        [KeyAction.FirstPage] = "BracketLeft",
        [KeyAction.NextPage] = "BracketRight",
        [KeyAction.Approve] = "KeyA",
        [KeyAction.Reject] = "KeyR",
        [KeyAction.Ask] = "KeyM",
        [KeyAction.Refer] = "KeyH",
        [KeyAction.Release] = "KeyS",
        [KeyAction.Recuse] = "KeyB",
        [KeyAction.Claim] = "KeyC",
        [KeyAction.Undo] = "KeyZ",
        [KeyAction.TakeBack] = "KeyU",
        [KeyAction.Give] = "KeyT",
        [KeyAction.Redirect] = "KeyO",
        [KeyAction.Prioritise] = "KeyP",
        [KeyAction.Views] = "KeyV",
        [KeyAction.Correct] = "KeyE",
        [KeyAction.Uphold] = "KeyU",
        [KeyAction.Explain] = "KeyW",
        [KeyAction.Why] = "KeyW",
        [KeyAction.Back] = "KeyU",
        [KeyAction.TakeOther] = "BracketLeft",
        [KeyAction.KeepThis] = "BracketRight",
        [KeyAction.Reveal] = "KeyY",
        [KeyAction.Check] = "KeyJ",
        [KeyAction.Duty] = "KeyQ",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<KeyPage, ImmutableArray<KeyAction>> Pages = new Dictionary<KeyPage, ImmutableArray<KeyAction>>
    {
        [KeyPage.Queue] = [KeyAction.Next, KeyAction.Find, KeyAction.FirstPage, KeyAction.NextPage, KeyAction.Undo, KeyAction.Views, KeyAction.Duty],
        [KeyPage.Case] =
        [
            KeyAction.Approve, KeyAction.Reject, KeyAction.Ask, KeyAction.Refer, KeyAction.Release, KeyAction.Recuse, KeyAction.Claim, KeyAction.Undo, KeyAction.Correct,
            KeyAction.Reveal, KeyAction.Check, KeyAction.Why, KeyAction.Back, KeyAction.TakeOther, KeyAction.KeepThis,
        ],
        [KeyPage.Work] = [KeyAction.TakeBack, KeyAction.Give, KeyAction.Redirect, KeyAction.Prioritise, KeyAction.Views],
        [KeyPage.Search] = [KeyAction.Find, KeyAction.FirstPage, KeyAction.NextPage, KeyAction.Views],
        [KeyPage.SecondLook] = [KeyAction.Uphold, KeyAction.Correct, KeyAction.Explain, KeyAction.FirstPage, KeyAction.NextPage],
        [KeyPage.Correction] = [KeyAction.Approve, KeyAction.Reject, KeyAction.Refer, KeyAction.Find, KeyAction.Explain],
    }.ToFrozenDictionary();

    // Besides letters and digits, what stands on every keyboard as one key. Firefox searches with the apostrophe and the slash.
    private static readonly FrozenDictionary<string, string> Marks = new Dictionary<string, string>
    {
        ["BracketLeft"] = "[",
        ["BracketRight"] = "]",
        ["Semicolon"] = ";",
        ["Comma"] = ",",
        ["Period"] = ".",
        ["Minus"] = "-",
        ["Equal"] = "=",
        ["Backquote"] = "`",
        ["Backslash"] = "\\",
    }.ToFrozenDictionary();

    private readonly ImmutableDictionary<KeyAction, string> own;

    private KeyMap(ImmutableDictionary<KeyAction, string> own) => this.own = own;

    /// <summary>The standard keys.</summary>
    public static KeyMap Standard { get; } = new(ImmutableDictionary<KeyAction, string>.Empty);

    /// <summary>The keys of the pictures on the page of a case, which stay as they are.</summary>
    public static ImmutableArray<string> OfPictures { get; } = ["KeyL", "KeyF", "KeyG", "KeyO", "KeyT", "KeyX", "KeyD", "KeyK", "KeyV", "Equal", "Minus", "Digit0"];

    /// <summary>True where the person chose at least one key.</summary>
    public bool HasOwn => own.Count > 0;

    /// <summary>The actions of a page in the order of their use.</summary>
    public static ImmutableArray<KeyAction> Of(KeyPage page) => Pages[page];

    /// <summary>The page at an address, where it has keys.</summary>
    /// <param name="path">Relative to the base address, for instance <c>queues/e-licence</c>.</param>
    public static KeyPage? PageAt(string path) => path.Split('/', '?', '#')[0] switch
    {
        "queues" => KeyPage.Queue,
        "cases" => KeyPage.Case,
        "dashboard" => KeyPage.Work,
        "search" => KeyPage.Search,
        "second-looks" => KeyPage.SecondLook,
        "corrections" => KeyPage.Correction,
        _ => null,
    };

    /// <summary>What is printed on a key, for instance <c>A</c>, <c>[</c> or <c>Esc</c>.</summary>
    public static string Cap(string code) =>
        code.StartsWith("Key", StringComparison.Ordinal) ? code[3..]
        : code.StartsWith("Digit", StringComparison.Ordinal) ? code[5..]
        : code switch
        {
            "Escape" => "Esc",
            Sheet => "?",
            _ => Marks.GetValueOrDefault(code, code),
        };

    /// <summary>Reads what <see cref="Write"/> wrote; what no longer fits is left out.</summary>
    public static KeyMap Read(string? stored)
    {
        var map = Standard;
        if (stored is null)
            return map;
        // All at once, since two actions may have changed places; each is then looked at beside the others.
        map = new(JsonSerializer.Deserialize<Dictionary<string, string>>(stored)!
            .Where(pair => Enum.IsDefined(typeof(KeyAction), pair.Key) && IsFree(pair.Value))
            .ToImmutableDictionary(pair => Enum.Parse<KeyAction>(pair.Key), pair => pair.Value));
        return map.own.Aggregate(map, (kept, pair) => kept.Against(pair.Key, pair.Value) is null ? kept : new(kept.own.Remove(pair.Key)));
    }

    /// <summary>The key of an action.</summary>
    public string Code(KeyAction action) => own.GetValueOrDefault(action) ?? Standards[action];

    /// <summary>True where the person chose the action's key.</summary>
    public bool IsOwn(KeyAction action) => own.ContainsKey(action);

    /// <summary>Gives an action another key. Refused: <see cref="Reserved"/>, <see cref="Taken"/>.</summary>
    public Answer<KeyMap> Give(KeyAction action, string code) =>
        !IsFree(code) ? new Refusal(Reserved)
        : Against(action, code) is { } taken ? taken
        : new KeyMap(code == Standards[action] ? own.Remove(action) : own.SetItem(action, code));

    /// <summary>The person's own keys as JSON; null where there are none.</summary>
    public string? Write() => HasOwn ? JsonSerializer.Serialize(own.OrderBy(pair => pair.Key).ToDictionary(pair => $"{pair.Key}", pair => pair.Value)) : null;

    private static bool IsFree(string code) =>
        Marks.ContainsKey(code) || (code.Length == 4 && code.StartsWith("Key", StringComparison.Ordinal) && char.IsAsciiLetterUpper(code[3]))
        || (code.Length == 6 && code.StartsWith("Digit", StringComparison.Ordinal) && char.IsAsciiDigit(code[5]));

    private Refusal? Against(KeyAction action, string code)
    {
        foreach (var page in Enum.GetValues<KeyPage>().Where(page => Pages[page].Contains(action)))
        {
            foreach (var other in Pages[page].Where(other => other != action && Code(other) == code))
                return new Refusal(Taken, $"{other}");
            if (page == KeyPage.Case && OfPictures.Contains(code))
                return new Refusal(Taken, "");
        }

        return null;
    }
}
