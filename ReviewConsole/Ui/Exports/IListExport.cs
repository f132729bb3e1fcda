using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Ui.Exports;

/// <summary>A list that can be taken out of the console as a file. The feature that has the list registers it.</summary>
public interface IListExport
{
    /// <summary>Its name in the address and in the audit log.</summary>
    string Name { get; }

    /// <summary>Opens it as somebody sees it, personal data masked as on the screen; rows are read while the file is written.</summary>
    Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel);
}

/// <summary>A table to be written.</summary>
/// <param name="Columns">Names of the columns, each once.</param>
/// <param name="Rows">The rows: texts, numbers and nulls, as many as columns.</param>
public sealed record ExportTable(IReadOnlyList<string> Columns, IAsyncEnumerable<object?[]> Rows)
{
    /// <summary>How many rows of a list are read at once.</summary>
    public const int RowsAtOnce = 200;

    /// <summary>The table of a list that is read page by page while the file is written.</summary>
    /// <typeparam name="TPage">A page of the list.</typeparam>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="first">The first page.</param>
    /// <param name="rows">The rows of a page.</param>
    /// <param name="goesOn">Whether there is a page after one.</param>
    /// <param name="next">Reads the page after one.</param>
    public static ExportTable Of<TPage>(IReadOnlyList<string> columns, TPage first, Func<TPage, IEnumerable<object?[]>> rows, Func<TPage, bool> goesOn, Func<TPage, Task<Answer<TPage>>> next)
    {
        return new(columns, Pages());

        async IAsyncEnumerable<object?[]> Pages()
        {
            for (var page = first; ;)
            {
                foreach (var row in rows(page))
                    yield return row;
                if (!goesOn(page))
                    yield break;
                var read = await next(page);
                // A file that ends early would look whole: where the reader's rights went meanwhile, the transfer breaks instead.
                page = read.Refusal is { } refusal ? throw new InvalidOperationException($"The list was refused before its end: {refusal.Code}") : read.Value;
            }
        }
    }
}

/// <summary>How a list is filtered: the query of its address and, where somebody typed something to find it, that.</summary>
public sealed class ExportFilters(IQueryCollection query, string? typed = null)
{
    /// <summary>What was typed; null where nothing was. It may name people and is never in an address.</summary>
    public string? Typed { get; } = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>The value of a filter; null where it is not set.</summary>
    public string? this[string name] => query[name].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>Over how many days, today included; 1 to 90, 7 where it is not said.</summary>
    public int Days => int.TryParse(this["days"], System.Globalization.CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 90 ? days : 7;

    /// <summary>A filter that is one of several words; null where it is none of them.</summary>
    public T? Enum<T>(string name)
        where T : struct, Enum => System.Enum.TryParse<T>(this[name], ignoreCase: true, out var value) && System.Enum.IsDefined(value) ? value : null;
}
