using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Intake.Clients;
using ReviewConsole.Tests.Torture;

namespace ReviewConsole.Tests.Support;

/// <summary>The app's back end, as far as a test needs one.</summary>
internal static class AppBackEnd
{
    /// <summary>A key of a client of its own, which may do what is said; at first hand requests in.</summary>
    public static async Task<string> NewKey(this IServiceProvider services, params Permission[] permissions)
    {
        var administrator = Actor.System("test") with { Permissions = [Permission.Administer] };
        ClientEntry entry = new("test", permissions is [] ? [Permission.Intake] : permissions, ClientEntry.MostRate);
        return (await services.GetRequiredService<CreateApiClient>().Handle(administrator, entry, CancellationToken.None)).Value;
    }

    /// <summary>Hands requests in over HTTP and waits until they are checked and open.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyList<Guid>> Receive(this IServiceProvider services, Uri address, params Posting[] postings)
    {
        using HttpClient api = new() { BaseAddress = address };
        api.DefaultRequestHeaders.Authorization = new("Bearer", await services.NewKey());
        Applicants applicants = new(api);
        foreach (var posting in postings)
            Assert.True(await applicants.Send(posting), string.Join('\n', applicants.Odd));
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        await InTime.Holds(async () => !await db.Cases.AnyAsync(c => c.State == CaseState.Received));
        return [.. postings.Select(posting => posting.Id!.Value)];
    }

    /// <summary>The same of a host.</summary>
    public static Task<IReadOnlyList<Guid>> Receive(this ConsoleHost host, params Posting[] postings) => host.Services.Receive(host.Address, postings);
}
