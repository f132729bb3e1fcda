using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MudBlazor;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Status;

/// <summary>How the product is doing; it looks anew every ten seconds.</summary>
public sealed partial class StatusPage(StatusQuery query, TryWorkNow now, CurrentActor who, ISnackbar snackbar, RefusalWords words, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];
    private readonly CancellationTokenSource leaving = new();
    private ITimer? renewal;
    private SystemStatus? status;
    private Refusal? refusal;
    private bool busy;

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            renewal = time.CreateTimer(_ => _ = InvokeAsync(Renew), null, Every, Every);
    }

    private static string Tone(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "look",
        _ => "bad",
    };

    // Behind the plus stands the whole hash of the sources.
    private static string ShortVersion(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is var plus and >= 0 ? version[..Math.Min(version.Length, plus + 8)] : version;

    private static string Bytes(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1024 && unit < Units.Length - 1)
            (size, unit) = (size / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(size, unit == 0 ? 0 : 1)} {Units[unit]}");
    }

    private async Task Renew()
    {
        try
        {
            await Load();
            StateHasChanged();
        }
        catch (Exception left) when (left is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left meanwhile.
        }
    }

    private async Task Load()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            await Read();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task Read()
    {
        var answer = await query.Handle(await who.Get(), leaving.Token);
        (refusal, status) = (answer.Refusal, answer.Refusal is null ? answer.Value : null);
    }

    private async Task TryNow(FailingWork work)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var answer = await now.Handle(await who.Get(), work.Id);
            snackbar.Add(answer.Refusal is { } no ? words.Of(no) : T["Tried"], answer.Refusal is null ? Severity.Success : Severity.Warning);
            await Read();
        }
        finally
        {
            busy = false;
        }
    }

    private string Say(string key, string otherwise) => T[key] is { ResourceNotFound: false } said ? said : otherwise;

    private string Topic(string topic) => Values[$"Value_{topic}"] is { ResourceNotFound: false } said ? said : topic;

    private string Age(TimeSpan age) =>
        age.TotalDays >= 1 ? T["Age_Days", (int)age.TotalDays, age.Hours]
        : age.TotalHours >= 1 ? T["Age_Hours", (int)age.TotalHours, age.Minutes]
        : T["Age_Minutes", age.Minutes, age.Seconds];
}
