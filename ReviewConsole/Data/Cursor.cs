using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data;

/// <summary>Where a page of cases ends: the next one begins after that instant and id. As text it goes into addresses.</summary>
/// <param name="At">The instant that the list is ordered by.</param>
/// <param name="Id">The case.</param>
public sealed record Cursor(DateTimeOffset At, CaseId Id)
{
    /// <summary>The cursor as text.</summary>
    public static string Write(DateTimeOffset at, CaseId id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}:{id.Value}")));

    /// <summary>Reads what <see cref="Write"/> wrote; null where it is something else.</summary>
    public static Cursor? Read(string? text)
    {
        if (text is null || !Base64Url.IsValid(text))
            return null;
        return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(':') is [var ticks, var id]
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var guid)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), new CaseId(guid))
            : null;
    }
}
