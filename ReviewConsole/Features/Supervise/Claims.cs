using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Supervise;

/// <summary>A case that somebody has.</summary>
internal sealed record LiveClaim(CaseId Id, string ReceiptNumber, string Queue, string Authority, ReviewerId Holder, bool Ready, DateTimeOffset? Since, DateTimeOffset DueAt, DateTimeOffset HalfAt, DateTimeOffset PressingAt);

/// <summary>The claims whose lease runs: at most two a person, so all of them are read, by the index of holders.</summary>
internal static class Claims
{
    public static Task<List<LiveClaim>> Live(ReviewDb db, DateTimeOffset now, CancellationToken cancel) =>
        db.Cases.Where(c => c.State == CaseState.Claimed && c.Holder != null && c.LeaseUntil > now).OrderBy(c => c.Holder)
            .Select(c => new LiveClaim(c.Id, c.ReceiptNumber, c.Queue, c.Authority, c.Holder!.Value, c.Prefetched, c.InHandSince, c.DueAt, c.HalfAt, c.PressingAt)).ToListAsync(cancel);
}
