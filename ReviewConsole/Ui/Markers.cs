namespace ReviewConsole.Ui;

/// <summary>Marks the words that every page shares: <c>Ui/Text.resx</c> (zh-CN) and <c>Ui/Text.en.resx</c>.</summary>
public sealed class Text;

/// <summary>Marks the words of refusals, one <c>Refusal_CODE</c> each: <c>Ui/RefusalText.resx</c>.</summary>
public sealed class RefusalText;
