using System.CommandLine;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Features.Intake.Clients;

namespace ReviewConsole.Features.Intake;

/// <summary>Makes an API client and tells its key, once: the store keeps a hash alone.</summary>
internal sealed class CreateApiClient(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Permissions that a client may have.</summary>
    public static IReadOnlyList<Permission> Grantable => ClientEntry.Grantable;

    /// <summary>Does it with the usual limit and gives the key.</summary>
    public Task<Answer<string>> Handle(Actor actor, string name, IReadOnlyCollection<Permission> permissions, CancellationToken cancel) =>
        Handle(actor, new(name, permissions), cancel);

    /// <summary>Does it and gives the key.</summary>
    public async Task<Answer<string>> Handle(Actor actor, ClientEntry entry, CancellationToken cancel)
    {
        if (entry.Fault is { } fault)
            return fault;
        return await commit.Run<CreateApiClient, string>(actor, unit =>
        {
            var id = Guid.CreateVersion7(unit.Now);
            var (key, hash) = ApiKey.New(id);
            unit.Db.ApiClients.Add(new ApiClient
            {
                Id = id,
                Name = entry.Name.Trim(),
                KeyHash = hash,
                Permissions = [.. entry.Permissions.Distinct()],
                RequestsPerMinute = entry.RequestsPerMinute,
                CreatedAt = unit.Now,
            });
            unit.Record(new ApiClientCreated(id, [.. entry.Permissions.Distinct()], entry.RequestsPerMinute));
            return Task.FromResult<Answer<string>>(key);
        }, cancel);
    }

    /// <summary>The verb of the command line.</summary>
    /// <param name="withStore">Runs something with the services of the product, the store being up to date.</param>
    public static Command Verb(Func<Func<IServiceProvider, CancellationToken, Task<int>>, CancellationToken, Task<int>> withStore)
    {
        Option<string> name = new("--name") { Required = true, Description = "Name for administrators." };
        Option<string[]> permissions = new("--permission")
        {
            Description = "intake hands requests in, put-licences puts licence records; may be given twice.",
            DefaultValueFactory = _ => [Words<Permission>.Of(Permission.Intake)],
        };
        permissions.AcceptOnlyFromAmong([.. Grantable.Select(Words<Permission>.Of)]);
        Command verb = new("create-api-client", "Makes an API client and prints its key, once.") { name, permissions };
        verb.SetAction((words, cancel) => withStore(async (services, stop) =>
        {
            Actor commandLine = Actor.System("command-line") with { Permissions = [Permission.Administer] };
            var granted = words.GetValue(permissions)!.Select(word => Words<Permission>.Find(word)!.Value).ToHashSet();
            var answer = await services.GetRequiredService<CreateApiClient>().Handle(commandLine, words.GetValue(name)!, granted, stop);
            if (answer.Refusal is { } refusal)
            {
                await words.InvocationConfiguration.Error.WriteLineAsync($"Refused: {refusal.Code}");
                return 1;
            }

            await words.InvocationConfiguration.Output.WriteLineAsync(answer.Value);
            return 0;
        }, cancel));
        return verb;
    }
}

/// <summary>An API client was made.</summary>
internal sealed record ApiClientCreated(Guid Client, IReadOnlyList<Permission> Permissions, int RequestsPerMinute) : ClientEvent(Client);
