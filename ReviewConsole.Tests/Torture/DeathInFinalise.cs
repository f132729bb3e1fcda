using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ReviewConsole.Tests.Torture;

/// <summary>The application kills itself (SIGKILL) while an approval takes effect: within milliseconds after the e-licence was written and, mostly, before that is committed.</summary>
internal sealed class DeathInFinalise(int licences) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Name of the setting: at how many-th licence.</summary>
    public const string Setting = "Torture:DiesAtLicence";

    private int left = licences;

    public static void Plan(int licences) => DiagnosticListener.AllListeners.Subscribe(new DeathInFinalise(licences));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            value.Subscribe(this, (name, _, _) => name == RelationalEventId.CommandExecuted.Name);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandExecutedEventData data || !data.Command.CommandText.Contains("INSERT INTO \"ELicences\"", StringComparison.Ordinal) || Interlocked.Decrement(ref left) != 0)
            return;
        // At once every third time, and up to the moment after the commit otherwise.
        var after = TimeSpan.FromMilliseconds(Math.Max(0, Random.Shared.Next(-4, 8)));
        if (after == TimeSpan.Zero)
            Process.GetCurrentProcess().Kill();
        new Thread(() =>
        {
            Thread.Sleep(after);
            Process.GetCurrentProcess().Kill();
        }).Start();
    }

    public void OnCompleted()
    {
        // The listener lives as long as the process.
    }

    public void OnError(Exception error)
    {
        // Nothing is asked of it that could fail.
    }
}
