using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReviewConsole.Data.Keys;
using ReviewConsole.Shell;

namespace ReviewConsole.Tests.Support;

/// <summary>The real application as a process of its own, always on the same port and over the same data folder, to be killed and started again.</summary>
public sealed class ConsoleProcess : IAsyncDisposable
{
    /// <summary>What <see cref="Ended"/> says of a process that got a SIGKILL.</summary>
    public const int Killed = 128 + 9;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly string folder = Directory.CreateTempSubdirectory("review-process-").FullName;
    private readonly Action<string>? said;
    private Process? process;
    private TaskCompletionSource serving = new();
    private Task reading = Task.CompletedTask;

    /// <summary>Nothing is started yet.</summary>
    /// <param name="said">Hears every line that the application writes.</param>
    public ConsoleProcess(Action<string>? said = null)
    {
        this.said = said;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        Settings = new(StringComparer.Ordinal)
        {
            ["Data:Folder"] = Path.Combine(folder, "data"),
            ["Keys:Current"] = "t",
            ["Keys:Encryption:t"] = KeyRing.NewKey(),
            ["Keys:BlindIndex"] = KeyRing.NewKey(),
        };
    }

    public Uri Address { get; }

    /// <summary>The application's settings; what is changed counts from the next start.</summary>
    public Dictionary<string, string?> Settings { get; }

    public string Data => Settings["Data:Folder"]!;

    /// <summary>What is run: the application, or an entry of the tests with its words.</summary>
    public string[] Program { get; init; } = ["ReviewConsole.dll"];

    /// <summary>Starts the process and does not wait.</summary>
    public void Start()
    {
        serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Process.Start(How("--urls", Address.ToString()))!;
        reading = Task.WhenAll(Read(process.StandardOutput, serving), Read(process.StandardError, null));
    }

    /// <summary>Runs a verb of the command line and gives its exit code.</summary>
    public async Task<int> Verb(params string[] words)
    {
        using var verb = Process.Start(How(words))!;
        await Task.WhenAll(Read(verb.StandardOutput, null), Read(verb.StandardError, null), verb.WaitForExitAsync());
        return verb.ExitCode;
    }

    /// <summary>Runs a verb of the command line and gives its exit code and the most memory that it held, in bytes.</summary>
    public async Task<(int Code, long Peak)> VerbAndPeak(params string[] words)
    {
        using var verb = Process.Start(How(words))!;
        var (reading, peak) = (Task.WhenAll(Read(verb.StandardOutput, null), Read(verb.StandardError, null)), 0L);
        while (!verb.WaitForExit(TimeSpan.FromMilliseconds(10)))
        {
            verb.Refresh();
            peak = verb.HasExited ? peak : Math.Max(peak, verb.PeakWorkingSet64);
        }

        await reading;
        return (verb.ExitCode, peak);
    }

    /// <summary>Starts the process and waits until it serves.</summary>
    public async Task StartAndServe()
    {
        Start();
        await Serving();
    }

    /// <summary>Waits until the started process serves.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public Task Serving() => serving.Task.WaitAsync(LongestStart);

    /// <summary>Waits until the started process has ended without this one's doing, for no longer than <paramref name="longest"/>.</summary>
    /// <returns>Its exit code, <see cref="Killed"/> after a SIGKILL; null where it is still running.</returns>
    public async Task<int?> Ended(TimeSpan longest)
    {
        await Task.WhenAny(process!.WaitForExitAsync(), Task.Delay(longest));
        return process.HasExited ? process.ExitCode : null;
    }

    /// <summary>SIGKILL: nothing of the process runs any more. Comes back when all that it had written was read.</summary>
    public async Task Kill()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
        process = null;
    }

    /// <summary>The application's services over the same store, in this process and with nothing in the background.</summary>
    public async Task<T> InStore<T>(Func<IServiceProvider, Task<T>> work, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        foreach (var (name, value) in Settings)
            builder.Configuration[name] = value;
        builder.Logging.ClearProviders();
        ReviewConsoleApp.AddServices(builder);
        if (time is not null)
            builder.Services.AddSingleton(time);
        await using var host = builder.Build();
        await ReviewConsoleApp.Prepare(host.Services, CancellationToken.None);
        try
        {
            return await work(host.Services);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ProcessStartInfo How(params string[] words)
    {
        var home = AppContext.BaseDirectory;
        ProcessStartInfo how = new("dotnet")
        {
            // Beside the tests the application lies without its own list of packages: theirs names the same ones. How it runs is its own.
            ArgumentList =
            {
                "exec", "--runtimeconfig", Path.Combine(home, "ReviewConsole.runtimeconfig.json"), "--depsfile", Path.Combine(home, "ReviewConsole.Tests.deps.json"),
                Path.Combine(home, Program[0]),
            },
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in Program.Skip(1).Concat(words))
            how.ArgumentList.Add(word);
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)))
            how.Environment.Remove(name);
        how.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        how.Environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "ReviewConsole.Tests";
        // What is drawn depends on a key that is new each time.
        how.Environment["Review__SecondLooks__AtMost"] = "0";
        foreach (var (name, value) in Settings)
            how.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return how;
    }

    private async Task Read(StreamReader output, TaskCompletionSource? ready)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            said?.Invoke(line);
            if (line.StartsWith("Serving ", StringComparison.Ordinal))
                ready?.TrySetResult();
        }

        // Nobody may be waiting for it.
        if (ready?.TrySetException(new InvalidOperationException("The application ended before it served.")) == true)
            _ = ready.Task.Exception;
    }
}
