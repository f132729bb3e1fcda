using System.CommandLine;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Features.Audit;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Features.Checking;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Staff;

namespace ReviewConsole.Shell;

/// <summary>The verbs of the command line.</summary>
internal static class Verbs
{
    public static RootCommand All() =>
        new("Staff console for e-licence applications and ID-photo reviews. Without a verb it serves the web application.")
        {
            CheckPhotoCommand.Create(),
            DueCommand.Create(id => Queues.Standard.Find(id)?.Sla, [.. Queues.Standard.All.Select(queue => queue.Id)], Holidays.Shipped, Console.In),
            CreateApiClient.Verb(ReviewConsoleApp.WithStore),
            CreateUserCommand.Make(ReviewConsoleApp.WithStore),
            RebuildRollups.Verb(ReviewConsoleApp.WithStore),
            VerifyAuditCommand.Make(ReviewConsoleApp.WithServices),
        };
}
