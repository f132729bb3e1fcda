using System.Globalization;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Data;

/// <summary>Receipt numbers (受理号): the letters of a queue, the Shanghai day, and a number that counts up within it.</summary>
public static class Receipts
{
    /// <summary>The next number of a queue in which cases begin.</summary>
    public static async Task<string> Next(UnitOfWork unit, QueueType queue, CancellationToken cancel)
    {
        var series = string.Create(CultureInfo.InvariantCulture, $"{queue.ReceiptPrefix}{Shanghai.DateOf(unit.Now):yyyyMMdd}");
        var number = await SqliteDialect.NextReceipt(unit.Db, series, cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{series}{number:00000}");
    }
}
