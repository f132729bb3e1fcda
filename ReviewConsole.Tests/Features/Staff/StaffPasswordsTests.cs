using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Staff;

/// <summary>Passwords cost a processor for a while: who works already goes on meanwhile.</summary>
public sealed class StaffPasswordsTests : IAsyncLifetime
{
    private readonly Slow hasher = new();
    private readonly TestStore store;

    public StaffPasswordsTests() => store = new() { Setup = builder => builder.Services.AddSingleton<IPasswordHasher<StaffUser>>(hasher) };

    [Fact]
    public async Task However_many_come_at_once_half_of_the_processors_stay_free()
    {
        await store.Services.AddStaffMember("early", Roles.Reviewer);
        await Task.WhenAll(Enumerable.Range(0, 8 * Environment.ProcessorCount).Select(i => Task.Factory.StartNew(
            async () =>
            {
                await using var scope = store.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SignIn>().Handle(i % 2 == 0 ? "early" : "nobody", "not the password");
            },
            TaskCreationOptions.LongRunning).Unwrap()));
        Assert.InRange(hasher.Most, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Fact]
    public async Task No_writer_waits_while_a_new_password_is_hashed()
    {
        using SemaphoreSlim asked = new(0), writes = new(0);
        hasher.Hashing = () =>
        {
            hasher.Hashing = null;
            asked.Release();
            Assert.True(writes.Wait(TimeSpan.FromMinutes(1)));
        };
        var slow = Task.Factory.StartNew(() => store.Services.AddStaffMember("slow", Roles.Reviewer), TaskCreationOptions.LongRunning).Unwrap();
        Assert.True(await asked.WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.NotEqual(default, await new Sample(store).ELicence());

        Assert.False(slow.IsCompleted);
        writes.Release();
        Assert.NotNull((await slow).Staff);
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private sealed class Slow : IPasswordHasher<StaffUser>
    {
        private readonly Lock gate = new();
        private int now;

        public int Most { get; private set; }

        public Action? Hashing { get; set; }

        public string HashPassword(StaffUser user, string password)
        {
            Hashing?.Invoke();
            return password;
        }

        public PasswordVerificationResult VerifyHashedPassword(StaffUser user, string hashedPassword, string providedPassword)
        {
            lock (gate)
                Most = Math.Max(Most, ++now);
            Thread.SpinWait(100_000);
            lock (gate)
                now--;
            return PasswordVerificationResult.Failed;
        }
    }
}
