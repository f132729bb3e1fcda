using System.Globalization;

namespace ReviewConsole.Domain.Licences;

/// <summary>
/// What is known of a driving licence at one moment: the snapshot that came with a request, or the stored record. Plain values, so
/// that it is kept as evidence just as it came; <see cref="Check"/> says whether they make sense.
/// </summary>
/// <param name="Number">Licence number: the holder's document number (证号). Personal data.</param>
/// <param name="Status">Status letters, joined, as the source wrote them.</param>
/// <param name="Classes">Vehicle classes, joined: <c>A1D</c>.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day, which still counts; null when long-term.</param>
/// <param name="Authority">Code of the issuing authority (发证机关).</param>
/// <param name="ExtensionUntil">Last day of an extension (letters N, P, T), which still counts; null when there is none.</param>
/// <param name="SourceTime">When the source said so.</param>
public sealed record DriverLicence(
    string Number,
    string Status,
    string Classes,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string Authority,
    DateOnly? ExtensionUntil,
    DateTimeOffset SourceTime)
{
    /// <summary>The one that its source said later (APP-3); the first where both are of one moment or the second is not there.</summary>
    public static DriverLicence Newer(DriverLicence first, DriverLicence? second) =>
        second is not null && second.SourceTime > first.SourceTime ? second : first;

    /// <summary>
    /// Whether a snapshot can be worked with: null, or <c>LICENCE_NUMBER</c> (not 5 to 20 letters and digits), <c>LICENCE_CLASSES</c>,
    /// <c>LICENCE_PERIOD</c> (ends before it begins). Whether the licence is in force is asked of <see cref="Eligibility"/>.
    /// </summary>
    public Refusal? Check(VehicleClasses classes) =>
        Number.Length is < 5 or > 20 || !Number.All(char.IsAsciiLetterOrDigit) ? new("LICENCE_NUMBER")
        : !classes.TryParse(Classes, out _, out var refusal) ? refusal
        : ValidFrom > ValidTo ? new("LICENCE_PERIOD")
        : null;

    /// <summary>Without the number, so that it never slips into a log.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Classes} {Status} {ValidFrom:yyyy-MM-dd}/{ValidTo:yyyy-MM-dd} {Authority} @{SourceTime:u}");
}

/// <summary>A licence was taken into the record.</summary>
/// <param name="DocumentIndex">Blind index of the holder's document.</param>
/// <param name="SourceTime">When its source wrote it.</param>
public sealed record LicencePut(string DocumentIndex, DateTimeOffset SourceTime) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"licence:{DocumentIndex}";
}
