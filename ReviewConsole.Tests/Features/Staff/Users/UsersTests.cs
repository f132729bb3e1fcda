using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Staff;
using ReviewConsole.Features.Staff.Users;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Staff.Users;

/// <summary>What administrators do with the accounts of staff, and what they may not do.</summary>
public sealed class UsersTests : IAsyncLifetime
{
    private const string Number = "11010519491231002X";
    private static readonly Actor Product = Actor.System("test") with { Permissions = [Permission.Administer, Permission.SeeStaff] };
    private readonly TestStore store = new();
    private Actor admin = null!;

    [Theory]
    [InlineData("", Roles.Reviewer, "粤", "e-licence", "USER_DISPLAY_NAME")]
    [InlineData("甲\n乙", Roles.Reviewer, "粤", "e-licence", "USER_DISPLAY_NAME")]
    [InlineData("甲", Roles.None, "粤", "e-licence", "USER_ROLES")]
    [InlineData("甲", (Roles)32, "粤", "e-licence", "USER_ROLES")]
    [InlineData("甲", Roles.Auditor | Roles.Administrator, "粤", "e-licence", "USER_AUDITOR_ALONE")]
    [InlineData("甲", Roles.Reviewer, "", "e-licence", "USER_REACH")]
    [InlineData("甲", Roles.Senior, "粤", "", "USER_REACH")]
    [InlineData("甲", Roles.Supervisor, "", "", "USER_REACH")]
    [InlineData("甲", Roles.Reviewer, "火", "e-licence", "AUTHORITY_UNKNOWN")]
    [InlineData("甲", Roles.Reviewer, "粤", "e-license", "QUEUE_UNKNOWN")]
    [InlineData("甲", Roles.Administrator, "", "", null)]
    [InlineData("甲", Roles.Auditor, "", "", null)]
    public async Task What_an_account_may_be_is_the_same_rule_for_making_and_for_changing(string name, Roles roles, string authority, string queue, string? code)
    {
        string[] authorities = authority.Length == 0 ? [] : [authority];
        string[] queues = queue.Length == 0 ? [] : [queue];
        var id = await Made("han", Roles.Reviewer);
        Assert.Equal(code, (await store.Get<CreateUser>().Handle(admin, new("mei", name, roles, authorities, queues, StaffPasswords.Generate()))).Refusal?.Code);
        Assert.Equal(code, (await Change(id, _ => new(name, roles, authorities, queues))).Refusal?.Code);
    }

    [Fact]
    public async Task A_change_counts_at_the_next_step_and_signs_nobody_out()
    {
        var id = await Made("han", Roles.Reviewer);
        var session = await Session(id);
        Assert.True((await store.Get<StaffActors>().Of(session)).May(Permission.Review));

        Assert.Null((await Change(id, _ => new("韩梅梅", Roles.Supervisor, ["浙"], ["second"]))).Refusal);

        var now = await store.Get<StaffActors>().Of(session);
        Assert.Equal("韩梅梅", now.Name);
        Assert.False(now.May(Permission.Review));
        Assert.True(now.May(Permission.Supervise));
        Assert.True(now.Reaches("second", "浙A"));
        Assert.False(now.Reaches("e-licence", "粤A"));
        Assert.Equal(["UserChanged", "UserCreated"], await History(id));
    }

    [Fact]
    public async Task What_is_the_same_is_no_change()
    {
        var id = await Made("han", Roles.Reviewer);
        Assert.Null((await Change(id, seen => seen with { DisplayName = $" {seen.DisplayName} ", Queues = [.. seen.Queues.Reverse()] })).Refusal);
        Assert.Equal(["UserCreated"], await History(id));
    }

    [Fact]
    public async Task The_second_of_two_administrators_overwrites_nothing()
    {
        var id = await Made("han", Roles.Reviewer);
        var seen = await Seen(id);
        var change = store.Get<ChangeUser>();
        Assert.Null((await change.Handle(admin, id, seen, seen with { Roles = Roles.Senior })).Refusal);
        Assert.Equal("USER_CHANGED", (await change.Handle(admin, id, seen, seen with { DisplayName = "另一个" })).Refusal!.Code);
        Assert.Equal((Roles.Senior, "han"), ((await Seen(id)).Roles, (await Seen(id)).DisplayName));
    }

