namespace ReviewConsole.Domain.Cases;

/// <summary>Identity of a case: a version 7 UUID, so that ids sort by time.</summary>
public readonly record struct CaseId(Guid Value) : IComparable<CaseId>
{
    /// <summary>Earlier ids are less.</summary>
    public static bool operator <(CaseId left, CaseId right) => left.CompareTo(right) < 0;

    /// <summary>Later ids are greater.</summary>
    public static bool operator >(CaseId left, CaseId right) => left.CompareTo(right) > 0;

    /// <summary>Earlier ids are less.</summary>
    public static bool operator <=(CaseId left, CaseId right) => left.CompareTo(right) <= 0;

    /// <summary>Later ids are greater.</summary>
    public static bool operator >=(CaseId left, CaseId right) => left.CompareTo(right) >= 0;

    /// <summary>A new id for a case received at <paramref name="now"/>.</summary>
    public static CaseId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Where the ids of cases received at <paramref name="moment"/> or later begin; no case has this id itself.</summary>
    public static CaseId From(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, moment.ToUnixTimeMilliseconds()) << 16);
        return new(new Guid(bytes, bigEndian: true));
    }

    /// <inheritdoc/>
    public int CompareTo(CaseId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identity of a member of staff who reviews (审核员).</summary>
public readonly record struct ReviewerId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
