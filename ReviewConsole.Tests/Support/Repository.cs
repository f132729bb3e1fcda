namespace ReviewConsole.Tests.Support;

/// <summary>The repository that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Source files of the product, with '/' in their relative paths.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(params string[] endings) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "ReviewConsole"), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Path.Combine(Root, "ReviewConsole"), file).Replace('\\', '/')
        where !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("data/", StringComparison.Ordinal)
        where !path.StartsWith("Data/Migrations/", StringComparison.Ordinal) && endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        select (path, File.ReadAllText(file));

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ReviewConsole.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
