using System.Data;
using System.Globalization;
using System.Text;
using MiniExcelLibs;

namespace ReviewConsole.Ui.Exports;

/// <summary>Writes tables as files, row by row, in memory that does not grow with them.</summary>
public static class TableFile
{
    private const int RowsBetweenFlushes = 500;

    /// <summary>Writes CSV (RFC 4180) with a byte order mark, so that spreadsheets read Chinese as it is.</summary>
    public static async Task WriteCsv(ExportTable table, Stream to, CancellationToken cancel)
    {
        await using StreamWriter text = new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(string.Join(',', table.Columns.Select(name => Quoted(Safe(name)))));
        var rows = 0;
        await foreach (var row in table.Rows.WithCancellation(cancel))
        {
            await text.WriteLineAsync(string.Join(',', row.Select(Csv)));
            if (++rows % RowsBetweenFlushes == 0)
                await text.FlushAsync(cancel);
        }
    }

    /// <summary>Writes XLSX into a file that is gone when the result is closed.</summary>
    public static async Task<Stream> Xlsx(ExportTable table, CancellationToken cancel)
    {
        FileStream file = new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 65536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            using ExportReader rows = new(table, cancel);
            await MiniExcel.SaveAsAsync(file, rows, cancellationToken: cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>A text that a spreadsheet takes for a text: one that would begin a formula gets an apostrophe before it.</summary>
    public static string Safe(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static string Csv(object? cell) => cell switch
    {
        null => "",
        string text => Quoted(Safe(text)),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The rows as MiniExcel takes them without holding them.</summary>
    private sealed class ExportReader(ExportTable table, CancellationToken cancel) : IDataReader
    {
        private readonly IEnumerator<object?[]> rows = table.Rows.ToBlockingEnumerable(cancel).GetEnumerator();

        public int FieldCount => table.Columns.Count;

        public int Depth => 0;

        public bool IsClosed => false;

        public int RecordsAffected => -1;

        public object this[int i] => GetValue(i);

        public object this[string name] => GetValue(GetOrdinal(name));

        public bool Read() => rows.MoveNext();

        public string GetName(int i) => Safe(table.Columns[i]);

        public object GetValue(int i) => rows.Current[i] is string text ? Safe(text) : rows.Current[i]!;

        public int GetOrdinal(string name) => table.Columns.ToList().IndexOf(name);

        public bool IsDBNull(int i) => rows.Current[i] is null;

        public Type GetFieldType(int i) => typeof(object);

        public void Close() => Dispose();

        public void Dispose() => rows.Dispose();

        public bool NextResult() => false;

        public DataTable? GetSchemaTable() => null;

        public bool GetBoolean(int i) => (bool)GetValue(i);

        public byte GetByte(int i) => (byte)GetValue(i);

        public long GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length) => throw new NotSupportedException();

        public char GetChar(int i) => (char)GetValue(i);

        public long GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length) => throw new NotSupportedException();

        public IDataReader GetData(int i) => throw new NotSupportedException();

        public string GetDataTypeName(int i) => nameof(Object);

        public DateTime GetDateTime(int i) => (DateTime)GetValue(i);

        public decimal GetDecimal(int i) => (decimal)GetValue(i);

        public double GetDouble(int i) => (double)GetValue(i);

        public float GetFloat(int i) => (float)GetValue(i);

        public Guid GetGuid(int i) => (Guid)GetValue(i);

        public short GetInt16(int i) => (short)GetValue(i);

        public int GetInt32(int i) => (int)GetValue(i);

        public long GetInt64(int i) => (long)GetValue(i);

        public string GetString(int i) => (string)GetValue(i);

        public int GetValues(object[] values) => throw new NotSupportedException();
    }
}
