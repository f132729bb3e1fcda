namespace ReviewConsole.Features.Intake.Clients;

/// <summary>Marks the words of the page of API clients: <c>ClientText.resx</c>.</summary>
public sealed class ClientText;
