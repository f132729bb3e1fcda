using System.Collections.Immutable;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Catalog;

/// <summary>Something that an account may do in the app.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record AccountRight(string Id, string NameZh, string NameEn);

/// <summary>What each registration level may do (REG-3). The guide's lists are open (等), so they are a setting; these are its defaults.</summary>
public sealed record RegistrationRights
{
    private static readonly AccountRight
        plates = new("choose-plate", "预选机动车号牌", "Choose a number plate in advance"),
        inspectionMark = new("inspection-mark", "免检申领检验合格标志", "Inspection mark without inspection"),
        inspectionBooking = new("inspection-booking", "机动车检验预约", "Book an inspection");

    /// <summary>The defaults.</summary>
    public static RegistrationRights Standard { get; } = new();

    /// <summary>Online registered accounts.</summary>
    public ImmutableArray<AccountRight> Online { get; init; } =
    [
        new("camera-violation", "电子监控违法处理", "Settle violations seen by camera"),
        new("bind-other-vehicle", "绑定非本人机动车", "Bind another person's vehicle"),
        new("pay-fine", "缴纳罚款", "Pay fines"),
        plates,
        inspectionMark,
        inspectionBooking,
        new("renew-licence", "期满换证", "Renew a licence at its end"),
    ];

    /// <summary>What real-person and counter accounts may do beyond online ones; besides these named ones, everything else that the app offers persons.</summary>
    public ImmutableArray<AccountRight> Full { get; init; } =
    [
        new("e-licence", "电子驾驶证", "E-licence"),
        new("everything", "个人用户全部业务", "All other business of persons"),
    ];

    /// <summary>Units.</summary>
    public ImmutableArray<AccountRight> Unit { get; init; } =
    [
        new("unit-violations", "单位名下机动车违法查询", "Violations of the unit's vehicles"),
        new("vehicle-code", "机动车二维码生成", "Vehicle QR code"),
        plates,
        inspectionMark,
        inspectionBooking,
    ];

    /// <summary>What a level may do.</summary>
    public ImmutableArray<AccountRight> Of(RegistrationLevel level) => level switch
    {
        RegistrationLevel.Online => Online,
        RegistrationLevel.Unit => Unit,
        _ => [.. Online, .. Full],
    };

    /// <summary>What going from one level to another adds: shown beside the approval that does it.</summary>
    public ImmutableArray<AccountRight> Unlocked(RegistrationLevel from, RegistrationLevel to) => [.. Of(to).Except(Of(from))];
}
