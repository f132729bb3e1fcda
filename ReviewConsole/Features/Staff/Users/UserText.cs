namespace ReviewConsole.Features.Staff.Users;

/// <summary>Marks the words of the page of users: <c>UserText.resx</c>.</summary>
public sealed class UserText;
