using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Ui;

public sealed class StillTests : UiContext
{
    [Fact]
    public void It_is_drawn_when_it_is_given_something_else_or_something_is_done_in_it_and_otherwise_not()
    {
        string[] one = ["a"];
        var page = Render<Page>(p => p.Add(x => x.Words, one));
        var part = page.FindComponent<Part>();
        Assert.Equal("1 a", part.Find("button").TextContent);

        page.Render(p => p.Add(x => x.Words, one));
        Assert.Equal("1 a", part.Find("button").TextContent);

        page.Render(p => p.Add(x => x.Words, ["b"]));
        Assert.Equal("2 b", part.Find("button").TextContent);

        // The page is told, and is drawn by that; the part is, because it was clicked.
        part.Find("button").Click();
        Assert.Equal((1, "3 b"), (page.Instance.Told, part.Find("button").TextContent));

        // What is no longer given counts, too.
        page.Render(p => p.Add(x => x.Words, null));
        Assert.Equal("4 ", part.Find("button").TextContent);
    }

    private sealed class Page : ComponentBase
    {
        [Parameter]
        public string[]? Words { get; set; }

        public int Told { get; private set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Part>(0);
            if (Words is not null)
                builder.AddComponentParameter(1, nameof(Part.Words), Words);
            builder.AddComponentParameter(2, nameof(Part.OnTold), EventCallback.Factory.Create(this, Tell));
            builder.CloseComponent();
        }

        private void Tell() => Told++;
    }

    private sealed class Part : Still
    {
        private int drawn;

        [Parameter]
        public string[] Words { get; set; } = [];

        [Parameter]
        public EventCallback OnTold { get; set; }

        public override Task SetParametersAsync(ParameterView parameters)
        {
            if (!parameters.TryGetValue<string[]>(nameof(Words), out _))
                Words = [];
            return base.SetParametersAsync(parameters);
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, () => OnTold.InvokeAsync()));
            builder.AddContent(2, $"{++drawn} {string.Concat(Words)}");
            builder.CloseElement();
        }
    }
}
