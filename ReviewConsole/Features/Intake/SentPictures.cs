using ReviewConsole.Data;
using ReviewConsole.Data.Keys;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Intake;

/// <summary>A picture of a request, decoded and made safe.</summary>
internal sealed record SentPicture(Guid Id, PictureKind Kind, NormalisedPicture Picture, string ContentMark);

/// <summary>Turns the pictures of requests into the form that is kept, before the write lane is entered.</summary>
internal sealed class SentPictures(PictureStore store, FieldCipher cipher, TimeProvider time) : IDisposable
{
    private static readonly PictureLimits Limits = new() { MaxBytes = 5_000_000 };

    // Decoding takes the memory of all pixels: as many at once as there are processors, the others wait.
    private readonly Turns turns = new(Environment.ProcessorCount);

    /// <summary>Reads one picture; what is wrong with it is noted under its field.</summary>
    public async Task<SentPicture?> Read(FieldErrors errors, PictureKind kind, Base64? sent, string field, CancellationToken cancel)
    {
        if (sent is { Bytes: null })
            errors.Add(field, "BASE64");
        if (sent?.Bytes is null)
            return null;
        var result = await turns.Take(() => Task.Run(() => SafeImage.TryNormalise(sent.Bytes, Limits), cancel), cancel);
        if (result.Succeeded)
            return new(Guid.CreateVersion7(time.GetUtcNow()), kind, result.Picture, cipher.Mac(sent.Bytes, "picture"));
        errors.Add(field, result.Refusal);
        return null;
    }

    /// <summary>Reads a picture that must be there.</summary>
    public Task<SentPicture?> Need(FieldErrors errors, PictureKind kind, Base64? sent, string field, CancellationToken cancel) =>
        Read(errors, kind, errors.Need(sent, field), field, cancel);

    /// <summary>The pictures that were read, to be kept together.</summary>
    public PictureBatch Batch(params IEnumerable<SentPicture?> pictures) => new(store, [.. pictures.OfType<SentPicture>()]);

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();
}

/// <summary>The pictures of one request: their files are kept exactly when their rows are committed.</summary>
internal sealed class PictureBatch(PictureStore store, IReadOnlyList<SentPicture> pictures)
{
    private bool named;

    /// <summary>True where no picture came.</summary>
    public bool IsEmpty => pictures.Count == 0;

    /// <summary>Adds the rows that name the files.</summary>
    public void AddTo(UnitOfWork unit, Guid subject, Guid applicant, int round)
    {
        named = true;
        unit.Db.Pictures.AddRange(pictures.Select(p =>
            new Picture(p.Id, subject, applicant, p.Kind, round, p.Picture.Width, p.Picture.Height, p.Picture.Facts, p.ContentMark, unit.Now)));
    }

    /// <summary>Writes the files, commits, and erases the files again where the commit did not take them.</summary>
    public async Task<Answer<Reply>> StoreWith(Func<Task<Answer<Reply>>> commit, CancellationToken cancel)
    {
        var kept = false;
        try
        {
            foreach (var picture in pictures)
                await store.Put(picture.Id, picture.Picture.Jpeg, cancel);
            var answer = await commit();
            kept = named && answer.Refusal is null;
            return answer;
        }
        finally
        {
            if (!kept)
            {
                foreach (var picture in pictures)
                    store.Erase(picture.Id);
            }
        }
    }
}
