namespace ReviewConsole.Features.Staff;

/// <summary>Marks the words of the account pages: <c>StaffText.resx</c>.</summary>
public sealed class StaffText;