    [Fact]
    public async Task A_sign_in_under_way_does_not_undo_what_an_administrator_did_meanwhile()
    {
        var id = await Made("han", Roles.Reviewer);
        await using var scope = store.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        var before = (await users.FindByNameAsync("han"))!;
        Assert.Null((await store.Get<CloseUser>().Handle(admin, id)).Refusal);
        // Identity writes the whole row, as it read it.
        Assert.False((await users.AccessFailedAsync(before)).Succeeded);
        Assert.NotNull((await User(id)).DisabledAt);
    }

    [Fact]
    public async Task A_claim_beyond_the_new_reach_goes_back_and_one_within_stays()
    {
        Sample sample = new(store);
        var (id, elsewhere) = (await Made("han", Roles.Reviewer, ["粤", "浙"]), await Made("mei", Roles.Reviewer, ["粤", "浙"]));
        var claimed = await sample.ELicence("粤B");
        Assert.Null((await store.Get<ClaimCase>().Handle(await ActorOf(id), claimed)).Refusal);
        var other = await sample.ELicence("浙A");
        Assert.Null((await store.Get<ClaimCase>().Handle(await ActorOf(elsewhere), other)).Refusal);

        await Change(id, seen => seen with { Authorities = ["粤B"] });
        Assert.Equal(CaseState.Claimed, (await Case(claimed)).State);
        await Change(id, seen => seen with { Authorities = ["粤A"] });
        Assert.Equal((CaseState.Open, (ReviewerId?)null), ((await Case(claimed)).State, (await Case(claimed)).Holder));
        // A role that is gone is as good as a reach that is gone.
        await Change(elsewhere, seen => seen with { Roles = Roles.Supervisor });
        Assert.Equal(CaseState.Open, (await Case(other)).State);
    }

