using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>The accounts of staff. Filters and whose account is looked at stand in the URL; what was typed names people and stays out of it.</summary>
public sealed partial class UsersPage : IDisposable
{
    private const string NewUser = "new";
    private readonly CancellationTokenSource leaving = new();
    private Actor actor = Actor.Nobody;
    private UserList? list;
    private UserRow? chosen;
    private Refusal? refusal;
    private (Guid Id, string Password)? made;
    private bool mayChange;
    private Renewal? renewal;
    private string? text;
    private int loads;
    private int shown;

    /// <summary>Only holders of this role.</summary>
    [SupplyParameterFromQuery(Name = "role")]
    public string? Role { get; set; }

    /// <summary>Only people whose reach has to do with this authority.</summary>
    [SupplyParameterFromQuery(Name = "authority")]
    public string? AuthorityCode { get; set; }

    /// <summary>Only accounts that stand so; one of <see cref="UserState"/>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Id of the last account of the page before.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>Id of the person whose account is shown; <c>new</c> for one to be made.</summary>
    [SupplyParameterFromQuery(Name = "user")]
    public string? User { get; set; }

    [Inject]
    private UsersQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool Making => User == NewUser && mayChange;

    private UserFilter Filter => UserFilter.Of(Role, AuthorityCode, State) with
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        After = Guid.TryParse(After, out var after) ? after : null,
    };

    private bool Filtered => Filter with { After = null } != new UserFilter();

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            renewal = new(Feed, Time, e => e.Stream.StartsWith("user:", StringComparison.Ordinal), () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        var (started, reader) = (++loads, await Who.Get());
        var answer = await Query.Page(reader, Filter, leaving.Token);
        var one = Guid.TryParse(User, out var id) ? await Query.One(reader, id, leaving.Token) : Refusals.NotFound;
        // A newer answer, perhaps to other filters, is already there.
        if (started < shown)
            return;
        (shown, actor, mayChange, refusal) = (started, reader, reader.May(Permission.Administer), answer.Refusal);
        list = refusal is null ? answer.Value : null;
        chosen = one.Refusal is null ? one.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    // Another text is another list, which begins at its beginning.
    private Task Find(string? typed)
    {
        text = typed;
        if (After is null)
            return Load();
        Go("after", null);
        return Task.CompletedTask;
    }

    private Task Created((Guid Id, string Password) user)
    {
        made = user;
        Choose(user.Id.ToString());
        return Task.CompletedTask;
    }

    private void Choose(string? user)
    {
        if (user is null || user == NewUser)
            made = null;
        Navigation.NavigateTo(AddressOf(user));
    }

    private string AddressOf(string? user) => Navigation.GetUriWithQueryParameter("user", user);

    // Another filter is another list, which begins at its beginning.
    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["after"] = null, [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim() }));

    private Task Clear()
    {
        text = null;
        if (Filter == new UserFilter())
            return Load();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/users", new Dictionary<string, object?>(StringComparer.Ordinal) { ["user"] = User }));
        return Task.CompletedTask;
    }
}
