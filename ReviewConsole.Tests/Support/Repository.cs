namespace ReviewConsole.Tests.Support;

/// <summary>The repository that the tests were built from, for tests that read its sources.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Files of the product by pattern, without what a build or a run made.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, "ReviewConsole"), pattern, SearchOption.AllDirectories)
        let inside = InProduct(path)
        where !new[] { "bin/", "obj/", "data/" }.Any(made => inside.StartsWith(made, StringComparison.Ordinal))
        select path;

    /// <summary>Sources of the product by ending, migrations left out; their paths seen from the project's folder, with '/'.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(params string[] endings) =>
        from ending in endings
        from path in Files("*" + ending)
        let inside = InProduct(path)
        where !inside.StartsWith("Data/Migrations/", StringComparison.Ordinal)
        select (inside, File.ReadAllText(path));

    /// <summary>A path as it reads from the root.</summary>
    public static string Short(string path) => Path.GetRelativePath(Root, path);

    private static string InProduct(string path) => Path.GetRelativePath(Path.Combine(Root, "ReviewConsole"), path).Replace('\\', '/');

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ReviewConsole.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ReviewConsole.sln is not above the tests."));
}
