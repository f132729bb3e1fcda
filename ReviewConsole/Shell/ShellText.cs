namespace ReviewConsole.Shell;

/// <summary>Marks the words of layout, navigation and start page: <c>ShellText.resx</c>.</summary>
public sealed class ShellText;
