using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Catalog;

/// <summary>Words to applicants with gaps: <c>{receipt}</c>, <c>{service}</c>, <c>{reasons}</c>, <c>{next}</c>, <c>{deadline}</c>.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Sms">Short message, without the sender's signature.</param>
/// <param name="Title">Heading of the message in the app.</param>
/// <param name="Body">Message in the app.</param>
public sealed record NoticeTemplate(string Id, string Sms, string Title, string Body);

/// <summary>What fills the gaps of a template.</summary>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="Service">What the applicant had asked for, in the applicant's words.</param>
public sealed record NoticeValues(string ReceiptNumber, string Service)
{
    /// <summary>What the applicant is told for each reason, then the free text, in this order.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What to do now; empty where the template says it.</summary>
    public string Next { get; init; } = "";

    /// <summary>Until when; empty where there is no deadline.</summary>
    public string Deadline { get; init; } = "";

    /// <summary>The values that follow from a case.</summary>
    /// <param name="receiptNumber">受理号.</param>
    /// <param name="homeQueue">The queue that the request came in by.</param>
    /// <param name="verdict">The decision, or what was asked for; null where there is none to tell of.</param>
    /// <param name="reasons">The catalogue of reasons.</param>
    /// <param name="deadline">Until when the applicant may answer.</param>
    /// <param name="photoDay">The first day on which a photo may be replaced (APP-5), for the reason that mentions it.</param>
    public static NoticeValues Of(string receiptNumber, string homeQueue, Verdict? verdict, Reasons reasons, DateTimeOffset? deadline, DateOnly? photoDay = null)
    {
        var service = Notices.ServiceOf(homeQueue);
        // A referral's words are the same for everybody (WORK-2): what is suspected is not told.
        if (verdict?.Outcome == Outcome.Referred)
            return new(receiptNumber, service) { Next = Notices.StepFor(NextStep.Refer) };
        List<RejectReason> named = [.. (verdict?.Reasons ?? []).Select(reasons.Find).OfType<RejectReason>()];
        var day = photoDay?.ToString("yyyy年M月d日", CultureInfo.InvariantCulture) ?? "满六个月之日";
        var items = named.Select(reason => reason.ApplicantZh.Replace("{date}", day, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
        return new(receiptNumber, service)
        {
            Items = [.. items, .. verdict?.Text is { } text ? [text] : Array.Empty<string>()],
            Next = named.Count == 0 ? "" : Notices.StepFor(named.Max(reason => reason.NextStep)),
            Deadline = deadline?.ToOffset(Shanghai.Offset).ToString("yyyy年M月d日HH:mm", CultureInfo.InvariantCulture) ?? "",
        };
    }
}

/// <summary>What applicants are told (APP-4): in the words of a traffic-police office, with the step that they can take. The desk's preview is the very text that is sent.</summary>
public static partial class Notices
{
    /// <summary>Longest short message in characters, signature included: three parts of 67, as phones join them.</summary>
    public const int LongestSms = 201;

    /// <summary>The applicant is asked for more (WORK-2).</summary>
    public const string InformationRequested = "information-requested";

    /// <summary>The applicant is reminded of what was asked.</summary>
    public const string InformationReminder = "information-reminder";

    /// <summary>The approval stands, but an e-licence is in force already: none is issued beside it.</summary>
    public const string ELicenceHeld = "e-licence-held";

    /// <summary>The new photo was approved, but the e-licence that it was for is no longer in force.</summary>
    public const string ELicenceGone = "e-licence-gone";

    /// <summary>The licence changed in class, validity or authority: the e-licence has ended, and the driver applies again (APP-6).</summary>
    public const string ELicenceOutdated = "e-licence-outdated";

    private const string More = "其余内容请在“交管12123”APP查看。";
    private const int LongestSignature = 20;

    private static readonly FrozenDictionary<string, NoticeTemplate> ById = Written().ToFrozenDictionary(t => t.Id, StringComparer.Ordinal);

    /// <summary>All templates.</summary>
    public static IEnumerable<NoticeTemplate> All => ById.Values;

    /// <summary>The template that tells of an outcome; a queue without words of its own gets the general ones.</summary>
    public static string For(Outcome outcome, string homeQueue) => Known($"{homeQueue}-{Word(outcome)}", Word(outcome));

    /// <summary>The template that tells of a correction (WORK-3); the same outcome twice is a rejection whose reasons were replaced.</summary>
    public static string ForCorrection(Outcome from, Outcome to, string homeQueue) =>
        from == to ? "corrected-reasons" : from == Outcome.Approved ? Known($"{homeQueue}-corrected-withdrawn", "corrected-withdrawn") : $"corrected-{Word(to)}";

    /// <summary>Fills the gaps. A short message that would be too long names the reasons that fit and points to the app for the others.</summary>
    /// <exception cref="ArgumentException">There is no such template.</exception>
    public static NoticeWords Render(string templateId, NoticeValues values)
    {
        var template = ById.GetValueOrDefault(templateId) ?? throw new ArgumentException($"no notice '{templateId}'", nameof(templateId));
        var sms = Fill(template.Sms, values, Listed(values.Items, ""));
        for (var kept = values.Items.Count - 1; sms.Length > LongestSms - LongestSignature && kept >= 0; kept--)
            sms = Fill(template.Sms, values, Listed(values.Items.Take(kept), "") + More);
        return new(sms, Fill(template.Title, values, ""), Fill(template.Body, values, Listed(values.Items, "\n")).Replace("\n\n", "\n", StringComparison.Ordinal).Trim());
    }

    /// <summary>A short message as the phone shows it.</summary>
    public static string Signed(string signature, string sms) => signature + sms;

    /// <summary>How many short messages the phone gets: one of up to 70 characters, or parts of 67 that it joins.</summary>
    /// <param name="signed">The text with its signature.</param>
    public static int SmsParts(string signed) => signed.Length <= 70 ? 1 : (signed.Length + 66) / 67;

    internal static string ServiceOf(string homeQueue) => homeQueue switch
    {
        Queues.ELicence => "电子驾驶证申请",
        Queues.IdPhoto => "实人认证申请",
        _ => "申请",
    };

    internal static string StepFor(NextStep step) => step switch
    {
        NextStep.Refer => "请携带本人身份证到车辆管理所窗口办理。",
        NextStep.AfterChange => "请办结上述事项后，在“交管12123”APP重新提交。",
        _ => "请按上述要求准备后，在“交管12123”APP重新提交。",
    };

    private static string Known(string id, string otherwise) => ById.ContainsKey(id) ? id : otherwise;

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Approved => "approved",
        Outcome.Rejected => "rejected",
        Outcome.Referred => "referred",
        Outcome.Lapsed => "lapsed",
        _ => "withdrawn",
    };

    // One item needs no number. Each ends with a full stop, whoever wrote it.
    private static string Listed(IEnumerable<string> items, string between)
    {
        string[] all = [.. items.Select(item => item.TrimEnd() is var text && text.EndsWith('。') ? text : text + "。")];
        return all.Length == 1 ? all[0] : string.Join(between, all.Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}.{item}")));
    }

    // In one pass, so that braces in a reviewer's words are left alone.
    private static string Fill(string template, NoticeValues values, string reasons) => Gap().Replace(template, gap => gap.Value switch
    {
        "{receipt}" => values.ReceiptNumber,
        "{service}" => values.Service,
        "{reasons}" => reasons,
        "{next}" => values.Next,
        "{deadline}" => values.Deadline,
        _ => throw new InvalidOperationException($"no value for {gap.Value}"),
    });

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap();

    private static IEnumerable<NoticeTemplate> Written()
    {
        const string Window = "请携带本人身份证到车辆管理所窗口办理。";
        const string Asked = "您的{service}（受理号{receipt}）";
        yield return new("e-licence-approved", Asked + "已审核通过，请登录“交管12123”APP查看和出示电子驾驶证。",
            "电子驾驶证申请审核通过", Asked + "已审核通过。\n电子驾驶证已可在“交管12123”APP首页“电子驾驶证”中查看。出示时请在APP内实时打开，截屏、打印件无效。");
        yield return new("e-licence-rejected", Asked + "未通过审核。{reasons}{next}",
            "电子驾驶证申请未通过", Asked + "未通过审核，原因如下：\n{reasons}\n{next}");
        yield return new("e-licence-referred", Asked + "需进一步核实。" + Window,
            "电子驾驶证申请需进一步核实", Asked + "需进一步核实，线上不再办理。\n" + Window);
        yield return new(ELicenceHeld, Asked + "已审核通过。您已持有有效的电子驾驶证，不再重复发放，请登录“交管12123”APP查看。",
            "您已持有电子驾驶证", Asked + "已审核通过。\n您已持有有效的电子驾驶证，不再重复发放，可在“交管12123”APP首页“电子驾驶证”中查看和出示。");
        yield return new(ELicenceGone, Asked + "所更换照片的电子驾驶证已失效，照片未更换，请在“交管12123”APP重新申领。",
            "照片未更换", Asked + "已审核，但所更换照片的电子驾驶证已失效，照片未更换。\n请在“交管12123”APP重新申领电子驾驶证。");
        yield return new(ELicenceOutdated, "您的驾驶证信息已变更，原电子驾驶证（受理号{receipt}）已失效，请在“交管12123”APP重新申领。",
            "电子驾驶证已失效", "您的驾驶证准驾车型、有效期限或发证机关已变更，据原信息发放的电子驾驶证（受理号{receipt}）已失效。\n请在“交管12123”APP重新申领。");
        yield return new("e-licence-corrected-withdrawn", Asked + "经复核撤销原审核结果，已发放的电子驾驶证停止使用。{reasons}{next}",
            "电子驾驶证已停止使用", Asked + "经复核，原审核通过的结果已撤销，据此发放的电子驾驶证停止使用。\n{reasons}\n{next}");
        yield return new("id-photo-approved", Asked + "已审核通过，您的账号已完成实人认证，可登录“交管12123”APP办理业务。",
            "实人认证审核通过", Asked + "已审核通过，您的账号已完成实人认证。\n现可在“交管12123”APP办理全部线上业务，包括申领电子驾驶证。");
        yield return new("id-photo-rejected", Asked + "未通过审核。{reasons}{next}",
            "实人认证申请未通过", Asked + "未通过审核，原因如下：\n{reasons}\n{next}");
        yield return new("id-photo-referred", Asked + "需进一步核实。" + Window,
            "实人认证申请需进一步核实", Asked + "需进一步核实，线上不再办理。\n" + Window);
        yield return new("id-photo-corrected-withdrawn", Asked + "经复核撤销原审核结果，账号的实人认证已取消。{reasons}{next}",
            "实人认证已取消", Asked + "经复核，原审核通过的结果已撤销，账号的实人认证已取消。\n{reasons}\n{next}");
        yield return new("approved", Asked + "已审核通过，请登录“交管12123”APP查看。", "审核通过", Asked + "已审核通过。");
        yield return new("rejected", Asked + "未通过审核。{reasons}{next}", "审核未通过", Asked + "未通过审核，原因如下：\n{reasons}\n{next}");
        yield return new("referred", Asked + "需进一步核实。" + Window, "需进一步核实", Asked + "需进一步核实，线上不再办理。\n" + Window);
        yield return new(InformationRequested, Asked + "需补充材料，请于{deadline}前在“交管12123”APP提交，逾期终止办理。{reasons}",
            "请补充材料", Asked + "需补充材料：\n{reasons}\n请于{deadline}前在“交管12123”APP提交。逾期未提交的，本次申请终止办理，可重新申请。");
        yield return new(InformationReminder, "提醒：您的{service}（受理号{receipt}）尚未补充材料，请于{deadline}前在“交管12123”APP提交，逾期终止办理。{reasons}",
            "补充材料即将到期", Asked + "尚未补充材料：\n{reasons}\n请于{deadline}前在“交管12123”APP提交。逾期未提交的，本次申请终止办理，可重新申请。");
        yield return new("lapsed", Asked + "逾期未补充材料，已终止办理。如需办理，请在“交管12123”APP重新申请。",
            "申请已终止办理", Asked + "逾期未补充材料，已终止办理。\n如需办理，请在“交管12123”APP重新申请。");
        yield return new("withdrawn", Asked + "已按您的要求撤回。如需办理，请在“交管12123”APP重新申请。",
            "申请已撤回", Asked + "已按您的要求撤回。\n如需办理，请在“交管12123”APP重新申请。");
        yield return new("corrected-approved", Asked + "经复核，审核结果更正为通过，请登录“交管12123”APP查看。",
            "审核结果更正为通过", Asked + "经复核，审核结果更正为通过。\n请在“交管12123”APP查看。");
        yield return new("corrected-rejected", Asked + "经复核，审核结果更正为未通过。{reasons}{next}",
            "审核结果更正为未通过", Asked + "经复核，审核结果更正为未通过，原因如下：\n{reasons}\n{next}");
        yield return new("corrected-reasons", Asked + "经复核，审核结果仍为未通过，原因更正如下。{reasons}{next}",
            "审核未通过的原因已更正", Asked + "经复核，审核结果仍为未通过，原因更正如下：\n{reasons}\n{next}");
        yield return new("corrected-referred", Asked + "经复核需进一步核实。" + Window,
            "需进一步核实", Asked + "经复核需进一步核实，线上不再办理。\n" + Window);
        yield return new("corrected-withdrawn", Asked + "经复核撤销原审核通过的结果。{reasons}{next}",
            "原审核结果已撤销", Asked + "经复核，原审核通过的结果已撤销。\n{reasons}\n{next}");
    }
}
