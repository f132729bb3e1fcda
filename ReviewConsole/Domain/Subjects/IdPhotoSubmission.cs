using ReviewConsole.Domain.People;

namespace ReviewConsole.Domain.Subjects;

/// <summary>Both sides of an identity card for a person to compare, after face recognition failed repeatedly (身份证人工审核, REG-2).</summary>
public sealed class IdPhotoSubmission
{
    private IdPhotoSubmission()
    {
        Validity = null!;
    }

    /// <summary>Notes a submission.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="applicant">Whose card it is.</param>
    /// <param name="level">Registration level at intake.</param>
    /// <param name="validity">The card's validity as entered (证件有效期限).</param>
    /// <param name="score">Score of the last failed face comparison, 0 to 1.</param>
    /// <param name="attempts">Number of failed attempts, at least 1.</param>
    public IdPhotoSubmission(Guid id, Guid applicant, RegistrationLevel level, CardValidity validity, double score, int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(score, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(score, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        (Id, Applicant, Level, Validity, Score, Attempts) = (id, applicant, level, validity, score, attempts);
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose card it is.</summary>
    public Guid Applicant { get; private set; }

    /// <summary>Registration level at intake.</summary>
    public RegistrationLevel Level { get; private set; }

    /// <summary>The card's validity as entered.</summary>
    public CardValidity Validity { get; private set; }

    /// <summary>Score of the last failed face comparison, 0 to 1.</summary>
    public double Score { get; private set; }

    /// <summary>Number of failed attempts.</summary>
    public int Attempts { get; private set; }

    /// <summary>Takes the card's validity as the applicant sent it again.</summary>
    public void Correct(CardValidity validity) => Validity = validity;
}
