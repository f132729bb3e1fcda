using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ReviewConsole.Domain.People;

/// <summary>The validity printed on a resident identity card (证件有效期限); a null end is 长期. Never ends before it begins.</summary>
public sealed record CardValidity
{
    /// <summary>Second-generation cards are issued under the law of 1 January 2004; an earlier date belongs to an older card, or is a slip.</summary>
    private static readonly DateOnly secondGeneration = new(2004, 1, 1);

    private CardValidity(DateOnly from, DateOnly? to) => (From, To) = (from, to);

    /// <summary>First day.</summary>
    public DateOnly From { get; }

    /// <summary>Last day, which still counts; null when the card is long-term.</summary>
    public DateOnly? To { get; }

    /// <summary>Joins the two dates, or refuses with <c>ID_VALIDITY_ORDER</c>.</summary>
    public static bool TryCreate(DateOnly from, DateOnly? to, [NotNullWhen(true)] out CardValidity? validity, [NotNullWhen(false)] out Refusal? refusal)
    {
        (validity, refusal) = from > to ? (null, new Refusal("ID_VALIDITY_ORDER")) : (new CardValidity(from, to), (Refusal?)null);
        return validity is not null;
    }

    /// <summary>
    /// Judges the card on a day (ID-2): an expired card (<c>ID_EXPIRED</c>) and one that does not yet count (<c>ID_VALIDITY_NOT_STARTED</c>)
    /// are refused; what merely looks odd is a warning for the reviewer.
    /// </summary>
    /// <param name="holder">Whose card it is: the span depends on the age at issue.</param>
    /// <param name="today">The date in Shanghai.</param>
    public CardValidityVerdict Judge(CitizenId holder, DateOnly today)
    {
        var refusal = To < today ? new Refusal("ID_EXPIRED", Written(To.Value))
            : From > today ? new Refusal("ID_VALIDITY_NOT_STARTED", Written(From))
            : null;
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (From < secondGeneration)
        {
            warnings.Add(CardValidityVerdict.BeforeSecondGeneration);
        }

        if (From < holder.BirthDate)
        {
            warnings.Add(CardValidityVerdict.BeforeBirth);
        }
        else if (!FitsAge(holder.AgeOn(From)))
        {
            warnings.Add(CardValidityVerdict.SpanUnusual);
        }

        return new(refusal, warnings.ToImmutable());
    }

    /// <summary>Years that a card issued at an age is valid (ID-2); null is long-term.</summary>
    /// <param name="age">Completed years at issue.</param>
    public static int? YearsAt(int age) => age switch { < 16 => 5, <= 25 => 10, <= 45 => 20, _ => null };

    // A card of 29 February ends, in a common year, on 28 February or 1 March: both are seen.
    private bool FitsAge(int age) => YearsAt(age) is not { } years
        ? To is null
        : To == From.AddYears(years) || (From is { Month: 2, Day: 29 } && To == From.AddDays(1).AddYears(years));

    private static string Written(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What a card's validity means: refused, or accepted with codes of what the reviewer should look at.</summary>
/// <param name="Refusal">Why the card is refused; null when it is not.</param>
/// <param name="Warnings">Codes of this type's constants.</param>
public sealed record CardValidityVerdict(Refusal? Refusal, ImmutableArray<string> Warnings)
{
    /// <summary>The span is not the one of the holder's age at issue.</summary>
    public const string SpanUnusual = "ID_VALIDITY_SPAN";

    /// <summary>The first day is older than any second-generation card.</summary>
    public const string BeforeSecondGeneration = "ID_VALIDITY_BEFORE_SECOND_GENERATION";

    /// <summary>The first day is before the holder's birth.</summary>
    public const string BeforeBirth = "ID_VALIDITY_BEFORE_BIRTH";

    /// <inheritdoc/>
    public bool Equals(CardValidityVerdict? other) => other is not null && Refusal == other.Refusal && Warnings.SequenceEqual(other.Warnings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Refusal, Warnings.Length);
}
