using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>Benchmarks run one after the other, when nothing else does: what they measure is a ratio within the same run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Bench
{
    public const string Name = "benchmarks";

    /// <summary>What the product sets on each connection.</summary>
    private const string Pragmas = "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma busy_timeout=10000;";

    /// <summary>How long something takes, in milliseconds.</summary>
    public static async Task<double> Time(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>The value below which the given share of the values lies.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>A connection as the product opens its own.</summary>
    public static SqliteConnection Connect(string folder, string file = "review.db")
    {
        SqliteConnection connection = new($"Data Source={Path.Combine(folder, file)}");
        connection.Open();
        Run(connection, Pragmas);
        return connection;
    }

    public static void Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, 3600);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>The ratio keeps its bar. At a tenth of the size, beside whatever else a build machine does, four times as much is let pass: there the table is read, not the last tenth.</summary>
    public static void Keeps(double ratio, double bar) => Assert.InRange(ratio, 0, Sizes.Full ? bar : 4 * bar);

    /// <summary>Prints a line of the table.</summary>
    public static void Row(ITestOutputHelper output, string what, double value, string unit, double? bar = null) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what,-62} | {value,10:0.00} {unit,-4} | {(bar is { } b ? b.ToString("0.00", CultureInfo.InvariantCulture) : ""),8} |"));
}

/// <summary>The floor of a commit: one row into a table of one column, under the product's own pragmas.</summary>
public sealed class BareCommit : IDisposable
{
    private readonly SqliteConnection connection;

    public BareCommit(string folder)
    {
        connection = Bench.Connect(folder, "bare.db");
        Bench.Run(connection, "create table if not exists Bare (Id integer primary key, Text text)");
    }

    public void Once()
    {
        using var transaction = connection.BeginTransaction();
        Bench.Run(connection, "insert into Bare (Text) values ('one row')", transaction);
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();
}
