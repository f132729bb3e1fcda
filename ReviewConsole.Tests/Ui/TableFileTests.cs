using System.Text;
using MiniExcelLibs;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Tests.Ui;

public sealed class TableFileTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("-x", "'-x")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("SQ2026", "SQ2026")]
    [InlineData("", "")]
    public void What_would_begin_a_formula_is_a_text(string text, string safe) => Assert.Equal(safe, TableFile.Safe(text));

    [Fact]
    public async Task Csv_quotes_what_it_must_and_begins_with_a_byte_order_mark()
    {
        using MemoryStream file = new();
        await TableFile.WriteCsv(new(["受理号", "a,b"], Rows(["=2", 1], ["say \"x\"\nand", null], ["-", 0.25])), file, default);
        Assert.Equal("\uFEFF受理号,\"a,b\"\r\n'=2,1\r\n\"say \"\"x\"\"\nand\",\r\n'-,0.25\r\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public async Task A_list_is_written_page_by_page_to_its_end()
    {
        using MemoryStream file = new();
        await TableFile.WriteCsv(ExportTable.Of<int>(["n"], 1, page => [[page], [10 * page]], page => page < 3, page => Task.FromResult<Answer<int>>(page + 1)), file, default);
        Assert.Equal("\uFEFFn\r\n1\r\n10\r\n2\r\n20\r\n3\r\n30\r\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public async Task A_list_that_is_refused_before_its_end_makes_no_file_that_looks_whole()
    {
        using MemoryStream file = new();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TableFile.WriteCsv(ExportTable.Of<int>(["n"], 1, page => [[page]], _ => true, _ => Task.FromResult<Answer<int>>(Refusals.NotPermitted)), file, default));
        Assert.Contains(Refusals.NotPermitted.Code, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_holds_the_same_and_no_formula()
    {
        await using var file = await TableFile.Xlsx(new(["受理号", "n"], Rows(["=2", 1], ["SQ1", null])), default);
        using MemoryStream copy = new();
        await file.CopyToAsync(copy);
        copy.Position = 0;
        var rows = copy.Query().Cast<IDictionary<string, object>>().Select(row => $"{row["A"]}|{row["B"]}").ToList();
        Assert.Equal(["受理号|n", "'=2|1", "SQ1|"], rows);
        await using var empty = await TableFile.Xlsx(new(["受理号"], Rows()), default);
        Assert.True(empty.Length > 0);
    }

    private static async IAsyncEnumerable<object?[]> Rows(params object?[][] rows)
    {
        foreach (var row in rows)
        {
            await Task.CompletedTask;
            yield return row;
        }
    }
}
