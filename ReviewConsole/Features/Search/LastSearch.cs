namespace ReviewConsole.Features.Search;

/// <summary>What the person typed last, so that coming back from a case finds the list again. Personal: it stands in the memory of one connection alone and goes with it.</summary>
public sealed class LastSearch
{
    /// <summary>The text as it was typed.</summary>
    public string Text { get; set; } = "";
}
