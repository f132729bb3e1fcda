using System.Collections.Immutable;
using System.Text;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Catalog;

/// <summary>A queue: where cases of one kind wait. One record here is all that a queue over an existing subject needs.</summary>
/// <param name="Id">Stable id, used in URLs and in the store.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record QueueType(string Id, string Name, string NameEn)
{
    /// <summary>How long a decision may take (SLA-2).</summary>
    public SlaPolicy Sla { get; init; } = SlaPolicy.OneBusinessDay;

    /// <summary>Which permission lets somebody claim here.</summary>
    public Permission Takes { get; init; } = Permission.Review;

    /// <summary>The type that is reviewed; null where cases of any subject come to (复核).</summary>
    public Type? Subject { get; init; }

    /// <summary>Letters before the receipt number (受理号); null where no case begins.</summary>
    public string? ReceiptPrefix { get; init; }

    /// <summary>Id of the queue whose decided cases come here for a second look (抽查, WORK-6); null where requests come in.</summary>
    public string? LooksAt { get; init; }

    /// <summary>True where the person who proposed may not decide (WORK-6).</summary>
    public bool FourEyes { get; init; }

    /// <summary>True where claiming shows the compared personal data to the holder, and the claim records it (REC-2).</summary>
    public bool ClaimReveals { get; init; }
}

/// <summary>The queues there are.</summary>
public sealed class Queues(ImmutableArray<QueueType> all)
{
    /// <summary>Id of the e-licence queue.</summary>
    public const string ELicence = "e-licence";

    /// <summary>Id of the ID-photo queue.</summary>
    public const string IdPhoto = "id-photo";

    /// <summary>Id of the second queue.</summary>
    public const string Second = "second";

    /// <summary>Id of the queue of second looks at e-licence applications.</summary>
    public const string ELicenceLook = "e-licence-look";

    /// <summary>Id of the queue of second looks at ID-photo reviews.</summary>
    public const string IdPhotoLook = "id-photo-look";

    private static readonly SlaPolicy FiveBusinessDays = SlaPolicy.BusinessDays(5);

    /// <summary>The product's queues.</summary>
    public static Queues Standard { get; } = new(
    [
        new(ELicence, "电子驾驶证申领", "E-licence applications") { Subject = typeof(ELicenceApplication), ReceiptPrefix = "SQ" },
        new(IdPhoto, "身份证人工审核", "ID-photo reviews") { Subject = typeof(IdPhotoSubmission), ReceiptPrefix = "RZ", ClaimReveals = true },
        new(Second, "复核", "Second review") { Takes = Permission.ReviewAgain, FourEyes = true },
        new(ELicenceLook, "电子驾驶证抽查", "E-licence second looks")
        {
            Subject = typeof(ELicenceApplication), LooksAt = ELicence, ReceiptPrefix = "CC", Takes = Permission.ReviewAgain, Sla = FiveBusinessDays,
        },
        new(IdPhotoLook, "身份证抽查", "ID-photo second looks")
        {
            Subject = typeof(IdPhotoSubmission), LooksAt = IdPhoto, ReceiptPrefix = "CS", Takes = Permission.ReviewAgain, Sla = FiveBusinessDays, ClaimReveals = true,
        },
    ]);

    /// <summary>All queues in the order they are shown.</summary>
    public ImmutableArray<QueueType> All { get; } = all;

    /// <summary>The queue of that id, or null.</summary>
    public QueueType? Find(string? id) => All.FirstOrDefault(queue => queue.Id == id);

    /// <summary>The beginning of a receipt number (受理号) as it is stored: the letters of a queue, then digits; null where the text is something else. Passport numbers begin with other letters.</summary>
    public string? ReceiptStart(string text)
    {
        var plain = text.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        return plain.Length > 0 && All.Select(queue => queue.ReceiptPrefix).OfType<string>().Any(letters =>
            letters.StartsWith(plain, StringComparison.Ordinal) || (plain.StartsWith(letters, StringComparison.Ordinal) && plain.Skip(letters.Length).All(char.IsAsciiDigit))) ? plain : null;
    }

    /// <summary>The queue that takes requests about <paramref name="subject"/> in.</summary>
    public QueueType For(Type subject) => All.First(queue => queue.Subject == subject && queue is { ReceiptPrefix: not null, LooksAt: null });

    /// <summary>The queue in which decided cases of a queue are looked at again; null where none are.</summary>
    public QueueType? LookFor(string queueId) => All.FirstOrDefault(queue => queue.LooksAt == queueId);

    /// <summary>The queue whose reasons hold for cases that came in by a queue: a second look is judged by those of the first.</summary>
    public string ReasonsOf(string queueId) => Find(queueId)?.LooksAt ?? queueId;

    /// <summary>The queue that a sealed verdict goes to.</summary>
    public QueueType ForSecond => All.First(queue => queue.FourEyes);
}
