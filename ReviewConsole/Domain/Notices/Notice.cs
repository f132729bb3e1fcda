using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Domain.Notices;

/// <summary>How an applicant is told.</summary>
public enum Channel
{
    /// <summary>短信.</summary>
    Sms,

    /// <summary>Message in the 交管12123 app.</summary>
    App,
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, or to be tried again.</summary>
    Pending,

    /// <summary>The gateway took it.</summary>
    Delivered,

    /// <summary>Given up after the last try; an administrator can send it again.</summary>
    Dead,
}

/// <summary>Words to an applicant about a case. It is written once; each channel has a delivery of its own.</summary>
public sealed class Notice
{
    private Notice()
    {
        Template = Sms = Title = Body = Receiver = null!;
    }

    /// <summary>Writes a notice.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="case">The case that it tells of; null for an intake that was refused.</param>
    /// <param name="applicant">Who is told.</param>
    /// <param name="template">Id of the template in the catalogue of notices.</param>
    /// <param name="words">The finished words.</param>
    /// <param name="receiver">Phone number, as dialled.</param>
    /// <param name="now">When it was written.</param>
    public Notice(Guid id, CaseId? @case, Guid applicant, string template, NoticeWords words, string receiver, DateTimeOffset now) =>
        (Id, Case, Applicant, Template, Sms, Title, Body, Receiver, WrittenAt) = (id, @case, applicant, template, words.Sms, words.Title, words.Body, receiver, now);

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>The case that it tells of.</summary>
    public CaseId? Case { get; private set; }

    /// <summary>Who is told.</summary>
    public Guid Applicant { get; private set; }

    /// <summary>Id of the template.</summary>
    public string Template { get; private set; }

    /// <summary>The short message, without the sender's signature; encrypted in the store.</summary>
    public string Sms { get; private set; }

    /// <summary>Heading of the message in the app; encrypted in the store.</summary>
    public string Title { get; private set; }

    /// <summary>The message in the app; encrypted in the store.</summary>
    public string Body { get; private set; }

    /// <summary>Phone number; encrypted in the store.</summary>
    public string Receiver { get; private set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset WrittenAt { get; private set; }
}

/// <summary>One notice on one channel. Its id goes with every try, so that the gateway can tell a repetition (one effect per delivery).</summary>
public sealed class Delivery : Root
{
    private Delivery()
    {
    }

    /// <summary>Plans a delivery.</summary>
    public Delivery(Guid id, Guid notice, Channel channel, DateTimeOffset now)
    {
        (Id, Notice, Channel, State, PlannedAt) = (id, notice, channel, DeliveryState.Pending, now);
        Record(new DeliveryPlanned(id, channel, notice));
    }

    /// <summary>Identity; stays the same over all tries.</summary>
    public Guid Id { get; private set; }

    /// <summary>The notice.</summary>
    public Guid Notice { get; private set; }

    /// <summary>The channel.</summary>
    public Channel Channel { get; private set; }

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; private set; }

    /// <summary>When it was planned.</summary>
    public DateTimeOffset PlannedAt { get; private set; }

    /// <summary>When the gateway took it.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>What went wrong last, without personal data: a status code or an error's kind.</summary>
    public string? LastFault { get; private set; }

    /// <summary>The gateway took it.</summary>
    public void Succeed(DateTimeOffset now)
    {
        if (State == DeliveryState.Delivered)
            return;
        Tries++;
        (State, DeliveredAt, LastFault) = (DeliveryState.Delivered, now, null);
        Record(new NoticeDelivered(Id, Channel, Tries));
    }

    /// <summary>The try failed; after <paramref name="mostTries"/> it is given up. Each try is an event, so that the log says when it failed and why.</summary>
    public void Fail(string fault, int mostTries)
    {
        if (State != DeliveryState.Pending)
            return;
        Tries++;
        LastFault = fault;
        if (Tries >= mostTries)
            State = DeliveryState.Dead;
        Record(State == DeliveryState.Dead ? new DeliveryGivenUp(Id, Channel, Tries, fault) : new DeliveryFailed(Id, Channel, Tries, fault));
    }

    /// <summary>Puts a delivery that was given up in line again.</summary>
    public Refusal? Resend()
    {
        if (State != DeliveryState.Dead)
            return Refusals.DeliveryMovedOn;
        (State, Tries) = (DeliveryState.Pending, 0);
        Record(new DeliveryResent(Id, Channel));
        return null;
    }
}

/// <summary>Something that happened to a delivery.</summary>
public abstract record DeliveryEvent(Guid Delivery, Channel Channel) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => StreamOf(Delivery);

    /// <summary>The stream of a delivery's events.</summary>
    public static string StreamOf(Guid delivery) => $"delivery:{delivery}";
}

/// <summary>A notice is to be handed to a gateway.</summary>
public sealed record DeliveryPlanned(Guid Delivery, Channel Channel, Guid Notice) : DeliveryEvent(Delivery, Channel);

/// <summary>The gateway took the notice.</summary>
public sealed record NoticeDelivered(Guid Delivery, Channel Channel, int Tries) : DeliveryEvent(Delivery, Channel);

/// <summary>A try failed, and another one follows.</summary>
public sealed record DeliveryFailed(Guid Delivery, Channel Channel, int Tries, string Fault) : DeliveryEvent(Delivery, Channel);

/// <summary>The last try failed, or one that another would repeat: the delivery was given up.</summary>
public sealed record DeliveryGivenUp(Guid Delivery, Channel Channel, int Tries, string Fault) : DeliveryEvent(Delivery, Channel);

/// <summary>An administrator put the delivery in line again.</summary>
public sealed record DeliveryResent(Guid Delivery, Channel Channel) : DeliveryEvent(Delivery, Channel);
