using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Intake;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Intake;

public sealed class SentPicturesTests : IAsyncLifetime, IUseCase
{
    private readonly TestStore store = new();

    public static Permission Needs => Permission.System;

    [Fact]
    public async Task Files_are_kept_exactly_when_the_rows_that_name_them_are()
    {
        Assert.Equal(1, await Store(unit => Reply.Of(201, "kept"), named: true));
        Assert.Equal(1, await Store(unit => Reply.Of(201, "the answer given before"), named: false));
        Assert.Equal(1, await Store(unit => Refusals.NotFound, named: true));
        Assert.Equal(1, await Store(unit => throw new TimeoutException(), named: true));
        Assert.Equal(2, await Store(unit => Reply.Of(201, "kept"), named: true));
    }

    [Fact]
    public async Task A_store_that_fails_after_the_work_leaves_no_file() => Assert.Equal(0, await Store(
        unit =>
        {
            // A row that the database does not take: the save fails, after everything else was right.
            unit.Db.Outbox.Add(new(Guid.CreateVersion7(unit.Now), null!, "key", unit.Now));
            return Reply.Of(201, "never sent");
        },
        named: true));

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    /// <summary>Commits a picture and gives the number of files that there are afterwards.</summary>
    private async Task<int> Store(Func<UnitOfWork, Answer<Reply>> work, bool named)
    {
        FieldErrors errors = new();
        var pictures = store.Get<SentPictures>();
        var batch = pictures.Batch(await pictures.Read(errors, PictureKind.Portrait, new Base64(Convert.FromBase64String(IntakeApi.Portrait)), "portrait", CancellationToken.None));
        Assert.Null(errors.Reply);
        try
        {
            await batch.StoreWith(
                () => store.Get<Commit>().Run<SentPicturesTests, Reply>(Actor.System("test"), unit =>
                {
                    if (named)
                        batch.AddTo(unit, Guid.NewGuid(), Guid.NewGuid(), round: 0);
                    return Task.FromResult(work(unit));
                }),
                CancellationToken.None);
        }
        catch (Exception fault) when (fault is TimeoutException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            // The request would be answered with 500; here only the files matter.
        }

        return Directory.GetFiles(Path.Combine(store.Folder, "pictures"), "*", SearchOption.AllDirectories).Length;
    }
}
