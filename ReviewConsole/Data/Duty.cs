using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
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
        foreach (var held in await Held(unit, user, cancel))
            held.Release(new(user.Id), held.Token, unit.Now);
        if (!user.OnDuty)
            return;
        user.OnDuty = false;
        unit.Record(new WentOffDuty(user.Id));
    }

    /// <summary>The person's rights or reach became less: what the person may not work on any more goes back, drafts stay (WORK-7).</summary>
    /// <param name="unit">The commit.</param>
    /// <param name="user">The person.</param>
    /// <param name="person">What the person may do from now on.</param>
    /// <param name="queues">The queues there are.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task GiveBackBeyond(UnitOfWork unit, StaffUser user, Actor person, Queues queues, CancellationToken cancel)
    {
        foreach (var held in await Held(unit, user, cancel))
        {
            if (queues.Find(held.Queue) is { } queue && person.May(queue.Takes) && person.Reaches(held.Queue, held.Authority) && !await CasesInReach.IsOwn(unit.Db, person, held, cancel))
                continue;
            held.Release(new(user.Id), held.Token, unit.Now);
        }
    }

    private static Task<List<ReviewCase>> Held(UnitOfWork unit, StaffUser user, CancellationToken cancel)
    {
        ReviewerId who = new(user.Id);
        return unit.Db.Cases.Where(c => c.Holder == who && c.State == CaseState.Claimed && c.LeaseUntil > unit.Now).ToListAsync(cancel);
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
