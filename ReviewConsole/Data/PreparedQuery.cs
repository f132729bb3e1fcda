using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ReviewConsole.Data;

/// <summary>A query of a path that hundreds of decisions a day take: it is translated once, not looked up by its shape at every use.</summary>
/// <remarks>Translated for each model, of which a process with several keys has several. Whether it tracks must stand in the query: the store's setting is not asked again.</remarks>
/// <param name="query">The query; its second parameter is what it looks for.</param>
public sealed class PreparedQuery<TKey, T>(Expression<Func<ReviewDb, TKey, IQueryable<T>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<ReviewDb, TKey, IAsyncEnumerable<T>>> translated = [];

    /// <summary>Everything that it finds.</summary>
    public async Task<List<T>> All(ReviewDb db, TKey key, CancellationToken cancel)
    {
        List<T> found = [];
        await foreach (var one in Translated(db)(db, key).WithCancellation(cancel))
            found.Add(one);
        return found;
    }

    /// <summary>The one that it finds; null where there is none.</summary>
    public async Task<T?> One(ReviewDb db, TKey key, CancellationToken cancel)
    {
        await foreach (var one in Translated(db)(db, key).WithCancellation(cancel))
            return one;
        return default;
    }

    private Func<ReviewDb, TKey, IAsyncEnumerable<T>> Translated(ReviewDb db) => translated.GetValue(db.Model, _ => EF.CompileAsyncQuery(query));
}
