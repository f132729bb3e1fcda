using System.Runtime.InteropServices;

namespace ReviewConsole.Domain.Supervision;

/// <summary>A share of a sample and where the true share lies with 95 % confidence (Wilson's interval, which is honest for few and for none).</summary>
/// <param name="Share">The share seen, 0 to 1.</param>
/// <param name="Low">Lower end, 0 to 1.</param>
/// <param name="High">Upper end, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ShareInterval(double Share, double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>The share of <paramref name="hits"/> among <paramref name="all"/>; null where there are none.</summary>
    public static ShareInterval? Of(int hits, int all)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, all);
        if (all == 0)
            return null;
        double n = all, p = hits / n;
        var centre = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var reach = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return new(p, hits == 0 ? 0 : centre - reach, hits == all ? 1 : centre + reach);
    }
}
