using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Catalog;

/// <summary>Work that follows from an event, to be done after the commit, at least once, in the background.</summary>
/// <param name="Topic">Which worker does it.</param>
/// <param name="Key">What it is about: the id of a case or of a delivery.</param>
/// <param name="DueAt">Not before.</param>
public sealed record Effect(string Topic, string Key, DateTimeOffset DueAt);

/// <summary>The one place that says which work follows from which event.</summary>
public static class Effects
{
    /// <summary>Measure the pictures of a case.</summary>
    public const string Check = "check";

    /// <summary>Let a held decision take effect.</summary>
    public const string Finalise = "finalise";

    /// <summary>Draw whether a decided case becomes a second look.</summary>
    public const string Sample = "sample";

    /// <summary>Remind an applicant who was asked for more.</summary>
    public const string Remind = "remind";

    /// <summary>Close a case whose applicant did not answer.</summary>
    public const string Lapse = "lapse";

    /// <summary>Hand a notice to a gateway.</summary>
    public const string Deliver = "deliver";

    /// <summary>Judge a holder's open applications and e-licence by the licence that was put.</summary>
    public const string Reevaluate = "reevaluate";

    /// <summary>Give the open cases a calendar that was changed.</summary>
    public const string Retarget = "calendar";

    /// <summary>How long before the deadline the applicant is reminded.</summary>
    public static readonly TimeSpan ReminderBefore = TimeSpan.FromDays(1);

    /// <summary>The work that follows from an event.</summary>
    public static IEnumerable<Effect> Of(DomainEvent happened, DateTimeOffset now) => happened switch
    {
        CaseReceived e => [new(Check, e.Case.ToString(), now)],
        CaseResubmitted e => [new(Check, e.Case.ToString(), now)],
        CaseClosed { DecidedBy: not null, Outcome: Outcome.Approved or Outcome.Rejected or Outcome.Referred } e => [new(Sample, e.Case.ToString(), now)],
        CaseDecided e => [new(Finalise, e.Case.ToString(), e.HeldUntil)],
        // Where the whole time is no longer than the reminder's, asking was reminder enough.
        InformationRequested e when e.Deadline - ReminderBefore <= now => [new(Lapse, e.Case.ToString(), e.Deadline)],
        InformationRequested e => [new(Remind, e.Case.ToString(), e.Deadline - ReminderBefore), new(Lapse, e.Case.ToString(), e.Deadline)],
        DeliveryPlanned e => [new(Deliver, e.Delivery.ToString(), now)],
        DeliveryResent e => [new(Deliver, e.Delivery.ToString(), now)],
        LicencePut e => [new(Reevaluate, e.DocumentIndex, now)],
        CalendarChanged e => [new(Retarget, e.Revision.ToString(), e.EffectiveAt)],
        RetargetResumed e => [new(Retarget, e.Revision.ToString(), now)],
        _ => [],
    };
}
