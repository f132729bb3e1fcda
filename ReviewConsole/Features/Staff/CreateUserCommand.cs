using System.CommandLine;
using System.Text;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Staff;

/// <summary><c>create-user</c>: makes the account of a member of staff from the command line; the first administrator is made so.</summary>
/// <remarks>The password is never an argument, where other users of the machine could read it: it comes from standard input, or is made and printed once.</remarks>
public static class CreateUserCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="open">Opens the product's services on the same configuration as the web application, without serving.</param>
    public static Command Make(Func<CancellationToken, Task<IHost>> open)
    {
        Option<string> name = new("--name") { Description = "User name to sign in with", Required = true };
        Option<string> displayName = new("--display-name") { Description = "Name as colleagues see it; the user name where it is left out" };
        Option<string[]> roles = new("--role") { Description = $"Role, may be repeated: {KnownRoles}", Required = true, AllowMultipleArgumentsPerToken = true };
        Option<string[]> authorities = new("--authority") { Description = "Code of an issuing authority, those below it included; may be repeated", AllowMultipleArgumentsPerToken = true };
        Option<string[]> queues = new("--queue") { Description = "Id of a queue; may be repeated", AllowMultipleArgumentsPerToken = true };
        Option<bool> generate = new("--generate-password") { Description = "Make a first password and print it once, instead of reading it from standard input" };
        Command verb = new("create-user", "Makes the account of a member of staff. The first password is read from standard input and has to be replaced at the first sign-in.")
        {
            name, displayName, roles, authorities, queues, generate,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            using var host = await open(cancel);
            var words = host.Services.GetRequiredService<RefusalWords>();
            var made = RolesOf(parsed.GetValue(roles) ?? []);
            var password = made.Refusal is not null ? "" : parsed.GetValue(generate) ? StaffPasswords.Generate() : ReadPassword(error);
            var answer = made.Refusal ?? (await host.Services.GetRequiredService<CreateUser>().Handle(
                Actor.System("create-user") with { Permissions = [Permission.Administer] },
                new(parsed.GetValue(name)!, parsed.GetValue(displayName) ?? parsed.GetValue(name)!, made.Value, parsed.GetValue(authorities) ?? [], parsed.GetValue(queues) ?? [], password))).Refusal;
            if (answer is not null)
            {
                await error.WriteLineAsync(words.Of(answer));
                return 1;
            }

            await output.WriteLineAsync(parsed.GetValue(name));
            if (parsed.GetValue(generate))
                await output.WriteLineAsync(password);
            return 0;
        });
        return verb;
    }

    private static string KnownRoles => string.Join(' ', Permissions.Single.Select(role => role.ToString().ToLowerInvariant()));

    private static Answer<Roles> RolesOf(IEnumerable<string> names)
    {
        var roles = Roles.None;
        foreach (var name in names)
        {
            var role = Permissions.Single.FirstOrDefault(known => string.Equals(known.ToString(), name, StringComparison.OrdinalIgnoreCase));
            if (role == Roles.None)
                return new Refusal("ROLE_UNKNOWN", name, KnownRoles);
            roles |= role;
        }

        return roles;
    }

    // Typed characters are not shown; a pipe is read to the end of its first line.
    private static string ReadPassword(TextWriter prompt)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? "";
        prompt.Write("Password: ");
        StringBuilder typed = new();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        prompt.WriteLine();
        return typed.ToString();
    }
}
