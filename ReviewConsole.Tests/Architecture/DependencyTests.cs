using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Architecture;

/// <summary>The rules of Docs/architecture.md that a compiler does not hold.</summary>
public sealed partial class DependencyTests
{
    // Each room and what it may use; a room always may use itself.
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Catalog"] = ["Domain"],
        ["Photos"] = ["Domain", "Catalog"],
        ["Platform"] = ["Domain", "Catalog"],
        ["Data"] = ["Domain", "Catalog", "Photos", "Platform"],
        ["Ui"] = ["Domain", "Catalog", "Photos", "Platform", "Data"],
        ["Features"] = ["Domain", "Catalog", "Photos", "Platform", "Data", "Ui"],
        ["Demo"] = ["Domain", "Catalog", "Photos", "Platform", "Data", "Ui", "Features"],
        ["Shell"] = ["Domain", "Catalog", "Photos", "Platform", "Data", "Ui", "Features", "Demo"],
    };

    [Fact]
    public void Arrows_point_down_only()
    {
        var wrong = from source in Repository.Sources(".cs", ".razor")
                    where source.Path.Contains('/', StringComparison.Ordinal)
                    let room = source.Path.Split('/')[0]
                    from used in Named(source.Text)
                    where used != room && !(MayUse.TryGetValue(room, out var allowed) && allowed.Contains(used))
                    select $"{source.Path} uses {used}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void No_feature_imports_another()
    {
        var wrong = from source in Repository.Sources(".cs", ".razor")
                    where source.Path.StartsWith("Features/", StringComparison.Ordinal) && source.Path.Count(c => c == '/') > 1
                    let feature = source.Path.Split('/')[1]
                    from Match other in FeatureName().Matches(source.Text)
                    where other.Groups[1].Value != feature
                    select $"{source.Path} imports {other.Groups[1].Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_domain_is_plain_csharp()
    {
        var wrong = from source in Repository.Sources(".cs")
                    where source.Path.StartsWith("Domain/", StringComparison.Ordinal)
                    where Regex.IsMatch(source.Text, @"using (Microsoft|MudBlazor|CsvHelper|SkiaSharp)")
                    select source.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_the_commit_saves()
    {
        // Identity's own store, the heartbeat of a lease, which is no event, and the schema.
        string[] exempt = ["Data/Commit.cs", "Data/ReviewDb.cs", "Data/Sqlite/SqliteDialect.cs", "Data/Sqlite/SqliteSchema.cs"];
        var wrong = from source in Repository.Sources(".cs", ".razor")
                    where !exempt.Contains(source.Path) && Regex.IsMatch(source.Text, @"\.(SaveChanges|ExecuteUpdate|ExecuteDelete|ExecuteSql|ExecuteNonQuery)")
                    where source.Path != "Data/Sqlite/SqliteReviewDb.cs"
                    select source.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Provider_sql_stands_in_one_place()
    {
        var wrong = from source in Repository.Sources(".cs", ".razor")
                    where !source.Path.StartsWith("Data/Sqlite/", StringComparison.Ordinal)
                    where Regex.IsMatch(source.Text, @"(FromSql|SqlQuery|CommandText|UseSqlite|pragma )")
                    select source.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Pages_know_no_store()
    {
        var wrong = Repository.Sources(".razor", ".razor.cs").Where(source => Regex.IsMatch(source.Text, @"\b(ReviewDb|DbContext|IDbContextFactory)\b")).Select(source => source.Path);
        Assert.Empty(wrong);
    }

    [Fact]
    public void One_file_touches_the_imaging_library_for_decoding_and_one_the_inference_runtime()
    {
        var imaging = Repository.Sources(".cs").Where(s => s.Text.Contains("using SkiaSharp", StringComparison.Ordinal) && !s.Path.StartsWith("Photos/Drawn/", StringComparison.Ordinal));
        var inference = Repository.Sources(".cs").Where(s => s.Text.Contains("using Microsoft.ML.OnnxRuntime", StringComparison.Ordinal));
        Assert.Equal("Photos/SafeImage.cs", Assert.Single(imaging).Path);
        Assert.Equal("Photos/Inference.cs", Assert.Single(inference).Path);
    }

    [Fact]
    public void Everything_that_handles_states_its_permission()
    {
        var silent = from type in typeof(Program).Assembly.GetTypes()
                     where type.Namespace?.StartsWith("ReviewConsole.Features", StringComparison.Ordinal) == true && type.IsClass && !type.IsNested
                     where type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Any(method => method.Name == "Handle")
                     where !typeof(IUseCase).IsAssignableFrom(type)
                     // Before a sign-in there is nobody yet whose permission could be asked for.
                     where type.Name != "SignIn"
                     select type.FullName;
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_page_states_who_may_open_it()
    {
        var open = from type in typeof(Program).Assembly.GetTypes()
                   where type.GetCustomAttributes<RouteAttribute>().Any()
                   where !type.GetCustomAttributes(inherit: true).Any(a => a is Microsoft.AspNetCore.Authorization.IAuthorizeData or Microsoft.AspNetCore.Authorization.IAllowAnonymous)
                   select type.FullName;
        Assert.Empty(open);
    }

    [Fact]
    public void The_top_of_the_repository_holds_what_it_should()
    {
        var visible = Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName).Where(name => !name!.StartsWith('.') && name != "data" && name != "TestResults");
        Assert.Equal(["README.md", "ReviewConsole", "ReviewConsole.Tests", "ReviewConsole.sln", "wwwroot"], visible.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Named(string text) => RoomName().Matches(text).Select(match => match.Groups[1].Value).Where(MayUse.ContainsKey);

    [GeneratedRegex(@"ReviewConsole\.(\w+)")]
    private static partial Regex RoomName();

    [GeneratedRegex(@"ReviewConsole\.Features\.(\w+)")]
    private static partial Regex FeatureName();
}
