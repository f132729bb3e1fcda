using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Notify;

/// <summary>Which notices are asked for.</summary>
/// <param name="ReceiptNumber">Only those of this case; null for all.</param>
/// <param name="State">Only those with a delivery that stands so; null for all.</param>
/// <param name="Channel">Only deliveries on this channel; null for all. Together with <paramref name="State"/> it asks how that channel's delivery stands.</param>
/// <param name="From">Only those written on this Shanghai day or later; null from the beginning.</param>
/// <param name="To">Only those written on this Shanghai day or earlier; null to the end.</param>
/// <param name="After">Only those older than this one; null from the newest.</param>
/// <param name="Rows">How many notices a page.</param>
public sealed record MailboxFilter(
    string? ReceiptNumber = null, DeliveryState? State = null, Channel? Channel = null, DateOnly? From = null, DateOnly? To = null, MailboxPlace? After = null, int Rows = MailboxQuery.PageSize);

/// <summary>A place in the list.</summary>
/// <param name="WrittenAt">When the notice there was written.</param>
/// <param name="Id">Its id.</param>
public sealed record MailboxPlace(DateTimeOffset WrittenAt, Guid Id)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is nothing of the kind.</summary>
    public static MailboxPlace? Parse(string? text) =>
        text?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var guid)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;

    /// <summary>The place as it stands in an address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WrittenAt.UtcTicks}-{Id:N}");
}

/// <summary>A notice in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Case">The case that it tells of.</param>
/// <param name="ReceiptNumber">That case's 受理号; null for an intake that was refused.</param>
/// <param name="Template">Id of its template.</param>
/// <param name="Receiver">Phone number, masked.</param>
/// <param name="Sms">The short message as the phone shows it.</param>
/// <param name="Title">Heading in the app.</param>
/// <param name="Body">Message in the app.</param>
/// <param name="Deliveries">One a channel; only that of the channel that was asked for.</param>
public sealed record MailboxRow(
    Guid Id, DateTimeOffset WrittenAt, CaseId? Case, string? ReceiptNumber, string Template, string Receiver, string Sms, string Title, string Body, ImmutableArray<MailboxDelivery> Deliveries);

/// <summary>How a notice stands on one channel.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Channel">The channel.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="LastFault">What went wrong last.</param>
public sealed record MailboxDelivery(Guid Id, Channel Channel, DeliveryState State, int Tries, string? LastFault);

/// <summary>One page of the list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="AsOf">Last row of the audit log that the list knows of, for <see cref="ResendDeliveries"/>.</param>
public sealed record MailboxList(ImmutableArray<MailboxRow> Rows, MailboxPlace? Next, long AsOf);

/// <summary>The notices that were written, newest first, page by page.</summary>
public sealed class MailboxQuery(Reads reads, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 25;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeNotices;

    /// <summary>Reads a page.</summary>
    public Task<Answer<MailboxList>> Handle(Actor actor, MailboxFilter filter, CancellationToken cancel = default) =>
        reads.Run<MailboxQuery, MailboxList>(actor, async db =>
        {
            var asOf = await NoticesInReach.LastChange(db, cancel);
            var places = await Places(db, actor, filter, cancel);
            var ids = places.Take(filter.Rows).Select(place => place.Id).ToList();
            var notices = await db.Notices.Where(n => ids.Contains(n.Id)).OrderByDescending(n => n.WrittenAt).ThenByDescending(n => n.Id).ToListAsync(cancel);
            var deliveries = (await db.Deliveries.Where(d => ids.Contains(d.Notice)).ToListAsync(cancel)).Where(d => d.Channel == (filter.Channel ?? d.Channel)).ToLookup(d => d.Notice);
            var cases = notices.Select(n => n.Case).OfType<CaseId>().Distinct().ToList();
            var receipts = await db.Cases.Where(c => cases.Contains(c.Id)).Select(c => new { c.Id, c.ReceiptNumber }).ToDictionaryAsync(c => c.Id, c => c.ReceiptNumber, cancel);
            return new MailboxList(
                [.. notices.Select(n => Row(n, n.Case is { } id ? receipts.GetValueOrDefault(id) : null, deliveries[n.Id]))],
                places.Count > filter.Rows ? places[filter.Rows - 1] : null,
                asOf);
        }, cancel);

    // One place more than the page holds, so that its end is known. Each form is a seek in an index.
    private static async Task<List<MailboxPlace>> Places(ReviewDb db, Actor actor, MailboxFilter filter, CancellationToken cancel)
    {
        CaseId? only = null;
        if (filter.ReceiptNumber is { } receipt && (only = await NoticesInReach.CaseOf(db, receipt, cancel)) is null)
            return [];

        // A delivery is planned at the moment at which its notice is written: both lists have the same order.
        var all = filter.State is null
            ? db.Notices.Where(n => only == null || n.Case == only).Select(n => new { At = n.WrittenAt, n.Id })
            : NoticesInReach.Deliveries(db, filter).Select(d => new { At = d.PlannedAt, Id = d.Notice }).Distinct();
        if (filter.State is not null && only is not null)
            all = all.Where(place => db.Notices.Any(n => n.Id == place.Id && n.Case == only));
        if (NoticesInReach.Limited(db, actor) is { } reach)
            all = all.Where(place => reach.Any(n => n.Id == place.Id));
        if (filter.State is null && filter.Channel is { } channel)
            all = all.Where(place => db.Deliveries.Any(d => d.Notice == place.Id && d.Channel == channel));
        if (NoticesInReach.Start(filter.From) is { } start)
            all = all.Where(place => place.At >= start);
        if (NoticesInReach.End(filter.To) is { } end)
            all = all.Where(place => place.At < end);
        if (filter.After is { } after)
            all = all.Where(place => place.At <= after.WrittenAt && (place.At < after.WrittenAt || place.Id.CompareTo(after.Id) < 0));
        var found = await all.OrderByDescending(place => place.At).ThenByDescending(place => place.Id).Take(filter.Rows + 1).ToListAsync(cancel);
        return [.. found.Select(place => new MailboxPlace(place.At, place.Id))];
    }

    private MailboxRow Row(Notice notice, string? receipt, IEnumerable<Delivery> deliveries) => new(
        notice.Id,
        notice.WrittenAt,
        notice.Case,
        receipt,
        notice.Template,
        PhoneNumber.TryParse(notice.Receiver, out var phone, out _) ? phone.Masked : "",
        Notices.Signed(settings.Value.SmsSignature, notice.Sms),
        notice.Title,
        notice.Body,
        [.. deliveries.OrderBy(d => d.Channel).Select(d => new MailboxDelivery(d.Id, d.Channel, d.State, d.Tries, d.LastFault))]);
}
