using System.Globalization;

namespace ReviewConsole.Domain.Licences;

/// <summary>When the photo of an e-licence may be replaced (APP-5).</summary>
public static class PhotoReplacement
{
    /// <summary>Too early. Detail: the first day on which it may be (yyyy-MM-dd).</summary>
    public const string TooSoon = "PHOTO_REPLACED_TOO_SOON";

    /// <summary>Months that a photo chosen by the driver stays.</summary>
    public const int Months = 6;

    private static readonly TimeSpan shanghai = TimeSpan.FromHours(8);

    /// <summary>The first day (Shanghai date) on which a replacement may be asked for: at once for a photo on file that was never replaced, else six months on.</summary>
    public static DateOnly EarliestDay(ELicence current)
    {
        var issued = DateOnly.FromDateTime(current.IssuedAt.ToOffset(shanghai).DateTime);
        return current is { PhotoSource: PhotoSource.OnFile, Replaces: null } ? issued : issued.AddMonths(Months);
    }

    /// <summary>Null when the photo may be replaced, or <see cref="TooSoon"/>, or <c>E_LICENCE_WITHDRAWN</c>.</summary>
    /// <param name="current">The e-licence that has the photo.</param>
    /// <param name="today">The date in Shanghai.</param>
    public static Refusal? Judge(ELicence current, DateOnly today) =>
        current.WithdrawnAt is not null ? new("E_LICENCE_WITHDRAWN")
        : EarliestDay(current) is var earliest && today < earliest ? new(TooSoon, earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        : null;
}
