using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Staff;

/// <summary>The beginning of a shift: everybody signs in at once, and who works already goes on.</summary>
public sealed class SignInTurnsTests : IAsyncLifetime
{
    private static readonly Slow Hasher = new();
    private readonly TestStore store = new() { Setup = builder => builder.Services.AddSingleton<IPasswordHasher<StaffUser>>(Hasher) };

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
        Assert.InRange(Hasher.Most, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private sealed class Slow : IPasswordHasher<StaffUser>
    {
        private readonly Lock gate = new();
        private int now;

        public int Most { get; private set; }

        public string HashPassword(StaffUser user, string password) => password;

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
