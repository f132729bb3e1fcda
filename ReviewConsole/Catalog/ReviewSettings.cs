using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Catalog;

/// <summary>Settings of the review work, section <c>Review</c>. The rules marked (policy) are here, with their defaults.</summary>
public sealed class ReviewSettings
{
    private const string Window = "([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";

    /// <summary>How long a decision can be undone before it takes effect (WORK-3). 0 to 600 s; 10 s.</summary>
    [Range(0, 600)]
    public double HoldSeconds { get; set; } = 10;

    /// <summary>How long a claim lasts without a heartbeat (WORK-1). 10 to 3,600 s; 120 s.</summary>
    [Range(10, 3600)]
    public double LeaseSeconds { get; set; } = 120;

    /// <summary>How long the heartbeat goes on while the reviewer does nothing. 1 to 240 minutes; 15 minutes.</summary>
    [Range(1, 240)]
    public double IdleMinutes { get; set; } = 15;

    /// <summary>How long an applicant who is asked for more may take (WORK-2). 1 to 60 days; 7 days.</summary>
    [Range(1, 60)]
    public int AnswerWithinDays { get; set; } = 7;

    /// <summary>How often an applicant may be asked for more about one request (WORK-2). 1 to 10; 3.</summary>
    [Range(1, 10)]
    public int MostRounds { get; set; } = 3;

    /// <summary>After how many photo rejections in a row the applicant is sent to the counter (APP-7). 1 to 20; 3.</summary>
    [Range(1, 20)]
    public int MostPhotoRejections { get; set; } = 3;

    /// <summary>How often the measuring of a case's pictures is tried before it opens without. 1 to 20; 3.</summary>
    [Range(1, 20)]
    public int CheckTries { get; set; } = 3;

    /// <summary>How often a notice is tried before it is given up. 1 to 50; 12, about 19 minutes.</summary>
    [Range(1, 50)]
    public int DeliveryTries { get; set; } = 12;

    /// <summary>Whether the approval of a request whose picture another person sent, too, needs a second person (WORK-6); true.</summary>
    public bool SecondPersonForSharedPictures { get; set; } = true;

    /// <summary>What stands before every short message, so that the receiver knows the sender. 1 to 20 characters; 【交管12123】.</summary>
    [StringLength(20, MinimumLength = 1)]
    public string SmsSignature { get; set; } = "【交管12123】";

    /// <summary>When people may be told on a business day that clocks run out (SLA-4), as <c>HH:mm-HH:mm</c>; 08:00-20:00.</summary>
    [RegularExpression(Window)]
    public string TellHours { get; set; } = "08:00-20:00";

    /// <summary>The same for single authorities, by code; those below inherit it.</summary>
    public Dictionary<string, string> TellHoursOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Which decided cases become second looks (WORK-6).</summary>
    [ValidateObjectMembers]
    public SecondLookSettings SecondLooks { get; set; } = new();

    /// <summary><see cref="HoldSeconds"/> as a span.</summary>
    public TimeSpan Hold => TimeSpan.FromSeconds(HoldSeconds);

    /// <summary><see cref="LeaseSeconds"/> as a span.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary><see cref="IdleMinutes"/> as a span.</summary>
    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    /// <summary><see cref="AnswerWithinDays"/> as a span.</summary>
    public TimeSpan AnswerWithin => TimeSpan.FromDays(AnswerWithinDays);
}

/// <summary>Which decided cases become second looks (抽查, WORK-6), section <c>Review:SecondLooks</c>. Shares are 0 for none to 1 for all; the largest that applies counts.</summary>
public sealed class SecondLookSettings : IValidatableObject
{
    /// <summary>Share of ordinary decisions; 0.03.</summary>
    [Range(0, 1.0)]
    public double Share { get; set; } = 0.03;

    /// <summary>Shares by id of a queue, instead of <see cref="Share"/>, and by code of a reason, for instance <c>PHOTO_RETOUCHED</c>; none.</summary>
    public Dictionary<string, double> ShareOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Share of approvals in spite of a failed check; 0.2.</summary>
    [Range(0, 1.0)]
    public double AgainstCheck { get; set; } = 0.2;

    /// <summary>Share of other decisions that did not follow the machine; 0.1.</summary>
    [Range(0, 1.0)]
    public double Dissent { get; set; } = 0.1;

    /// <summary>Share of the decisions of new reviewers; 0.1.</summary>
    [Range(0, 1.0)]
    public double NewReviewer { get; set; } = 0.1;

    /// <summary>Below how many decisions a reviewer is new. 0 to 100,000; 200.</summary>
    [Range(0, 100_000)]
    public int NewBelow { get; set; } = 200;

    /// <summary>For how many days after the first decision a reviewer is new. 0 to 365; 14.</summary>
    [Range(0, 365)]
    public int NewForDays { get; set; } = 14;

    /// <summary>No share is larger than this; 0 turns second looks off. 1.</summary>
    [Range(0, 1.0)]
    public double AtMost { get; set; } = 1;

    /// <summary>The rule that the settings make.</summary>
    public SamplingRule Rule => new()
    {
        Ordinary = Share,
        Of = ShareOf.ToImmutableDictionary(StringComparer.Ordinal),
        AgainstCheck = AgainstCheck,
        Dissent = Dissent,
        NewReviewer = NewReviewer,
        NewBelow = NewBelow,
        NewForDays = NewForDays,
        AtMost = AtMost,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ShareOf.Where(share => share.Value is not (>= 0 and <= 1)).Select(share => new ValidationResult($"Review:SecondLooks:ShareOf:{share.Key} must be between 0 and 1."));
}
