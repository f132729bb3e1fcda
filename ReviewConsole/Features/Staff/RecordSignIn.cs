using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff;

/// <summary>Puts what happened at sign-in into the audit log (REC-1).</summary>
public sealed class RecordSignIn(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>Records it.</summary>
    public Task Handle(params DomainEvent[] happened) => commit.Run<RecordSignIn, Done>(
        Actor.System("sign-in"),
        unit =>
        {
            foreach (var e in happened)
                unit.Record(e);
            return Task.FromResult<Answer<Done>>(default(Done));
        });
}
