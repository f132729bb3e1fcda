namespace ReviewConsole.Features.Notify;

/// <summary>Marks the words of the notices' page: <c>NotifyText.resx</c>.</summary>
public sealed class NotifyText;
