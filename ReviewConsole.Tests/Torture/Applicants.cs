using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Domain.People;
using ReviewConsole.Photos.Drawn;

namespace ReviewConsole.Tests.Torture;

/// <summary>One POST, under its key for as long as it takes.</summary>
internal sealed record Posting(string Path, string Body)
{
    public string Key { get; } = Guid.NewGuid().ToString();

    /// <summary>The document's number; null for a resubmission.</summary>
    public string? Number { get; init; }

    /// <summary>The request's id; known from the beginning for a resubmission, from the answer for an intake.</summary>
    public Guid? Id { get; set; }
}

/// <summary>The back end of the app: hands requests in without a pause, through real HTTP, for as long as anybody listens. What got no answer is sent again, what was asked is answered when the application is next there.</summary>
internal sealed class Applicants(HttpClient api)
{
    private static readonly byte[][] Portraits = [.. Enumerable.Range(1, 6).Select(seed => DrawnPortrait.Portrait(seed, new() { Width = 220, Height = 320 }))];
    private static int people;
    private readonly ConcurrentQueue<Guid> asked = [];
    private readonly ConcurrentQueue<Guid> answering = [];
    private readonly Lock gate = new();
    private TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answered with success.</summary>
    public ConcurrentQueue<Posting> Acknowledged { get; } = [];

    /// <summary>Sent, and no answer came.</summary>
    public ConcurrentQueue<Posting> Unanswered { get; } = [];

    /// <summary>Answers that nobody expected.</summary>
    public ConcurrentQueue<string> Odd { get; } = [];

    /// <summary>An applicant was asked for more and will answer, once the application was started anew.</summary>
    public void Asked(Guid id) => asked.Enqueue(id);

    /// <summary>Somebody listens again: everybody goes on.</summary>
    public void Resume()
    {
        lock (gate)
        {
            while (asked.TryDequeue(out var id))
                answering.Enqueue(id);
            open.TrySetResult();
        }
    }

    /// <summary>Nobody listens any more: everybody waits.</summary>
    public void Pause()
    {
        lock (gate)
        {
            if (open.Task.IsCompleted)
                open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Posts one after the other until stopped.</summary>
    public async Task Post(TimeSpan pause, CancellationToken stop)
    {
        while (await Open(stop))
        {
            await Send(Next());
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Posts one; also again, under the same key.</summary>
    public async Task<bool> Send(Posting posting)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/{posting.Path}") { Content = new StringContent(posting.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", posting.Key);
            using var answer = await api.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == (posting.Number is null ? HttpStatusCode.OK : HttpStatusCode.Created) && Guid.Parse((string)JsonNode.Parse(text)!["id"]!) is var id && (posting.Id is null || posting.Id == id))
            {
                posting.Id = id;
                Acknowledged.Enqueue(posting);
                return true;
            }

            Odd.Enqueue($"{(int)answer.StatusCode} {text} to {posting}");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            Unanswered.Enqueue(posting);
        }

        return false;
    }

    private async Task<bool> Open(CancellationToken stop)
    {
        Task until;
        lock (gate)
            until = open.Task;
        await until.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }

    private Posting Next()
    {
        var dice = Random.Shared.Next(10);
        if (dice < 6 && Unanswered.TryDequeue(out var again))
            return again;
        if (answering.TryDequeue(out var id))
            return new($"requests/{id}/resubmission", new JsonObject { ["portrait"] = Portrait() }.ToJsonString()) { Id = id };
        return dice % 4 > 0 ? Application() : Card();
    }

    /// <summary>An e-licence application of somebody new, with a photo on file where one is wanted.</summary>
    public static Posting Application(string authority = "粤B", bool onFile = false)
    {
        var number = Number();
        JsonObject body = new()
        {
            ["applicant"] = Person(number, "real-person"),
            ["licence"] = new JsonObject
            {
                ["number"] = number,
                ["status"] = "A",
                ["classes"] = "C1",
                ["validFrom"] = "2020-03-01",
                ["validTo"] = "2040-03-01",
                ["authority"] = authority,
                ["sourceTime"] = "2026-01-05T10:00:00+08:00",
            },
            ["photoSource"] = "camera",
            ["portrait"] = Portrait(),
        };
        if (onFile)
            body["photoOnFile"] = new JsonObject { ["picture"] = Portrait(), ["taken"] = "2024-05-01" };
        return new("e-licence-applications", body.ToJsonString()) { Number = number };
    }

    /// <summary>An ID card of somebody new.</summary>
    public static Posting Card()
    {
        var number = Number();
        return new("id-photo-reviews", new JsonObject
        {
            ["applicant"] = Person(number, "online"),
            ["authority"] = "粤B",
            ["cardValidity"] = new JsonObject { ["from"] = "2020-05-01", ["to"] = "2040-05-01" },
            ["portraitSide"] = Portrait(),
            ["emblemSide"] = Portrait(),
            ["liveFrame"] = Portrait(),
            ["score"] = 0.41,
            ["attempts"] = 3,
        }.ToJsonString())
        { Number = number };
    }

    // Every file is another: the same from two people would be a risk, and each approval a second person's. A comment goes behind the two bytes that begin a JPEG.
    private static string Portrait()
    {
        var drawn = Portraits[Random.Shared.Next(Portraits.Length)];
        return Convert.ToBase64String([.. drawn[..2], 0xFF, 0xFE, 0, 18, .. Guid.NewGuid().ToByteArray(), .. drawn[2..]]);
    }

    private static JsonObject Person(string number, string level) => new()
    {
        ["name"] = "陈雨桐",
        ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = number },
        ["phone"] = "13800138000",
        ["phoneSource"] = "police-record",
        ["level"] = level,
    };

    // Adults of a card's age over all numbers: born 1980 to 1990, 90 orders a day.
    private static string Number()
    {
        var n = Interlocked.Increment(ref people);
        return CitizenId.Compose("440305", new DateOnly(1980, 1, 1).AddDays(n % 3650), 100 + n / 3650).Value;
    }
}
