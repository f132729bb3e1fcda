using System.Security.Cryptography;

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

    /// <summary>A password from 20 letters and digits that are not mistaken for each other: more than 110 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
}
