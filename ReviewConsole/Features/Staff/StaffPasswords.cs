using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using ReviewConsole.Data;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Staff;

/// <summary>Rules of passwords and sign-in: long rather than complicated, and a pause after wrong tries.</summary>
public static class StaffPasswords
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>Wrong tries in a row before the account is locked.</summary>
    public const int MostTries = 5;

    /// <summary>For how long it is locked.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>A password takes a processor for a tenth of a second. When a shift begins, half of them stay free for whoever works already, and for reading what others send.</summary>
    public static Turns Turns { get; } = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Hashes a password in its turn. It takes long: do it before the write lane is entered.</summary>
    internal static Task<string> Hash(this IPasswordHasher<StaffUser> hasher, string password, CancellationToken cancel = default) =>
        Turns.Take(() => Task.FromResult(hasher.HashPassword(new(), password)), cancel);

    /// <summary>A password from 20 letters and digits that are not mistaken for each other: more than 110 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
}
