namespace ReviewConsole.Features.Desk;

/// <summary>Marks the words of the desk.</summary>
public sealed class DeskText;
