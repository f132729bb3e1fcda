namespace ReviewConsole.Tests.Support;

/// <summary>How large the long tests are: a tenth with the suite, whole with <c>REVIEWCONSOLE_FULL=1</c>.</summary>
public static class Sizes
{
    /// <summary>True where the long tests run at full size.</summary>
    public static bool Full { get; } = Environment.GetEnvironmentVariable("REVIEWCONSOLE_FULL") == "1";

    /// <summary>The whole size, or a tenth of it.</summary>
    public static int Of(int whole) => Full ? whole : whole / 10;
}
