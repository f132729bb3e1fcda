using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data;

/// <summary>Coming on duty and going off it (在岗, 离岗, WORK-1).</summary>
public static class Duty
{
    /// <summary>The person is at work. Where that is so already, nothing happens.</summary>
    public static void ComeOn(UnitOfWork unit, StaffUser user)
    {
        if (user.OnDuty)
            return;
        user.OnDuty = true;
        unit.Record(new CameOnDuty(user.Id));
    }

    /// <summary>The person leaves: what is in hand and what is kept ready goes back, drafts stay.</summary>
    public static async Task GoOff(UnitOfWork unit, StaffUser user, CancellationToken cancel)
    {
        ReviewerId who = new(user.Id);
        foreach (var held in await unit.Db.Cases.Where(c => c.Holder == who && c.State == CaseState.Claimed && c.LeaseUntil > unit.Now).ToListAsync(cancel))
            held.Release(who, held.Token, unit.Now);
        if (!user.OnDuty)
            return;
        user.OnDuty = false;
        unit.Record(new WentOffDuty(user.Id));
    }
}

/// <summary>Somebody came on duty.</summary>
public sealed record CameOnDuty(Guid User) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"user:{User}";
}

/// <summary>Somebody went off duty.</summary>
public sealed record WentOffDuty(Guid User) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"user:{User}";
}
