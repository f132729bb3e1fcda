using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using static ReviewConsole.Tests.Features.Desk.DeskContext;
using Evidence = ReviewConsole.Features.Desk.Evidence;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class EvidenceTests : UiContext
{
    private static readonly PictureFactsView Portrait = MeasurementsTests.Picture(Check("aspect", CheckResult.Pass));
    private static readonly PictureFactsView OnFile = MeasurementsTests.Picture() with { Kind = PictureKind.PhotoOnFile, Report = null };
    private static readonly PictureFactsView Before = MeasurementsTests.Picture() with { Superseded = true };

    public EvidenceTests()
        : base(services => services.AddScoped<Overlays>())
    {
    }

    [Fact]
    public void Every_tool_shows_its_key_and_has_a_name()
    {
        var shown = Show([Portrait, OnFile]);
        Assert.Equal(
            [("Minus", "−"), ("Equal", "+"), ("Digit0", "0"), ("KeyX", "X"), ("KeyT", "T"), ("KeyD", "D"), ("KeyV", "V"), ("KeyL", "L"), ("KeyK", "K")],
            shown.FindAll("button[data-key]").Select(b => (b.GetAttribute("data-key")!, b.QuerySelector("kbd")!.TextContent)));
        Assert.All(shown.FindAll("button"), b => Assert.NotEqual("", b.GetAttribute("aria-label") ?? b.TextContent.Trim()));
        Assert.Empty(shown.FindAll("figure button"));
    }

    [Fact]
    public void Without_pictures_there_are_no_tools_but_words()
    {
        var shown = Show([]);
        Assert.Empty(shown.FindAll("button"));
        Assert.NotNull(shown.Find(".state-title"));
    }

    [Fact]
    public void What_cannot_be_drawn_has_no_switch_and_what_can_is_switched_on_all_pictures_and_for_the_next_case()
    {
        var live = OnFile with { Id = Guid.NewGuid(), Kind = PictureKind.LiveFrame, Report = Report() with { Face = new(10, 20, 30, 40), Lines = null } };
        var shown = Show([OnFile, live]);
        Assert.Equal("KeyF", Assert.Single(shown.FindAll(".switches button")).GetAttribute("data-key"));
        Assert.Equal("false", Tool(shown, "KeyF").GetAttribute("aria-pressed"));
        Tool(shown, "KeyF").Click();
        Assert.NotNull(shown.Find("[data-testid=picture-LiveFrame] [data-testid=face-box]"));
        Assert.Equal("true", Tool(Show([live with { Id = Guid.NewGuid() }]), "KeyF").GetAttribute("aria-pressed"));
        Assert.Empty(Show([OnFile]).FindAll(".switches"));
    }

    [Fact]
    public void The_tools_work_on_the_picture_touched_last_and_fit_stands_it_upright()
    {
        var shown = Show([Portrait, OnFile]);
        Assert.Equal("picture-Portrait", Current(shown));
        Tool(shown, "KeyT").Click();
        shown.FindAll("[data-stage]")[1].FocusIn();
        Assert.Equal("picture-PhotoOnFile", Current(shown));
        Tool(shown, "KeyT").Click();
        Tool(shown, "KeyT").Click();
        Assert.Equal(["90", "180"], Turns());
        Tool(shown, "Digit0").Click();
        Assert.Equal(["90", "0"], Turns());
        for (var i = 0; i < 4; i++)
            Tool(shown, "KeyT").Click();
        Assert.Equal(["90", "0"], Turns());

        IEnumerable<string?> Turns() => shown.FindAll("svg[data-turn]").Select(svg => svg.GetAttribute("data-turn"));
    }

    [Fact]
    public void Compared_are_the_first_picture_and_one_after_the_other_of_those_beside_and_before_it()
    {
        var shown = Show([Portrait, OnFile], [Before, Before with { Id = Guid.NewGuid(), Kind = PictureKind.CardEmblemSide }]);
        Assert.Equal(["人像照片", "留存照片"], Seen());
        Assert.Empty(shown.FindAll("[data-sync]"));
        var compare = Tool(shown, "KeyV");
        Assert.Equal("false", compare.GetAttribute("aria-pressed"));

        Tool(shown, "KeyV").Click();
        Assert.Equal(["人像照片", "留存照片"], Seen());
        Assert.Equal("true", Tool(shown, "KeyV").GetAttribute("aria-pressed"));
        Assert.NotNull(shown.Find(".compare[data-sync]"));
        Tool(shown, "KeyV").Click();
        Assert.Collection(Seen(), one => Assert.Equal("人像照片", one), other => Assert.StartsWith("人像照片 · 上次提交", other, StringComparison.Ordinal));
        Tool(shown, "KeyV").Click();
        Assert.Equal(["人像照片", "留存照片"], Seen());
        Assert.Empty(shown.FindAll("[data-sync]"));

        IEnumerable<string> Seen() => shown.FindAll("figure:not([hidden]) figcaption").Select(caption => caption.TextContent);
    }

    [Fact]
    public void Alone_a_picture_has_nothing_to_be_compared_with() =>
        Assert.Empty(Show([Portrait]).FindAll("[data-testid=compare]"));

    [Fact]
    public void The_next_case_begins_with_its_first_picture_upright_and_nothing_compared()
    {
        var shown = Show([Portrait, OnFile]);
        Tool(shown, "KeyV").Click();
        Tool(shown, "KeyT").Click();
        Tool(shown, "KeyD").Click();
        Assert.False(shown.Find("#light").HasAttribute("hidden"));
        shown.Render(e => e.Add(x => x.Pictures, [Portrait with { Id = Guid.NewGuid() }, OnFile with { Id = Guid.NewGuid() }]));
        Assert.Empty(shown.FindAll("[data-sync], figure[hidden]"));
        Assert.All(shown.FindAll("svg[data-turn]"), svg => Assert.Equal("0", svg.GetAttribute("data-turn")));
        Assert.True(shown.Find("#light").HasAttribute("hidden"));
        Assert.Equal("picture-Portrait", Current(shown));
    }

    private IRenderedComponent<Evidence> Show(IReadOnlyList<PictureFactsView> pictures, IReadOnlyList<PictureFactsView>? earlier = null) =>
        Render<Evidence>(e => e.Add(x => x.Pictures, pictures).Add(x => x.Earlier, earlier ?? []));

    private static IElement Tool(IRenderedComponent<Evidence> shown, string key) => shown.Find($"[data-key={key}]");

    private static string? Current(IRenderedComponent<Evidence> shown) => shown.Find("[data-current] svg").GetAttribute("data-testid");
}
