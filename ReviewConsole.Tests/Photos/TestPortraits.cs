namespace ReviewConsole.Tests.Photos;

/// <summary>The folder of labelled portraits, which is no part of the repository: tests that need it are skipped by name without it.</summary>
internal static class TestPortraits
{
    private const string Variable = "REVIEWCONSOLE_PHOTOS";

    /// <summary>The folder, null where it is missing.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The bytes of one file.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Exists(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ReviewConsole.sln")))
            {
                return Exists(Path.Combine(folder.FullName, "..", "shared", "photos"));
            }
        }

        return null;
    }

    private static string? Exists(string folder) => File.Exists(Path.Combine(folder, "labels.csv")) ? folder : null;

    internal const string Missing = "The test portraits (shared/photos beside the repository, or REVIEWCONSOLE_PHOTOS) are not here.";
}

/// <summary>A fact that needs the test portraits.</summary>
internal sealed class PortraitsFactAttribute : FactAttribute
{
    public PortraitsFactAttribute() => Skip = TestPortraits.Folder is null ? TestPortraits.Missing : null;
}

/// <summary>A theory that needs the test portraits.</summary>
internal sealed class PortraitsTheoryAttribute : TheoryAttribute
{
    public PortraitsTheoryAttribute() => Skip = TestPortraits.Folder is null ? TestPortraits.Missing : null;
}
