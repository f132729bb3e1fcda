namespace ReviewConsole.Features.Finalise;

/// <summary>Marks the words of the page of corrections.</summary>
public sealed class FinaliseText;
