using System.Text.Json.Serialization;

namespace ReviewConsole.Domain;

/// <summary>Something that happened, in the past tense. It is what the audit log keeps (REC-1).</summary>
/// <remarks>Members are ids, codes, numbers and instants; personal data never stands in an event, so erasure never breaks the chain.</remarks>
public abstract record DomainEvent
{
    /// <summary>The audit stream that the event belongs to, for instance <c>case:0199…</c>.</summary>
    [JsonIgnore]
    public abstract string Stream { get; }
}

/// <summary>Something that changes only through its own verbs and records an event for each.</summary>
public abstract class Root
{
    private readonly List<DomainEvent> happened = [];

    /// <summary>What happened since the last <see cref="TakeEvents"/>, oldest first.</summary>
    public IReadOnlyList<DomainEvent> Happened => happened;

    /// <summary>Gives what happened, once.</summary>
    public IReadOnlyList<DomainEvent> TakeEvents()
    {
        DomainEvent[] taken = [.. happened];
        happened.Clear();
        return taken;
    }

    /// <summary>Notes that something happened.</summary>
    protected void Record(DomainEvent happening) => happened.Add(happening);
}
