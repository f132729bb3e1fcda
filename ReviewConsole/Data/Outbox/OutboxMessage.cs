using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data.Outbox;

/// <summary>Work to be done after a commit, kept until it is done (idea 7 of the architecture: effects are later).</summary>
public sealed class OutboxMessage
{
    private OutboxMessage()
    {
        Topic = Key = null!;
    }

    /// <summary>Plans work.</summary>
    public OutboxMessage(Guid id, string topic, string key, DateTimeOffset dueAt) => (Id, Topic, Key, DueAt) = (id, topic, key, dueAt);

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which worker does it.</summary>
    public string Topic { get; private set; }

    /// <summary>What it is about.</summary>
    public string Key { get; private set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>How often it failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Kind of the last failure, without personal data.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Puts it off after a failure: 1, 2, 4 … seconds, at most five minutes.</summary>
    public void PutOff(string fault, DateTimeOffset now)
    {
        DueAt = now + Backoff(Failures);
        (Failures, LastFault) = (Failures + 1, fault);
    }

    /// <summary>Lets it rest until its work can be done; that is no failure.</summary>
    public void Rest(DateTimeOffset until) => DueAt = until;

    /// <summary>Lets a message that was put off after a failure be tried at once; refuses where it is due anyway or never failed.</summary>
    public Refusal? TryNow(DateTimeOffset now)
    {
        if (Failures == 0 || DueAt <= now)
            return Refusals.WrongState;
        DueAt = now;
        return null;
    }

    /// <summary>The wait after so many failures before.</summary>
    public static TimeSpan Backoff(int failuresBefore) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(failuresBefore, 20))));
}
