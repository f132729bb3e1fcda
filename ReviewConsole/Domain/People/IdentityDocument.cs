using System.Diagnostics.CodeAnalysis;

namespace ReviewConsole.Domain.People;

/// <summary>Kinds of identity documents (有效身份证明) that an applicant may hold.</summary>
public enum IdentityDocumentKind
{
    /// <summary>Second-generation resident identity card (居民身份证).</summary>
    ResidentIdentityCard,

    /// <summary>Residence permit of residents of Hong Kong, Macao and Taiwan (港澳台居民居住证): a citizen id that starts with 81, 82 or 83.</summary>
    HongKongMacaoTaiwanResidencePermit,

    /// <summary>A passport of any country.</summary>
    Passport,

    /// <summary>Foreign permanent resident card (外国人永久居留身份证): 18 characters from 9 with the check of GB 11643 on cards since 2023, 3 letters and 12 digits before.</summary>
    ForeignPermanentResidentCard,
}

/// <summary>An identity document: its kind and a number that has the form of this kind (ID-1).</summary>
public sealed record IdentityDocument
{
    private IdentityDocument(IdentityDocumentKind kind, string number, CitizenId? citizenId) => (Kind, Number, CitizenId) = (kind, number, citizenId);

    /// <summary>The kind.</summary>
    public IdentityDocumentKind Kind { get; }

    /// <summary>The number, capital and half-width, without separators.</summary>
    public string Number { get; }

    /// <summary>What the number says of its holder; null for passports and old foreign cards, whose numbers say nothing.</summary>
    public CitizenId? CitizenId { get; }

    /// <summary>Only second-generation resident cards enter the ID-photo queue (ID-1).</summary>
    public bool MayEnterIdPhotoQueue => Kind == IdentityDocumentKind.ResidentIdentityCard;

    /// <summary>The number with its middle hidden: <c>110105********002X</c>, <c>E******78</c>.</summary>
    public string Masked => CitizenId?.Masked ?? $"{Number[0]}{new string('*', Number.Length - 3)}{Number[^2..]}";

    /// <summary>
    /// Reads a number as one of its kind. Refuses with the codes of <see cref="People.CitizenId.TryParse"/>, and with
    /// <c>ID_NUMBER_KIND</c> for a good number that belongs to another kind of document.
    /// </summary>
    /// <param name="kind">The kind that the applicant named.</param>
    /// <param name="number">The number as typed.</param>
    /// <param name="today">The date in Shanghai.</param>
    /// <param name="document">The document.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(IdentityDocumentKind kind, string? number, DateOnly today, [NotNullWhen(true)] out IdentityDocument? document, [NotNullWhen(false)] out Refusal? refusal)
    {
        var plain = WrittenDigits.Plain(number);
        CitizenId? id = null;
        refusal = null;
        if (plain.Length == 0)
        {
            refusal = new("ID_NUMBER_EMPTY");
        }
        else if (kind == IdentityDocumentKind.Passport || (kind == IdentityDocumentKind.ForeignPermanentResidentCard && plain.Length == 15))
        {
            refusal = HasForm(kind, plain) ? null : new("ID_NUMBER_FORM");
        }
        else if (CitizenId.TryParse(plain, today, out id, out refusal) && KindOf(plain) != kind)
        {
            refusal = new("ID_NUMBER_KIND");
        }

        document = refusal is null ? new(kind, plain, id) : null;
        return document is not null;
    }

    /// <summary>The kind and the masked number, so that a number never slips into a log.</summary>
    public override string ToString() => $"{Kind} {Masked}";

    // Passport numbers have nine characters in travel documents' machine-readable zone (ICAO 9303); longer national numbers exist.
    private static bool HasForm(IdentityDocumentKind kind, string number) => kind == IdentityDocumentKind.Passport
        ? number.Length is >= 5 and <= 15 && number.All(char.IsAsciiLetterOrDigit) && number.Any(char.IsAsciiDigit)
        : number[..3].All(char.IsAsciiLetterUpper) && WrittenDigits.AreDigits(number.AsSpan(3));

    private static IdentityDocumentKind? KindOf(string citizenId) => citizenId[0] switch
    {
        >= '1' and <= '7' => IdentityDocumentKind.ResidentIdentityCard,
        '8' when citizenId[1] is '1' or '2' or '3' => IdentityDocumentKind.HongKongMacaoTaiwanResidencePermit,
        '9' => IdentityDocumentKind.ForeignPermanentResidentCard,
        _ => null,
    };
}
