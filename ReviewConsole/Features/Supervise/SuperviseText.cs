namespace ReviewConsole.Features.Supervise;

/// <summary>Marks the words of supervision.</summary>
public sealed class SuperviseText;
