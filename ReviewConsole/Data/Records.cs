using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Data;

/// <summary>A back end that hands requests in. Only a hash of its key is kept.</summary>
public sealed class ApiClient
{
    /// <summary>Identity; it stands in the key, so that one row is looked up and compared.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name for administrators.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the key's secret part, hexadecimal.</summary>
    public required string KeyHash { get; set; }

    /// <summary>The hash of the key before, which opens until <see cref="PreviousKeyUntil"/>; null where there is none.</summary>
    public string? PreviousKeyHash { get; set; }

    /// <summary>Until when the key before still opens, so that a client can change over without a gap.</summary>
    public DateTimeOffset? PreviousKeyUntil { get; set; }

    /// <summary>What it may do.</summary>
    public required List<Permission> Permissions { get; set; }

    /// <summary>Most requests a minute; 1 to 100,000.</summary>
    public int RequestsPerMinute { get; set; } = 60_000;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when its key no longer opens.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>The answer that was given for an <c>Idempotency-Key</c>: the same request gets it again.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>The client that sent the key.</summary>
    public required string Client { get; init; }

    /// <summary>The key as sent.</summary>
    public required string Key { get; init; }

    /// <summary>Keyed hash of method, path and body.</summary>
    public required string RequestMark { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>The answer's JSON; it holds no personal data.</summary>
    public required string Body { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>An intake that was refused: recorded, never a case.</summary>
public sealed class RefusedIntake
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The client that handed it in.</summary>
    public required string Client { get; init; }

    /// <summary>The queue that it would have waited in.</summary>
    public required string Queue { get; init; }

    /// <summary>Issuing authority.</summary>
    public required string Authority { get; init; }

    /// <summary>Blind index of the person's document.</summary>
    public required string DocumentIndex { get; init; }

    /// <summary>Code of the refusal.</summary>
    public required string Code { get; init; }

    /// <summary>What it rested on, as JSON: the licence's snapshot and the registration level; encrypted in the store.</summary>
    public required string Evidence { get; init; }
}

/// <summary>The newest licence that the back end has put for a person (APP-3).</summary>
public sealed class LicenceRecord
{
    /// <summary>Blind index of the holder's document; one record a person.</summary>
    public required string DocumentIndex { get; init; }

    /// <summary>The licence; encrypted in the store.</summary>
    public required DriverLicence Licence { get; set; }

    /// <summary>When the record was put.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Who a request says that it is from, as it was sent: what a later request of the same person says does not change what was reviewed.</summary>
public sealed class SentIdentity
{
    /// <summary>Id of what is reviewed.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The applicant of that document.</summary>
    public required Guid Applicant { get; init; }

    /// <summary>The name; encrypted in the store.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Blind index of the name.</summary>
    public required string NameIndex { get; init; }

    /// <summary>The phone number; encrypted in the store.</summary>
    public required PhoneNumber Phone { get; init; }

    /// <summary>Blind index of the phone number.</summary>
    public required string PhoneIndex { get; init; }
}

/// <summary>What a reviewer had ticked and typed on a case; kept when a claim is lost.</summary>
public sealed class CaseDraft
{
    /// <summary>The case.</summary>
    public required CaseId Case { get; init; }

    /// <summary>Whose draft it is.</summary>
    public required ReviewerId Reviewer { get; init; }

    /// <summary>The draft as JSON; encrypted in the store.</summary>
    public required string Content { get; set; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset SavedAt { get; set; }
}

/// <summary>A reason of the verdict in force, in clear so that cases are found by it: written with the verdict, corrected with it, and gone with it.</summary>
public sealed class CaseReason
{
    /// <summary>Code of the catalogue of reasons.</summary>
    public required string Reason { get; init; }

    /// <summary>The case.</summary>
    public required CaseId Case { get; init; }
}

/// <summary>Somebody was named in the internal note of a case, and is told so.</summary>
public sealed class Mention
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>The case.</summary>
    public required CaseId Case { get; init; }

    /// <summary>Who is named.</summary>
    public required Guid User { get; init; }

    /// <summary>Who wrote the note.</summary>
    public required ReviewerId By { get; init; }

    /// <summary>When it is told: not before the decision can no longer be undone (WORK-3).</summary>
    public required DateTimeOffset TellAt { get; init; }
}

/// <summary>A list as somebody filtered it, under a name of the person's own.</summary>
public sealed class SavedView
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose view it is; nobody else sees it.</summary>
    public required Guid User { get; init; }

    /// <summary>Its name; encrypted in the store, as every free text.</summary>
    public required string Name { get; set; }

    /// <summary>Address of the list with its filters, none of them personal, for instance <c>/queues/e-licence?show=Overdue</c>.</summary>
    public required string Address { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }
}

/// <summary>A calendar as it was used, so that every case can be explained by the version it was given (SLA-5).</summary>
public sealed class CalendarVersion
{
    /// <summary>The calendar's version.</summary>
    public required string Version { get; init; }

    /// <summary>The calendar's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its named days and loaded years, as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>When it was first used.</summary>
    public required DateTimeOffset LoadedAt { get; init; }
}

/// <summary>The last receipt number given out for a prefix and day.</summary>
public sealed class ReceiptCounter
{
    /// <summary>Prefix and date, for instance <c>SQ20261122</c>.</summary>
    public required string Series { get; init; }

    /// <summary>The last number.</summary>
    public required int Last { get; init; }
}

/// <summary>Somebody put a case back: that day others go first for this person (WORK-1).</summary>
public sealed class PutBack
{
    /// <summary>The case.</summary>
    public required CaseId Case { get; init; }

    /// <summary>Who put it back.</summary>
    public required ReviewerId Reviewer { get; init; }

    /// <summary>When, the last time.</summary>
    public required DateTimeOffset At { get; set; }
}
