namespace ReviewConsole.Domain.People;

/// <summary>A person whose requests are reviewed. One applicant per identity document.</summary>
public sealed class Applicant : Root
{
    private Applicant()
    {
        Name = null!;
        Document = null!;
        Phone = null!;
    }

    /// <summary>Notes a person.</summary>
    public Applicant(Guid id, PersonName name, IdentityDocument document, PhoneNumber phone, PhoneSource phoneSource, RegistrationLevel level)
    {
        (Id, Name, Document, Phone, PhoneSource, Level) = (id, name, document, phone, phoneSource, level);
        Record(new ApplicantNoted(id, level));
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>Name as entered.</summary>
    public PersonName Name { get; private set; }

    /// <summary>The identity document that the account is registered with.</summary>
    public IdentityDocument Document { get; private set; }

    /// <summary>Where results are sent.</summary>
    public PhoneNumber Phone { get; private set; }

    /// <summary>How the number was confirmed (REG-5).</summary>
    public PhoneSource PhoneSource { get; private set; }

    /// <summary>Registration level (REG-1).</summary>
    public RegistrationLevel Level { get; private set; }

    /// <summary>Takes over what a newer request says of the person. A level is never lowered by a request.</summary>
    public void Update(PersonName name, PhoneNumber phone, PhoneSource source, RegistrationLevel level)
    {
        var raised = Level == RegistrationLevel.Online && level != RegistrationLevel.Online;
        if (name.Equals(Name) && phone.Equals(Phone) && source == PhoneSource && !raised)
            return;
        (Name, Phone, PhoneSource) = (name, phone, source);
        if (raised)
            Level = level;
        Record(new ApplicantUpdated(Id, Level));
    }

    /// <summary>Completes real-person authentication (实人认证, REG-2).</summary>
    public void Authenticate()
    {
        if (Level != RegistrationLevel.Online)
            return;
        Level = RegistrationLevel.RealPerson;
        Record(new LevelRaised(Id, Level));
    }

    /// <summary>Takes a real-person authentication back, when the approval that gave it is corrected (WORK-3).</summary>
    public void Demote()
    {
        if (Level != RegistrationLevel.RealPerson)
            return;
        Level = RegistrationLevel.Online;
        Record(new LevelLowered(Id, Level));
    }
}

/// <summary>Something that happened to an applicant's account.</summary>
public abstract record ApplicantEvent(Guid Applicant) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"applicant:{Applicant}";
}

/// <summary>A person was seen for the first time.</summary>
public sealed record ApplicantNoted(Guid Applicant, RegistrationLevel Level) : ApplicantEvent(Applicant);

/// <summary>A newer request changed name, phone or level.</summary>
public sealed record ApplicantUpdated(Guid Applicant, RegistrationLevel Level) : ApplicantEvent(Applicant);

/// <summary>Real-person authentication was completed.</summary>
public sealed record LevelRaised(Guid Applicant, RegistrationLevel Level) : ApplicantEvent(Applicant);

/// <summary>Real-person authentication was taken back.</summary>
public sealed record LevelLowered(Guid Applicant, RegistrationLevel Level) : ApplicantEvent(Applicant);
