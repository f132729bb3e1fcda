using System.Collections.Frozen;
using System.Globalization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Intake;

/// <summary>The applicant, read.</summary>
internal sealed record ApplicantEntry(PersonName Name, IdentityDocument Document, PhoneNumber Phone, PhoneSource PhoneSource, RegistrationLevel Level);

/// <summary>Reads the fields of a request and gathers what is wrong with them, so that the sender learns of all faults at once.</summary>
/// <remarks>Each reading gives null for a field at fault; a caller goes on only where <see cref="Reply"/> is null.</remarks>
internal sealed class FieldErrors
{
    /// <summary>How far a source's clock may run ahead of this one.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly FrozenDictionary<string, string> Messages = new Dictionary<string, string>
    {
        ["REQUIRED"] = "This member is required.",
        ["DATE_FORM"] = "A date is written yyyy-MM-dd.",
        ["DATE_IN_FUTURE"] = "This date lies in the future.",
        ["TIME_FORM"] = "An instant is written in ISO 8601 with its offset, for instance 2026-11-23T13:26:00+08:00.",
        ["TIME_IN_FUTURE"] = "This instant lies in the future.",
        ["TEXT_TOO_LONG"] = "This text is too long.",
        ["NUMBER_RANGE"] = "This number is out of its range.",
        ["AUTHORITY_UNKNOWN"] = "No issuing authority has this code.",
        ["QUEUE_UNKNOWN"] = "No queue that takes requests has this id.",
        ["BASE64"] = "This is not base64.",
        ["NOT_APPLICABLE"] = "This member does not belong to a request of this kind.",
        ["NAME_EMPTY"] = "The name is empty.",
        ["NAME_TOO_LONG"] = "The name has more than 60 characters.",
        ["NAME_CHARACTERS"] = "The name holds characters that no name has.",
        ["ID_NUMBER_EMPTY"] = "The document number is empty.",
        ["ID_NUMBER_FORM"] = "The document number does not have the form of its kind.",
        ["ID_NUMBER_BIRTH_DATE"] = "The birth date in the number is no day of the past.",
        ["ID_NUMBER_CHECK"] = "The check character does not fit (GB 11643).",
        ["ID_NUMBER_KIND"] = "The number belongs to another kind of document.",
        ["ID_VALIDITY_ORDER"] = "The validity ends before it begins.",
        ["PHONE_EMPTY"] = "The phone number is empty.",
        ["PHONE_FORM"] = "This is no mobile number of mainland China.",
        ["LICENCE_NUMBER"] = "The licence number has 5 to 20 letters and digits, and is the number of the holder's resident identity card.",
        ["LICENCE_CLASSES"] = "The vehicle classes are empty, unknown or named twice.",
        ["LICENCE_PERIOD"] = "The validity ends before it begins.",
        ["PICTURE_EMPTY"] = "The picture is empty.",
        ["PICTURE_TOO_LARGE"] = "The picture has more than 5 MB. Send a smaller one.",
        ["PICTURE_FORMAT"] = "The picture is neither JPEG nor PNG but {0}. Send JPEG or PNG.",
        ["PICTURE_UNKNOWN"] = "The file is no picture. Send JPEG or PNG.",
        ["PICTURE_DAMAGED"] = "The picture cannot be decoded completely. Send the whole file.",
        ["PICTURE_TOO_SMALL"] = "The picture has too few pixels.",
        ["PICTURE_TOO_MANY_PIXELS"] = "The picture has too many pixels.",
        ["PICTURE_TOO_MANY_SCANS"] = "The picture has too many scans.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly List<FieldError> errors = [];

    /// <summary>The answer that names every fault; null when there is none.</summary>
    public Reply? Reply => errors.Count == 0 ? null : Intake.Reply.Problem(400, "FIELDS_INVALID", "Fields are missing or wrong; errors names each.", errors);

    /// <summary>Notes a fault.</summary>
    public void Add(string field, string code, string? message = null) => errors.Add(new(field, code, message ?? Messages.GetValueOrDefault(code, code)));

    /// <summary>Notes the fault that a rule found.</summary>
    public void Add(string field, Refusal refusal) => Add(field, refusal.Code, Messages.TryGetValue(refusal.Code, out var words) ? string.Format(CultureInfo.InvariantCulture, words, [.. refusal.Details]) : null);

    /// <summary>A member that must be there.</summary>
    public T? Need<T>(T? value, string field)
    {
        if (value is null)
            Add(field, "REQUIRED");
        return value;
    }

    /// <summary>One of a few words.</summary>
    public T? Word<T>(string? text, string field)
        where T : struct, Enum
    {
        if (Need(text, field) is null)
            return null;
        var value = Words<T>.Find(text);
        if (value is null)
            Add(field, "WORD_UNKNOWN", $"One of {string.Join(", ", Words<T>.All)} is expected.");
        return value;
    }

    /// <summary>A day; null where none was sent, too.</summary>
    public DateOnly? Date(string? text, string field)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Add(field, "DATE_FORM");
        return null;
    }

