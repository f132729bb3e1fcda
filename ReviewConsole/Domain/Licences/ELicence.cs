using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Domain.Licences;

/// <summary>Id of an issued e-licence.</summary>
public readonly record struct ELicenceId(Guid Value)
{
    /// <summary>A new id, ordered by time.</summary>
    public static ELicenceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Where an e-licence's portrait came from (APP-1).</summary>
public enum PhotoSource
{
    /// <summary>The photo on file at the police, the default.</summary>
    OnFile,

    /// <summary>The phone's album.</summary>
    Album,

    /// <summary>The phone's camera.</summary>
    Camera,
}

/// <summary>
/// An e-licence as it was issued: for whom, by which case, on which photo, on which class, validity and authority. None of this
/// changes; it may be withdrawn, once.
/// </summary>
public sealed class ELicence : Root
{
    private ELicence()
    {
    }

    /// <summary>Id.</summary>
    public ELicenceId Id { get; private init; }

    /// <summary>The holder.</summary>
    public Guid ApplicantId { get; private init; }

    /// <summary>The case whose approval issued it.</summary>
    public Guid CaseId { get; private init; }

    /// <summary>Where its photo came from.</summary>
    public PhotoSource PhotoSource { get; private init; }

    /// <summary>Its photo.</summary>
    public Guid PictureId { get; private init; }

    /// <summary>The e-licence whose photo it replaced (APP-5); null on a first issue.</summary>
    public ELicenceId? Replaces { get; private init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; private init; }

    /// <summary>Vehicle classes of the licence at issue.</summary>
    public string Classes { get; private init; } = "";

    /// <summary>First day of the licence at issue.</summary>
    public DateOnly ValidFrom { get; private init; }

    /// <summary>Last day of the licence at issue; null when long-term.</summary>
    public DateOnly? ValidTo { get; private init; }

    /// <summary>Code of the licence's issuing authority at issue.</summary>
    public string Authority { get; private init; } = "";

    /// <summary>When it was withdrawn; null while it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Why it was withdrawn: a code, never free text; null while it was not.</summary>
    public string? WithdrawnWhy { get; private set; }

    /// <summary>Issues an e-licence on a licence.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="applicantId">The holder.</param>
    /// <param name="caseId">The approved case.</param>
    /// <param name="licence">The licence as it is now.</param>
    /// <param name="photoSource">Where the photo came from.</param>
    /// <param name="pictureId">The photo.</param>
    /// <param name="now">The moment of issue.</param>
    /// <param name="replaces">On a photo replacement, the e-licence that had the old photo.</param>
    public static ELicence Issue(ELicenceId id, Guid applicantId, Guid caseId, DriverLicence licence, PhotoSource photoSource, Guid pictureId, DateTimeOffset now, ELicenceId? replaces = null)
    {
        ELicence issued = new()
        {
            Id = id,
            ApplicantId = applicantId,
            CaseId = caseId,
            PhotoSource = photoSource,
            PictureId = pictureId,
            Replaces = replaces,
            IssuedAt = now,
            Classes = licence.Classes,
            ValidFrom = licence.ValidFrom,
            ValidTo = licence.ValidTo,
            Authority = licence.Authority,
        };
        issued.Record(new ELicenceIssued(id, applicantId, new(caseId), replaces));
        return issued;
    }

    /// <summary>Takes it back; refuses with <c>E_LICENCE_WITHDRAWN</c> when that was done already.</summary>
    public Refusal? Withdraw(string why, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        if (WithdrawnAt is not null)
        {
            return new("E_LICENCE_WITHDRAWN");
        }

        (WithdrawnAt, WithdrawnWhy) = (now, why);
        Record(new ELicenceWithdrawn(Id, ApplicantId, why));
        return null;
    }

    /// <summary>Whether the licence is still the one it was issued on: a change of class, validity or authority ends an e-licence (APP-6).</summary>
    /// <remarks>The order of the classes says nothing: sources write <c>A1D</c> and <c>DA1</c> for the same.</remarks>
    public bool StillMatches(DriverLicence licence) =>
        SameClasses(Classes, licence.Classes) && ValidFrom == licence.ValidFrom && ValidTo == licence.ValidTo && Authority == licence.Authority;

    // A class is a letter and perhaps a digit; comparing letter-digit pairs needs no list of the classes there are.
    private static bool SameClasses(string a, string b) => Split(a).SetEquals(Split(b));

    private static HashSet<string> Split(string classes)
    {
        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < classes.Length; i++)
        {
            codes.Add(i + 1 < classes.Length && char.IsAsciiDigit(classes[i + 1]) ? $"{classes[i]}{classes[++i]}" : $"{classes[i]}");
        }

        return codes;
    }
}

/// <summary>Something that happened to an e-licence.</summary>
public abstract record ELicenceEvent(ELicenceId ELicence) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"e-licence:{ELicence}";
}

/// <summary>An e-licence was issued, by the approval of a case.</summary>
public sealed record ELicenceIssued(ELicenceId ELicence, Guid Applicant, CaseId Case, ELicenceId? Replaces) : ELicenceEvent(ELicence);

/// <summary>An e-licence is no longer in force.</summary>
public sealed record ELicenceWithdrawn(ELicenceId ELicence, Guid Applicant, string Why) : ELicenceEvent(ELicence);
