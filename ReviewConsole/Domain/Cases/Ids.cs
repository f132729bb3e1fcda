namespace ReviewConsole.Domain.Cases;

/// <summary>Identity of a case: a version 7 UUID, so that ids sort by time.</summary>
public readonly record struct CaseId(Guid Value)
{
    /// <summary>A new id for a case received at <paramref name="now"/>.</summary>
    public static CaseId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identity of a member of staff who reviews (审核员).</summary>
public readonly record struct ReviewerId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
