using System.ComponentModel.DataAnnotations;

namespace ReviewConsole.Features.Supervise;

/// <summary>Settings of supervision, section <c>Supervise</c>.</summary>
public sealed class SuperviseSettings
{
    /// <summary>When the desks are staffed on a business day: spans as in a policy of office hours; <c>08:30-12:00,13:30-17:30</c>.</summary>
    [RegularExpression(@"\d\d:\d\d-\d\d:\d\d(,\d\d:\d\d-\d\d:\d\d)*")]
    public string StaffedHours { get; set; } = "08:30-12:00,13:30-17:30";

    /// <summary>Which share is to be decided in time. 0 to 1; 0.99.</summary>
    [Range(0, 1)]
    public double Target { get; set; } = 0.99;

    /// <summary>Who decided something within so long counts as at work. 1 to 480 minutes; 30.</summary>
    [Range(1, 480)]
    public double ActiveMinutes { get; set; } = 30;

    /// <summary>How long a case that was given to somebody is kept for them. 1 to 480 minutes; 30.</summary>
    [Range(1, 480)]
    public double KeepMinutes { get; set; } = 30;
}