    [Fact]
    public async Task Nobody_works_on_their_own_case_from_the_moment_the_document_is_on_record()
    {
        Sample sample = new(store);
        var (id, claimed) = (await Made("han", Roles.Reviewer), await sample.ELicence());
        Assert.Null((await store.Get<ClaimCase>().Handle(await ActorOf(id), claimed)).Refusal);
        string number;
        await using (var db = await store.Open())
            number = (await db.Applicants.SingleAsync()).Document.Number;

        Assert.Null((await store.Get<RecordOwnDocument>().Handle(admin, id, IdentityDocumentKind.ResidentIdentityCard, number)).Refusal);

        Assert.Equal(CaseState.Open, (await Case(claimed)).State);
        Assert.Equal(Refusals.Recused, (await store.Get<ClaimCase>().Handle(await ActorOf(id), claimed)).Refusal);
        Assert.True((await store.Get<UsersQuery>().One(admin, id)).Value.HasDocument);
        Assert.Null((await store.Get<ClearOwnDocument>().Handle(admin, id)).Refusal);
        Assert.Null((await store.Get<ClaimCase>().Handle(await ActorOf(id), claimed)).Refusal);
        Assert.Equal(["OwnDocumentCleared", "OwnDocumentRecorded", "UserCreated"], await History(id));
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused_and_no_number_stands_anywhere_in_clear()
    {
        var id = await Made("han", Roles.Reviewer);
        var record = store.Get<RecordOwnDocument>();
        Assert.Equal("ID_NUMBER_CHECK", (await record.Handle(admin, id, IdentityDocumentKind.ResidentIdentityCard, "110105194912310021")).Refusal!.Code);
        Assert.Null((await record.Handle(admin, id, IdentityDocumentKind.ResidentIdentityCard, Number.ToLowerInvariant())).Refusal);
        Assert.StartsWith("hs256:", (await User(id)).DocumentIndex, StringComparison.Ordinal);
        await using var db = await store.Open();
        foreach (var entry in await db.AuditEntries.ToListAsync())
        {
            Assert.DoesNotContain(Number, entry.Payload, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("han", entry.Payload, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_clears_or_replaces_their_own_document()
    {
        var (id, record) = (admin.Staff!.Value, store.Get<RecordOwnDocument>());
        Assert.Null((await record.Handle(admin, id, IdentityDocumentKind.ResidentIdentityCard, Number)).Refusal);
        Assert.Equal("USER_SELF", (await record.Handle(admin, id, IdentityDocumentKind.Passport, "E12345678")).Refusal!.Code);
        Assert.Equal("USER_SELF", (await store.Get<ClearOwnDocument>().Handle(admin, id)).Refusal!.Code);
        Assert.True((await store.Get<UsersQuery>().One(admin, id)).Value.HasDocument);
    }

    [Fact]
    public async Task Administrators_neither_close_themselves_nor_take_their_own_role_nor_reset_their_own_password()
    {
        await Made("admin2", Roles.Administrator);
        var id = admin.Staff!.Value;
        Assert.Equal("USER_SELF", (await store.Get<CloseUser>().Handle(admin, id)).Refusal!.Code);
        Assert.Equal("USER_SELF", (await store.Get<ResetPassword>().Handle(admin, id)).Refusal!.Code);
        Assert.Equal("USER_SELF", (await Change(id, seen => seen with { Roles = Roles.Supervisor, Authorities = ["粤"], Queues = ["second"] })).Refusal!.Code);
        Assert.Null((await Change(id, seen => seen with { Roles = Roles.Administrator | Roles.Supervisor, Authorities = ["粤"], Queues = ["second"] })).Refusal);
    }

    [Fact]
    public async Task The_last_open_administrator_stays_one()
    {
        var (first, second) = (admin.Staff!.Value, await Made("admin2", Roles.Administrator));
        var close = store.Get<CloseUser>();
        Assert.Null((await close.Handle(Product, second)).Refusal);
        Assert.Equal("USER_LAST_ADMINISTRATOR", (await close.Handle(Product, first)).Refusal!.Code);
        var seen = await Seen(first);
        Assert.Equal("USER_LAST_ADMINISTRATOR", (await store.Get<ChangeUser>().Handle(Product, first, seen, seen with { Roles = Roles.Auditor })).Refusal!.Code);
        // Two who close each other at the same moment: one of them stays.
        await store.Get<ReopenUser>().Handle(Product, second);
        var other = await ActorOf(second);
        var answers = await Task.WhenAll(close.Handle(admin, second), close.Handle(other, first));
        Assert.Equal("USER_LAST_ADMINISTRATOR", Assert.Single(answers, answer => answer.Refusal is not null).Refusal!.Code);
    }

    [Fact]
    public async Task A_closed_account_ends_everything_and_a_reopened_one_begins_anew()
    {
        Sample sample = new(store);
        var (id, claimed) = (await Made("han", Roles.Reviewer), await sample.ELicence());
        var session = await Session(id);
        await store.Get<ClaimCase>().Handle(await ActorOf(id), claimed);

        Assert.Null((await store.Get<CloseUser>().Handle(admin, id)).Refusal);

        Assert.Equal(Actor.Nobody, await store.Get<StaffActors>().Of(session));
        Assert.Equal(CaseState.Open, (await Case(claimed)).State);
        Assert.Equal(UserState.Closed, (await store.Get<UsersQuery>().One(admin, id)).Value.State);
        Assert.Equal("USER_CLOSED", (await store.Get<CloseUser>().Handle(admin, id)).Refusal!.Code);
        Assert.Equal("USER_CLOSED", (await store.Get<ResetPassword>().Handle(admin, id)).Refusal!.Code);
        Assert.Equal("USER_CLOSED", (await store.Get<UnlockUser>().Handle(admin, id)).Refusal!.Code);
        Assert.Equal("USER_CLOSED", (await store.Get<RecordOwnDocument>().Handle(admin, id, IdentityDocumentKind.ResidentIdentityCard, Number)).Refusal!.Code);
        Assert.Equal("USER_CLOSED", (await store.Get<ClearOwnDocument>().Handle(admin, id)).Refusal!.Code);
        Assert.Equal("USER_CLOSED", (await Change(id, seen => seen with { DisplayName = "x" })).Refusal!.Code);

        Assert.Null((await store.Get<ReopenUser>().Handle(admin, id)).Refusal);
        Assert.Null((await store.Get<ReopenUser>().Handle(admin, id)).Refusal);
        // The sign-ins of before stay ended.
        Assert.Equal(Actor.Nobody, await store.Get<StaffActors>().Of(session));
        Assert.NotEqual(Actor.Nobody, await store.Get<StaffActors>().Of(await Session(id)));
        Assert.Equal(["AccountReopened", "AccountClosed", "UserCreated"], await History(id));
    }

    [Fact]
    public async Task A_reset_password_opens_once_ends_every_sign_in_and_gives_back_what_is_in_hand()
    {
        Sample sample = new(store);
        var (id, claimed) = (await Made("han", Roles.Reviewer), await sample.ELicence());
        var session = await Session(id);
        await store.Get<ClaimCase>().Handle(await ActorOf(id), claimed);

        var password = (await store.Get<ResetPassword>().Handle(admin, id)).Value;

        Assert.Equal(Actor.Nobody, await store.Get<StaffActors>().Of(session));
        Assert.Equal(CaseState.Open, (await Case(claimed)).State);
        var user = await User(id);
        await using var scope = store.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        Assert.True(await users.CheckPasswordAsync(user, password));
        Assert.False(await users.CheckPasswordAsync(user, StaffSetup.Password));
        Assert.Equal(UserState.MustChangePassword, (await store.Get<UsersQuery>().One(admin, id)).Value.State);
        await using var db = await store.Open();
        Assert.All(await db.AuditEntries.Select(e => e.Payload).ToListAsync(), payload => Assert.DoesNotContain(password, payload, StringComparison.Ordinal));
        Assert.Equal(["PasswordReset", "UserCreated"], await History(id));
    }

    [Fact]
    public async Task A_locked_account_is_unlocked_and_one_that_is_not_stays_as_it_is()
    {
        var id = await Made("han", Roles.Reviewer);
        Assert.Null((await store.Get<UnlockUser>().Handle(admin, id)).Refusal);
        await Lock(id);
        Assert.Equal(UserState.Locked, (await store.Get<UsersQuery>().One(admin, id)).Value.State);
        Assert.Null((await store.Get<UnlockUser>().Handle(admin, id)).Refusal);
        Assert.Equal(UserState.Open, (await store.Get<UsersQuery>().One(admin, id)).Value.State);
        Assert.Equal(0, (await User(id)).AccessFailedCount);
        Assert.Equal(["AccountUnlocked", "UserCreated"], await History(id));
    }

    [Fact]
    public async Task Only_administrators_change_and_auditors_read()
    {
        var id = await Made("han", Roles.Reviewer);
        var seen = await Seen(id);
        foreach (var role in new[] { Roles.Reviewer, Roles.Senior, Roles.Supervisor, Roles.Auditor })
        {
            var other = Actor.StaffMember(Guid.NewGuid(), "", role, ["粤"], ["e-licence"]);
            Refusal?[] changes =
            [
                (await store.Get<CreateUser>().Handle(other, new("mei", "梅", Roles.Auditor, [], [], StaffPasswords.Generate()))).Refusal,
                (await store.Get<ChangeUser>().Handle(other, id, seen, seen with { DisplayName = "x" })).Refusal,
                (await store.Get<RecordOwnDocument>().Handle(other, id, IdentityDocumentKind.ResidentIdentityCard, Number)).Refusal,
                (await store.Get<ClearOwnDocument>().Handle(other, id)).Refusal,
                (await store.Get<ResetPassword>().Handle(other, id)).Refusal,
                (await store.Get<UnlockUser>().Handle(other, id)).Refusal,
                (await store.Get<CloseUser>().Handle(other, id)).Refusal,
                (await store.Get<ReopenUser>().Handle(other, id)).Refusal,
            ];
            Assert.All(changes, refusal => Assert.Equal(Refusals.NotPermitted, refusal));
            Refusal?[] reads =
            [
                (await store.Get<UsersQuery>().Page(other, new())).Refusal, (await store.Get<UsersQuery>().One(other, id)).Refusal, (await store.Get<UsersQuery>().History(other, id)).Refusal,
            ];
            Assert.All(reads, refusal => Assert.Equal(role == Roles.Auditor ? null : Refusals.NotPermitted, refusal));
        }
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_not_found()
    {
        var id = Guid.NewGuid();
        Assert.Equal(Refusals.NotFound, (await store.Get<CloseUser>().Handle(admin, id)).Refusal);
        Assert.Equal(Refusals.NotFound, (await store.Get<ReopenUser>().Handle(admin, id)).Refusal);
        Assert.Equal(Refusals.NotFound, (await store.Get<UsersQuery>().One(admin, id)).Refusal);
    }

    [Fact]
    public async Task The_list_is_found_by_name_role_reach_and_state()
    {
        var (han, mei, lei) = (await Made("han", Roles.Reviewer, ["粤A"]), await Made("mei", Roles.Senior | Roles.Reviewer, ["粤"]), await Made("lei", Roles.Supervisor, ["浙A"]));
        await Made("new", Roles.Auditor, [], first: true);
        await Change(han, seen => seen with { DisplayName = "韩梅梅" });
        await store.Get<CloseUser>().Handle(admin, lei);
        await Lock(mei);

        Assert.Equal(["admin", "han", "lei", "mei", "new"], await Names(new()));
        Assert.Equal(["han"], await Names(new("梅")));
        Assert.Equal(["lei", "mei"], await Names(new("EI")));
        Assert.Equal(["han", "mei"], await Names(new(Role: Roles.Reviewer)));
        Assert.Equal(["mei"], await Names(new(Role: Roles.Senior)));
        Assert.Equal(["han", "mei"], await Names(new(Authority: "粤A")));
        Assert.Equal(["mei"], await Names(new(Authority: "粤B")));
        Assert.Equal(["han", "mei"], await Names(new(Authority: "粤")));
        Assert.Empty(await Names(new(Authority: "火")));
        Assert.Equal(["lei"], await Names(new(State: UserState.Closed)));
        Assert.Equal(["mei"], await Names(new(State: UserState.Locked)));
        Assert.Equal(["new"], await Names(new(State: UserState.MustChangePassword)));
        Assert.Equal(["admin", "han"], await Names(new(State: UserState.Open)));
        store.Time.Advance(StaffPasswords.LockedFor);
        Assert.Equal(["admin", "han", "mei"], await Names(new(State: UserState.Open)));
    }

    [Fact]
    public async Task A_long_list_has_pages_that_miss_nobody_and_name_nobody_twice()
    {
        Sample sample = new(store);
        await sample.Do<Done>(unit =>
        {
            foreach (var i in Enumerable.Range(0, (2 * UsersQuery.PageSize) - 1))
                unit.Db.Users.Add(new() { Id = Guid.NewGuid(), UserName = $"u{i:000}", NormalizedUserName = $"U{i:000}", DisplayName = "x", Roles = Roles.Auditor });
            return default(Done);
        });
        List<string> all = [];
        Guid? after = null;
        var pages = 0;
        do
        {
            var page = (await store.Get<UsersQuery>().Page(admin, new(After: after))).Value;
            all.AddRange(page.Rows.Select(row => row.UserName));
            after = page.Next;
            pages++;
        }
        while (after is not null);
        Assert.Equal(2, pages);
        Assert.Equal(["admin", .. Enumerable.Range(0, (2 * UsersQuery.PageSize) - 1).Select(i => $"u{i:000}")], all);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        admin = await store.Services.AddStaffMember("admin", Roles.Administrator, [], []);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<Guid> Made(string name, Roles roles, string[]? authorities = null, bool first = false) => (await store.Services.AddStaffMember(name, roles, authorities, firstPassword: first)).Staff!.Value;

    private async Task<UserEntry> Seen(Guid id) => (await store.Get<UsersQuery>().One(Product, id)).Value.Entry;

    private async Task<Answer<Done>> Change(Guid id, Func<UserEntry, UserEntry> to)
    {
        var seen = await Seen(id);
        return await store.Get<ChangeUser>().Handle(admin, id, seen, to(seen));
    }

    private async Task<List<string>> Names(UserFilter filter) => [.. (await store.Get<UsersQuery>().Page(admin, filter)).Value.Rows.Select(row => row.UserName)];

    private async Task<IEnumerable<string>> History(Guid id) => (await store.Get<UsersQuery>().History(admin, id)).Value.Select(line => line.Kind);

    private async Task<StaffUser> User(Guid id)
    {
        await using var db = await store.Open();
        return await db.Users.AsNoTracking().SingleAsync(u => u.Id == id);
    }

    private async Task<ReviewCase> Case(CaseId id)
    {
        await using var db = await store.Open();
        return await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
    }

    private async Task<Actor> ActorOf(Guid id) => store.Get<StaffActors>().Of(await User(id));

    // What a sign-in leaves in the cookie.
    private async Task<ClaimsPrincipal> Session(Guid id) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id.ToString()), new(new ClaimsIdentityOptions().SecurityStampClaimType, (await User(id)).SecurityStamp!)]));

    private async Task Lock(Guid id)
    {
        await using var db = await store.Open();
        await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, store.Time.GetUtcNow() + StaffPasswords.LockedFor).SetProperty(u => u.AccessFailedCount, 2));
    }
}
