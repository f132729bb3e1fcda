using System.Collections.Immutable;
using System.Globalization;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Domain.Licences;

/// <summary>Whether a licence may apply for an e-licence, and in which colour one issued on it is shown (APP-3).</summary>
/// <param name="Refusals">Why not, the licence before the account; empty when eligible.</param>
/// <param name="Colour">The worst colour of its letters.</param>
/// <param name="Alarm">The data source sent an empty status, an unknown letter, or an extension without its date.</param>
public sealed record EligibilityVerdict(ImmutableArray<Refusal> Refusals, LicenceColour Colour, bool Alarm)
{
    /// <summary>Whether the licence may apply.</summary>
    public bool Eligible => Refusals.IsEmpty;

    /// <summary>The first reason against it, or null.</summary>
    public Refusal? Refusal => Refusals.FirstOrDefault();

    /// <inheritdoc/>
    public bool Equals(EligibilityVerdict? other) =>
        other is not null && Colour == other.Colour && Alarm == other.Alarm && Refusals.SequenceEqual(other.Refusals);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Colour, Alarm, Refusals.Length);
}

/// <summary>The rule of who may apply for an e-licence (APP-3, REG-3): asked at intake and again when the reviewer decides.</summary>
/// <remarks>The codes are those of the reject reasons, so that a case turned ineligible finds its reason ticked.</remarks>
public static class Eligibility
{
    /// <summary>A letter refuses, or the status is empty or unknown. Details: the letters, their names.</summary>
    public const string LicenceNotValid = "LICENCE_NOT_VALID";

    /// <summary>The validity, or its extension, has ended. Details: the letters, their names, the last day (yyyy-MM-dd); each may be empty.</summary>
    public const string LicenceExpired = "LICENCE_EXPIRED";

    /// <summary>The account may not apply.</summary>
    public const string LevelTooLow = "LEVEL_TOO_LOW";

    /// <summary>Judges a licence and its holder's account.</summary>
    /// <param name="licence">The newer of snapshot and record.</param>
    /// <param name="level">The level of the holder's account.</param>
    /// <param name="today">The date in Shanghai; a last day still counts.</param>
    /// <param name="letters">The letters of the data source.</param>
    public static EligibilityVerdict Judge(DriverLicence licence, RegistrationLevel level, DateOnly today, LicenceLetters letters)
    {
        var status = letters.Read(licence.Status);
        var offending = status.Known.Where(l => !Allows(l, licence, today)).ToList();
        var ofValidity = offending.Where(l => l.OfValidity).ToList();
        var others = offending.Where(l => !l.OfValidity).ToList();

        // The first day is not asked: a licence renewed early begins on the last day of the old one, and its holder drives on.
        var extended = status.Known.Any(l => l is { UntilExtension: true, OfValidity: true } && Allows(l, licence, today));
        var overrun = licence.ValidTo < today && !extended;

        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        if (others.Count > 0 || status.Alarm)
        {
            refusals.Add(new(LicenceNotValid, Letters(others) + status.Unknown, Names(others)));
        }

        if (ofValidity.Count > 0 || overrun)
        {
            refusals.Add(new(LicenceExpired, Letters(ofValidity), Names(ofValidity), LastDay(licence, ofValidity)));
        }

        if (!level.MayApplyForELicence())
        {
            refusals.Add(new(LevelTooLow));
        }

        var colours = status.Known.Select(l => l.UntilExtension && !Allows(l, licence, today) ? Worse(l.Colour, LicenceColour.Red) : l.Colour);
        var colour = colours.Append(status.Alarm ? LicenceColour.Hidden : LicenceColour.Green).Append(overrun ? LicenceColour.Red : LicenceColour.Green).Max();
        return new(refusals.ToImmutable(), colour, status.Alarm || status.Known.Any(l => l.UntilExtension && licence.ExtensionUntil is null));
    }

    private static bool Allows(LicenceLetter letter, DriverLicence licence, DateOnly today) =>
        letter.Allows && (!letter.UntilExtension || licence.ExtensionUntil >= today);

    private static LicenceColour Worse(LicenceColour a, LicenceColour b) => a > b ? a : b;

    private static string Letters(IEnumerable<LicenceLetter> letters) => string.Concat(letters.Select(l => l.Letter));

    private static string Names(IEnumerable<LicenceLetter> letters) => string.Join('、', letters.Select(l => l.Name));

    private static string LastDay(DriverLicence licence, List<LicenceLetter> letters) =>
        (letters.Any(l => l.UntilExtension) ? licence.ExtensionUntil : licence.ValidTo)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
