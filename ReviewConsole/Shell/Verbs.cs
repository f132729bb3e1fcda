using System.CommandLine;
using ReviewConsole.Features.Staff;

namespace ReviewConsole.Shell;

/// <summary>The verbs of the command line.</summary>
internal static class Verbs
{
    public static RootCommand All() =>
        new("Staff console for e-licence applications and ID-photo reviews. Without a verb it serves the web application.")
        {
            CreateUserCommand.Make(ReviewConsoleApp.Open),
        };
}
