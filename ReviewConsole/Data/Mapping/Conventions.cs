using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ReviewConsole.Data.Keys;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Data.Mapping;

/// <summary>How types are stored everywhere: instants as UTC ticks, ids as text, so that both sort as they should.</summary>
internal static class Conventions
{
    /// <summary>JSON of columns; enums by name, so that a stored value can be read by a person.</summary>
    public static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public static void Apply(ModelConfigurationBuilder types)
    {
        types.Properties<DateTimeOffset>().HaveConversion<Ticks>();
        types.Properties<TimeSpan>().HaveConversion<Spans>();
        types.Properties<CaseId>().HaveConversion<CaseIds>();
        types.Properties<ReviewerId>().HaveConversion<ReviewerIds>();
        types.Properties<ELicenceId>().HaveConversion<ELicenceIds>();
    }

    /// <summary>Stores a text encrypted, bound to its column.</summary>
    public static PropertyBuilder<T> Sealed<T>(this PropertyBuilder<T> property, FieldCipher cipher, string purpose, Func<T, string> write, Func<string, T> read) =>
        property.HasConversion(new ValueConverter<T, string>(value => cipher.Seal(write(value), purpose), stored => read(cipher.Open(stored, purpose))));

    /// <summary>Stores a value as encrypted JSON, bound to its column.</summary>
    public static PropertyBuilder<T> SealedJson<T>(this PropertyBuilder<T> property, FieldCipher cipher, string purpose) =>
        property.Sealed(cipher, purpose, value => JsonSerializer.Serialize(value, Json), stored => JsonSerializer.Deserialize<T>(stored, Json)!);

    /// <summary>Stores a value as JSON in clear; never for personal data.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) =>
        property.HasConversion(new ValueConverter<T, string>(value => JsonSerializer.Serialize(value, Json), stored => JsonSerializer.Deserialize<T>(stored, Json)!));

    private sealed class Ticks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class Spans() : ValueConverter<TimeSpan, long>(span => span.Ticks, ticks => new TimeSpan(ticks));

    private sealed class CaseIds() : ValueConverter<CaseId, Guid>(id => id.Value, value => new CaseId(value));

    private sealed class ReviewerIds() : ValueConverter<ReviewerId, Guid>(id => id.Value, value => new ReviewerId(value));

    private sealed class ELicenceIds() : ValueConverter<ELicenceId, Guid>(id => id.Value, value => new ELicenceId(value));
}
