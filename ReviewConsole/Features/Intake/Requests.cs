using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReviewConsole.Features.Intake;

// Every member may be missing as far as JSON is concerned: FieldErrors then names all faults of a request at once.
// The OpenAPI document calls required what has no default here.

[Description("An identity document.")]
internal sealed record DocumentBody(
    [property: AllowedValues("resident-identity-card", "hong-kong-macao-taiwan-residence-permit", "passport", "foreign-permanent-resident-card")] string? Kind,
    [property: Description("The number as printed, for instance 11010519491231002X.")] string? Number);

[Description("The applicant as the account shows it.")]
internal sealed record ApplicantBody(
    [property: Description("Name on the card, for instance 陈雨桐 or 阿依古丽·买买提; 1 to 60 characters.")] string? Name,
    DocumentBody? Document,
    [property: Description("Mobile number of mainland China, for instance 13800138000.")] string? Phone,
    [property: AllowedValues("police-record", "alipay"), Description("Where the number was confirmed.")] string? PhoneSource,
    [property: AllowedValues("online", "real-person", "counter", "unit"), Description("Registration level of the account.")] string? Level);

[Description("A driving licence as its source shows it at one moment.")]
internal sealed record LicenceBody(
    [property: Description("证号: 5 to 20 letters and digits; for a resident identity card the same number.")] string? Number,
    [property: Description("Status letters, joined, for instance A or HI; may be empty, and is then refused.")] string? Status,
    [property: Description("Vehicle classes, joined, for instance C1 or A1D.")] string? Classes,
    [property: Description("First day, yyyy-MM-dd.")] string? ValidFrom,
    [property: Description("Code of the issuing authority, for instance 粤B.")] string? Authority,
    [property: Description("When the source said so, ISO 8601 with offset, for instance 2026-11-23T13:26:00+08:00.")] string? SourceTime,
    [property: Description("Last day, yyyy-MM-dd; null for long-term.")] string? ValidTo = null,
    [property: Description("Last day of an extension (letters N, P, T), yyyy-MM-dd.")] string? ExtensionUntil = null);

[Description("The photo that the police already hold.")]
internal sealed record PhotoOnFileBody(
    [property: Description("JPEG or PNG in base64, 5 MB at most.")] Base64? Picture,
    [property: Description("When it was taken, yyyy-MM-dd.")] string? Taken);

[Description("An application for the e-licence.")]
internal sealed record ELicenceBody(
    ApplicantBody? Applicant,
    LicenceBody? Licence,
    [property: AllowedValues("on-file", "album", "camera")] string? PhotoSource,
    [property: Description("The portrait to be decided on: JPEG or PNG in base64, 5 MB at most.")] Base64? Portrait,
    [property: AllowedValues("first", "photo-replacement"), Description("first where it is left out.")] string? Kind = null,
    PhotoOnFileBody? PhotoOnFile = null);

[Description("证件有效期限 as the applicant entered it.")]
internal sealed record CardValidityBody(
    [property: Description("First day, yyyy-MM-dd.")] string? From,
    [property: Description("Last day, yyyy-MM-dd; null for 长期.")] string? To = null);

[Description("An identity card to be compared by a person, after face recognition failed repeatedly.")]
internal sealed record IdPhotoBody(
    ApplicantBody? Applicant,
    [property: Description("Code of the authority that answers for it, for instance 粤B.")] string? Authority,
    CardValidityBody? CardValidity,
    [property: Description("人像面: JPEG or PNG in base64, 5 MB at most.")] Base64? PortraitSide,
    [property: Description("国徽面: JPEG or PNG in base64, 5 MB at most.")] Base64? EmblemSide,
    [property: Description("Live-capture frame of the last failed attempt: JPEG or PNG in base64, 5 MB at most.")] Base64? LiveFrame,
    [property: Range(0.0, 1.0), Description("Score of the last failed attempt, 0 to 1.")] double? Score,
    [property: Range(1, 1000), Description("Number of failed attempts.")] int? Attempts);

[Description("What the applicant sends after being asked for more: a portrait to an e-licence application, card pictures or validity to an ID-photo review.")]
internal sealed record ResubmissionBody(
    Base64? Portrait = null, Base64? PortraitSide = null, Base64? EmblemSide = null, Base64? LiveFrame = null, CardValidityBody? CardValidity = null);

[Description("Nothing needs to be said.")]
internal sealed record WithdrawalBody;

[Description("A licence for the record: it counts until a newer one comes.")]
internal sealed record PutLicenceBody(DocumentBody? Document, LicenceBody? Licence);

/// <summary>Bytes that came as base64. What is not base64 is kept as such, so that it can be told together with the other faults.</summary>
/// <param name="Bytes">The bytes; null where the text was no base64.</param>
[JsonConverter(typeof(Converter))]
internal sealed record Base64(byte[]? Bytes)
{
    private sealed class Converter : JsonConverter<Base64>
    {
        public override Base64 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.String ? throw new JsonException() : new(reader.TryGetBytesFromBase64(out var bytes) ? bytes : null);

        public override void Write(Utf8JsonWriter writer, Base64 value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Bytes);
    }
}
