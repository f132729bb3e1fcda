namespace ReviewConsole.Domain;

/// <summary>Why something was not done: an ordinary answer, never an exception.</summary>
/// <remarks>
/// The code names the words: the resources hold <c>Refusal_CODE</c> in both languages, with the details as <c>{0}</c>, <c>{1}</c> …
/// A refusal carries no personal data, so it may be logged.
/// </remarks>
public sealed record Refusal
{
    /// <summary>Makes a refusal from its code and the values its words mention.</summary>
    public Refusal(string code, params IReadOnlyList<string> details)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        Code = code;
        Details = details;
    }

    /// <summary>Stable code in capitals, for instance <c>CLAIM_LOST</c>.</summary>
    public string Code { get; }

    /// <summary>Values for the placeholders of the words, in order.</summary>
    public IReadOnlyList<string> Details { get; }

    /// <summary>The input field that was at fault, as the sender named it; null when no single field was.</summary>
    public string? Field { get; init; }

    /// <inheritdoc/>
    public bool Equals(Refusal? other) => other is not null && Code == other.Code && Field == other.Field && Details.SequenceEqual(other.Details);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Field, Details.Count);

    /// <inheritdoc/>
    public override string ToString() => Code;
}
