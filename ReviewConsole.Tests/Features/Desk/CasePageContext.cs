using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>Renders the case page as a reviewer who has it in hand.</summary>
public abstract class CasePageContext(DeskStore desk) : DeskContext(desk), IAsyncLifetime
{
    protected const string Actions = ".case-actions [data-testid]";

    /// <summary>What lies over the page: dialogs and what is said in passing.</summary>
    protected IRenderedComponent<IComponent> Around { get; private set; } = null!;

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected async Task<(CaseId Id, IRenderedComponent<CasePage> Page)> InHand()
    {
        var id = await Sample.ELicence();
        return (id, await InHand(id));
    }

    protected async Task<IRenderedComponent<CasePage>> InHand(CaseId id)
    {
        Assert.Null((await Store.Get<ClaimCase>().Handle(Actor, id)).Refusal);
        return Show(id);
    }

    protected IRenderedComponent<CasePage> Show(CaseId id)
    {
        var page = Render<CasePage>(p => p.Add(x => x.Id, id.Value));
        page.WaitForState(() => page.FindAll(".case-actions, .state-error").Count > 0);
        return page;
    }

    /// <summary>The draft that is kept.</summary>
    protected async Task<Draft> Kept(CaseId id) => (await Store.Get<CaseQuery>().Handle(Actor, id)).Value.Draft;

    /// <summary>Nothing is typed for a second.</summary>
    protected void HandsRest() => Store.Time.Advance(TimeSpan.FromSeconds(1));

    protected static IEnumerable<string?> Ticked(IRenderedComponent<CasePage> page) =>
        page.FindAll("[data-testid=decision] input[checked]").Select(box => box.GetAttribute("data-testid"));

    async Task IAsyncLifetime.InitializeAsync()
    {
        Actor = await Sample.Staff(Roles.Reviewer);
        Around = RenderProviders();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