    /// <summary>A day that must be there.</summary>
    public DateOnly? NeedDate(string? text, string field) => Date(Need(text, field), field);

    /// <summary>An issuing authority that there is (WORK-7).</summary>
    public string? Authority(string? code, string field, Authorities authorities)
    {
        if (Need(code, field) is not null && authorities.Find(code) is null)
            Add(field, "AUTHORITY_UNKNOWN");
        return code;
    }

    /// <summary>An identity document.</summary>
    public IdentityDocument? Document(DocumentBody? body, string field, DateTimeOffset now)
    {
        if (Need(body, field) is null)
            return null;
        var kind = Word<IdentityDocumentKind>(body!.Kind, $"{field}.kind");
        if (Need(body.Number, $"{field}.number") is null || kind is null)
            return null;
        if (!IdentityDocument.TryParse(kind.Value, body.Number, Shanghai.DateOf(now), out var document, out var refusal))
            Add($"{field}.number", refusal);
        return document;
    }

    /// <summary>The applicant.</summary>
    public ApplicantEntry? Applicant(ApplicantBody? body, DateTimeOffset now)
    {
        const string Field = "applicant";
        if (Need(body, Field) is null)
            return null;
        PersonName? name = null;
        if (Need(body!.Name, $"{Field}.name") is not null && !PersonName.TryParse(body.Name, out name, out var badName))
            Add($"{Field}.name", badName);
        var document = Document(body.Document, $"{Field}.document", now);
        PhoneNumber? phone = null;
        if (Need(body.Phone, $"{Field}.phone") is not null && !PhoneNumber.TryParse(body.Phone, out phone, out var badPhone))
            Add($"{Field}.phone", badPhone);
        var source = Word<PhoneSource>(body.PhoneSource, $"{Field}.phoneSource");
        var level = Word<RegistrationLevel>(body.Level, $"{Field}.level");
        return name is null || document is null || phone is null || source is null || level is null ? null : new(name, document, phone, source.Value, level.Value);
    }

    /// <summary>A licence that can be worked with; whether it is in force is asked later.</summary>
    public DriverLicence? Licence(LicenceBody? body, IdentityDocument? holder, Authorities authorities, VehicleClasses classes, DateTimeOffset now)
    {
        const string Field = "licence";
        if (Need(body, Field) is null)
            return null;
        var before = errors.Count;
        var number = Need(body!.Number, $"{Field}.number")?.Trim().ToUpperInvariant();
        if (Need(body.Status, $"{Field}.status") is { Length: > 20 })
            Add($"{Field}.status", "TEXT_TOO_LONG");
        Need(body.Classes, $"{Field}.classes");
        var from = NeedDate(body.ValidFrom, $"{Field}.validFrom");
        var to = Date(body.ValidTo, $"{Field}.validTo");
        Authority(body.Authority, $"{Field}.authority", authorities);
        var extension = Date(body.ExtensionUntil, $"{Field}.extensionUntil");
        var said = Instant(body.SourceTime, $"{Field}.sourceTime", now);
        if (number is not null && holder?.MayEnterIdPhotoQueue == true && number != holder.Number)
            Add($"{Field}.number", "LICENCE_NUMBER");
        if (errors.Count > before)
            return null;
        DriverLicence licence = new(number!, body.Status!.Trim(), body.Classes!.Trim().ToUpperInvariant(), from!.Value, to, body.Authority!, extension, said!.Value);
        if (licence.Check(classes) is not { } refusal)
            return licence;
        Add($"{Field}.{(refusal.Code switch { "LICENCE_NUMBER" => "number", "LICENCE_PERIOD" => "validTo", _ => "classes" })}", refusal);
        return null;
    }

    /// <summary>The validity of a card; whether it has expired is asked later.</summary>
    public CardValidity? Validity(CardValidityBody? body)
    {
        const string Field = "cardValidity";
        if (body is null)
            return null;
        var before = errors.Count;
        var from = NeedDate(body.From, $"{Field}.from");
        var to = Date(body.To, $"{Field}.to");
        if (errors.Count > before)
            return null;
        if (!CardValidity.TryCreate(from!.Value, to, out var validity, out var refusal))
            Add($"{Field}.to", refusal);
        return validity;
    }

    private DateTimeOffset? Instant(string? text, string field, DateTimeOffset now)
    {
        if (Need(text, field) is null)
            return null;
        // Without an offset an instant could mean two hours of the day: none is guessed.
        var zoned = text!.Length >= 20 && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-');
        if (!zoned || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            Add(field, "TIME_FORM");
            return null;
        }

        if (at <= now + ClockSkew)
            return at;
        Add(field, "TIME_IN_FUTURE");
        return null;
    }
}
