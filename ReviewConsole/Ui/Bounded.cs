using System.Globalization;

namespace ReviewConsole.Ui;

/// <summary>Numbers that are counted only as far as people read them.</summary>
public static class Bounded
{
    /// <summary>The largest number that is said; beyond it stands a plus.</summary>
    public const int Most = 999;

    /// <summary>The number, or <c>999+</c>.</summary>
    public static string Text(int count) => count > Most ? string.Create(CultureInfo.InvariantCulture, $"{Most}+") : count.ToString(CultureInfo.InvariantCulture);
}
