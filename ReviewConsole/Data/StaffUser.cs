using Microsoft.AspNetCore.Identity;
using ReviewConsole.Catalog;

namespace ReviewConsole.Data;

/// <summary>A member of staff: signs in, has roles, and reaches some issuing authorities and queues.</summary>
public sealed class StaffUser : IdentityUser<Guid>
{
    /// <summary>Name as colleagues see it.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What the person is.</summary>
    public Roles Roles { get; set; }

    /// <summary>Codes of the authorities that the person works for; each includes those below it (WORK-7).</summary>
    public List<string> Authorities { get; set; } = [];

    /// <summary>Ids of the queues that the person works in or answers for.</summary>
    public List<string> Queues { get; set; } = [];

    /// <summary>True until the person has replaced the first password.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>Blind index of the person's own identity document; null where it is not on record. Nobody works on their own case (WORK-7).</summary>
    public string? DocumentIndex { get; set; }

    /// <summary>True while the person is at work (在岗): somebody who is not gets no cases (WORK-1).</summary>
    public bool OnDuty { get; set; } = true;

    /// <summary>Since when the account is closed; null while it is open.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Language of the pages: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh-CN";

    /// <summary>Looks: <c>light</c>, <c>dark</c> or <c>system</c>.</summary>
    public string Theme { get; set; } = "system";

    /// <summary>How close rows and panels stand: <c>comfortable</c> or <c>compact</c>.</summary>
    public string Density { get; set; } = "comfortable";

    /// <summary>The keys that the person chose instead of the standard ones, as <see cref="KeyMap.Write"/> says them; null where there are none.</summary>
    public string? Keys { get; set; }

    /// <summary>Ends every sign-in of the person: each carries the stamp that stood here when it began.</summary>
    public void EndSessions() => SecurityStamp = Guid.NewGuid().ToString("N");
}
