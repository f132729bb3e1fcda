using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Intake;

/// <summary>Enums as the API writes them: <c>photo-replacement</c> for <c>PhotoReplacement</c>.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> ByWord = Enum.GetValues<T>().ToFrozenDictionary(Of, StringComparer.Ordinal);

    public static IEnumerable<string> All => ByWord.Keys.Order(StringComparer.Ordinal);

    public static string Of(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static T? Find(string? word) => word is not null && ByWord.TryGetValue(word, out var value) ? value : null;
}

/// <summary>The words of refusals: those of the catalogue of reasons, and of the rules that no reviewer ever gives as a reason.</summary>
internal sealed class IntakeWords(Reasons reasons)
{
    private static readonly FrozenDictionary<string, (int Status, NextStep Next, string Text)> Rules = new Dictionary<string, (int, NextStep, string)>
    {
        ["OPEN_REQUEST_EXISTS"] = (409, NextStep.AfterChange, "您已有同类申请正在办理，请等待结果。"),
        ["E_LICENCE_IN_FORCE"] = (409, NextStep.AfterChange, "您已持有有效的电子驾驶证，无需重复申领。"),
        ["E_LICENCE_MISSING"] = (422, NextStep.AfterChange, "您尚未领取电子驾驶证，请先申领。"),
        ["E_LICENCE_OUTDATED"] = (422, NextStep.AfterChange, "您的驾驶证信息已变更，原电子驾驶证已失效，请重新申领。"),
        ["COUNTER_NEEDED"] = (422, NextStep.Refer, "您的照片已连续多次未通过审核，请携带身份证到窗口办理。"),
        ["LEVEL_ALREADY_AUTHENTICATED"] = (422, NextStep.AfterChange, "您的账号已完成实人认证或窗口面签，无需再提交。"),
        ["LEVEL_UNIT"] = (422, NextStep.Refer, "单位用户请到窗口办理。"),
        ["ID_DOCUMENT_KIND"] = (422, NextStep.Refer, "仅受理第二代居民身份证，其他证件请到窗口办理。"),
        ["ID_VALIDITY_NOT_STARTED"] = (422, NextStep.Retry, "身份证有效期限尚未开始，请核对后重新提交。"),
        ["NOT_RETURNED"] = (409, NextStep.AfterChange, "该申请目前不需要补充材料。"),
        ["DEADLINE_PASSED"] = (409, NextStep.Retry, "补充材料的期限已过，请重新申请。"),
        ["WITHDRAWAL_TOO_LATE"] = (409, NextStep.AfterChange, "该申请已办结或正在办结，不能撤回。"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words and the next step of a reason; <paramref name="date"/> stands where the words name a day.</summary>
    /// <remarks>A code without words is that of an old decision whose reason has left the catalogue since.</remarks>
    public ReasonForApplicant For(string code, DateOnly? date = null) =>
        reasons.Find(code) is { } reason ? new(code, reason.ApplicantZh.Replace("{date}", date?.ToString("yyyy年M月d日", CultureInfo.InvariantCulture) ?? "规定期限", StringComparison.Ordinal), reason.NextStep)
        : Rules.TryGetValue(code, out var rule) ? new(code, rule.Text, rule.Next)
        : new(code, "未通过审核，请到窗口咨询。", NextStep.Refer);

    /// <summary>The problem that tells the applicant why.</summary>
    /// <param name="refusals">At least one; the first counts. A detail that is a date (yyyy-MM-dd) stands where the words name a day.</param>
    public Reply Refuse(params IReadOnlyList<Refusal> refusals)
    {
        ReasonForApplicant[] told = [.. refusals.Select(r => For(r.Code, Date(r)))];
        var status = Rules.TryGetValue(told[0].Code, out var rule) ? rule.Status : StatusCodes.Status422UnprocessableEntity;
        return Reply.Problem(status, told[0].Code, told[0].Text, reasons: told);
    }

    /// <summary>A refusal of the doors to the store, in words for the developer.</summary>
    public static Reply Of(Refusal refusal) => refusal.Code switch
    {
        "NOT_PERMITTED" => Reply.Problem(403, refusal.Code, "This API client may not do this."),
        "NOT_FOUND" => Reply.Problem(404, refusal.Code, "No request of this API client has that id."),
        _ => throw new ArgumentException($"no status for '{refusal.Code}'", nameof(refusal)),
    };

    private static DateOnly? Date(Refusal refusal) =>
        refusal.Details is [.., var last] && DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
