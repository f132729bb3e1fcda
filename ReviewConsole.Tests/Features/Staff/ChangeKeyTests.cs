using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Staff;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Staff;

public sealed class ChangeKeyTests : IAsyncLifetime
{
    private readonly TestStore store = new() { Setup = builder => builder.Services.AddStaff() };
    private Actor me = null!;
    private Actor other = null!;

    [Fact]
    public async Task A_key_is_kept_for_the_person_alone_until_the_standard_comes_back()
    {
        Assert.Null((await store.Get<ChangeKey>().Handle(me, KeyAction.Approve, "KeyQ")).Refusal);
        Assert.Null((await store.Get<ChangeKey>().Handle(me, KeyAction.Next, "KeyJ")).Refusal);
        Assert.Equal(("KeyQ", "KeyJ"), ((await Keys(me)).Code(KeyAction.Approve), (await Keys(me)).Code(KeyAction.Next)));
        Assert.False((await Keys(other)).HasOwn);

        Assert.Equal(KeyMap.Taken, (await store.Get<ChangeKey>().Handle(me, KeyAction.Reject, "KeyQ")).Refusal!.Code);
        Assert.Equal("KeyR", (await Keys(me)).Code(KeyAction.Reject));

        Assert.Null((await store.Get<RestoreKeys>().Handle(me)).Refusal);
        Assert.False((await Keys(me)).HasOwn);
    }

    [Fact]
    public async Task Nobody_has_no_keys_to_change()
    {
        Assert.Equal(Refusals.NotPermitted, (await store.Get<ChangeKey>().Handle(Actor.Nobody, KeyAction.Approve, "KeyQ")).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await store.Get<RestoreKeys>().Handle(Actor.Nobody)).Refusal);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        Sample sample = new(store);
        me = await sample.Staff(Roles.Reviewer);
        other = await sample.Staff(Roles.Reviewer, "审核员03");
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<KeyMap> Keys(Actor who)
    {
        await using var db = await store.Open();
        return store.Get<StaffActors>().Of(await db.Users.AsNoTracking().SingleAsync(u => u.Id == who.Staff)).Keys;
    }
}
