using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class HistoryTests() : UiContext(services => services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard))
{
    private static readonly Doer Person = new(DoerKind.Staff, "审核员07");

    [Theory]
    [InlineData("CaseClaimed", "Token", "2", "领取 · 审核员07")]
    [InlineData("CaseDecided", "Outcome", "Rejected", "决定：驳回 · 审核员07")]
    [InlineData("CaseCorrected", "To", "Approved", "更正：通过 · 审核员07")]
    [InlineData("InformationRequested", "Round", "2", "要求补充材料：第 2 次 · 审核员07")]
    [InlineData("PersonalDataRevealed", "Field", "Document", "查看个人信息：证件号码 · 审核员07")]
    public void A_line_says_what_happened_with_its_detail_and_who_did_it(string happened, string field, string value, string words) =>
        Assert.Equal(words, Line(new(Time.GetUtcNow(), Person, happened, [new(field, [value])])));

    [Fact]
    public void The_product_itself_is_not_named() =>
        Assert.Equal("办结：逾期未补", Line(new(Time.GetUtcNow(), new(DoerKind.System, "lapse"), nameof(CaseClosed), [new("Outcome", ["Lapsed"])])));

    [Fact]
    public void Lines_stand_in_their_order_with_Shanghai_time()
    {
        var at = new DateTimeOffset(2026, 11, 23, 5, 26, 0, TimeSpan.Zero);
        Doer client = new(DoerKind.Client, "app");
        var shown = Render<History>(h => h.Add(x => x.Lines, [new(at, client, nameof(CaseReceived), []), new(at.AddHours(12), client, nameof(CaseOpened), [])]));
        Assert.Equal(["11-23 13:26 收件", "11-24 01:26 测量完成"], shown.FindAll("li").Select(li => $"{li.QuerySelector("time")!.TextContent} {li.QuerySelector("span")!.TextContent}"));
        Assert.Equal("2026-11-23T13:26:00+08:00", shown.Find("time").GetAttribute("datetime"));
    }

    private string Line(ChangeLine line) => Render<History>(h => h.Add(x => x.Lines, [line])).Find("li span").TextContent;
}
