using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Keys;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Intake;

/// <summary>One request under its key: the first answer is kept in the same commit as what it tells of, and every repetition gets it again.</summary>
/// <param name="Client">Who sent it.</param>
/// <param name="Key">The key as sent.</param>
/// <param name="Mark">Keyed hash of method, path and body.</param>
internal sealed record Once(string Client, string Key, string Mark)
{
    /// <summary>The answer given before, or the one that the key belongs to another request; null the first time.</summary>
    public async Task<Reply?> Earlier(ReviewDb db, CancellationToken cancel) =>
        await db.IdempotentAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Client == Client && a.Key == Key, cancel) is not { } earlier ? null
        : earlier.RequestMark == Mark ? new(earlier.Status, earlier.Body)
        : Reply.Problem(409, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used for another request. Send a new key with a new request.");

    /// <summary>Keeps the answer.</summary>
    public Reply Keep(UnitOfWork unit, Reply reply)
    {
        unit.Db.IdempotentAnswers.Add(new IdempotentAnswer { Client = Client, Key = Key, RequestMark = Mark, Status = reply.Status, Body = reply.Body, At = unit.Now });
        return reply;
    }
}

/// <summary>Reads the <c>Idempotency-Key</c> of a request and answers repetitions before any work is done.</summary>
internal sealed class Idempotency(Reads reads, FieldCipher cipher) : IUseCase
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 128;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Reads the request and does the work, unless it was done before.</summary>
    public async Task<Reply> Run<TBody>(HttpContext http, Func<Actor, TBody, Once, Task<Answer<Reply>>> work)
        where TBody : class
    {
        var client = ApiKey.ClientOf(http.User);
        if (!client.May(Needs))
            return IntakeWords.Of(Domain.Cases.Refusals.NotPermitted);
        if (http.Request.Headers[Header] is not [{ Length: > 0 and <= LongestKey } key] || key.Any(c => c is < '!' or > '~'))
            return Reply.Problem(400, "IDEMPOTENCY_KEY_MISSING", "Every POST needs one Idempotency-Key header of 1 to 128 visible ASCII characters.", [new(Header, "REQUIRED", "1 to 128 visible ASCII characters.")]);
        var (bytes, fault) = await RequestBody.Read(http);
        if (fault is not null)
            return fault;
        Once once = new(client.Id, key, cipher.BlindIndex($"{http.Request.Method} {http.Request.Path} {Convert.ToHexString(SHA256.HashData(bytes.Span))}", "request"));
        var earlier = await reads.Run<Idempotency, Reply?>(client, async db =>
        {
            var found = await once.Earlier(db, http.RequestAborted);
            return found;
        }, http.RequestAborted);
        if (earlier.Value is { } given)
            return given;
        (var body, fault) = RequestBody.Parse<TBody>(bytes.Span);
        if (fault is not null)
            return fault;
        var answer = await work(client, body!, once);
        return answer.Refusal is { } refusal ? IntakeWords.Of(refusal) : answer.Value;
    }
}
