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
public sealed record ExportTable(IReadOnlyList<string> Columns, IAsyncEnumerable<object?[]> Rows);

/// <summary>How a list is filtered: the query of its address.</summary>
public sealed class ExportFilters(IQueryCollection query)
{
    /// <summary>The value of a filter; null where it is not set.</summary>
    public string? this[string name] => query[name].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>Over how many days, today included; 1 to 90, 7 where it is not said.</summary>
    public int Days => int.TryParse(this["days"], System.Globalization.CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 90 ? days : 7;

    /// <summary>A filter that is one of several words; <paramref name="otherwise"/> where it is none of them.</summary>
    public T Enum<T>(string name, T otherwise)
        where T : struct, Enum => System.Enum.TryParse<T>(this[name], ignoreCase: true, out var value) && System.Enum.IsDefined(value) ? value : otherwise;
}
