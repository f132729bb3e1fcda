using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Domain.Subjects;

/// <summary>First issue or a new photo on an issued e-licence (APP-5).</summary>
public enum ApplicationKind
{
    /// <summary>首次申领, also after a renewal (APP-6).</summary>
    First,

    /// <summary>更换照片.</summary>
    PhotoReplacement,
}

/// <summary>An application for the e-licence (电子驾驶证申领): what the applicant sent, kept as evidence.</summary>
public sealed class ELicenceApplication
{
    private ELicenceApplication()
    {
        Licence = null!;
    }

    /// <summary>Notes an application.</summary>
    public ELicenceApplication(Guid id, Guid applicant, ApplicationKind kind, RegistrationLevel level, DriverLicence licence, PhotoSource source, DateOnly? onFileTaken)
    {
        (Id, Applicant, Kind, Level, Licence, PhotoSource, OnFileTaken) = (id, applicant, kind, level, licence, source, onFileTaken);
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>Who applies.</summary>
    public Guid Applicant { get; private set; }

    /// <summary>First issue or new photo.</summary>
    public ApplicationKind Kind { get; private set; }

    /// <summary>Registration level at intake (REG-3).</summary>
    public RegistrationLevel Level { get; private set; }

    /// <summary>The licence as the request showed it; a newer stored record takes precedence (APP-3).</summary>
    public DriverLicence Licence { get; private set; }

    /// <summary>Where the portrait comes from (APP-1).</summary>
    public PhotoSource PhotoSource { get; private set; }

    /// <summary>Date of the photo on file, where one came with the request.</summary>
    public DateOnly? OnFileTaken { get; private set; }
}
