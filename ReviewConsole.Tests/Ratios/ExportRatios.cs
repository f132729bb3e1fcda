using ReviewConsole.Tests.Support;
using ReviewConsole.Ui.Exports;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>What goes out as a file is never held: measured while nothing else runs.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class ExportRatios(ITestOutputHelper output)
{
    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task However_many_rows_are_taken_out_the_memory_stays(string format)
    {
        var (few, many) = (await Peak(2_000), await Peak(Sizes.Of(2_000_000)));
        Bench.Row(output, $"memory while {Sizes.Of(2_000_000):N0} rows go out as {format} - while 2,000 do", (many - few) / 1e6, "MB", 24);
        Assert.True(many < few + 24_000_000, $"{few:N0} bytes for few rows, {many:N0} for many");

        async Task<long> Peak(int count)
        {
            long most = 0;
            ExportTable table = new(["a", "b", "c", "d"], Watched(count, () => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true))));
            if (format == "xlsx")
                await using (var file = await TableFile.Xlsx(table, default))
                    Assert.True(file.Length > 0);
            else
                await TableFile.WriteCsv(table, Stream.Null, default);
            return most;
        }
    }

    private static async IAsyncEnumerable<object?[]> Watched(int count, Action watch)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % (count / 4) == count / 4 - 1)
                watch();
            await Task.CompletedTask;
            yield return [$"SQ{i:000000000000}", "电子驾驶证申领", "粤B", i];
        }
    }
}
