using System.Linq.Expressions;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Api.Paging;

/// <summary><c>search=</c>: every word must occur in at least one of the fields, in any case.</summary>
internal static class Search
{
    public static IQueryable<T> Searched<T>(this IQueryable<T> rows, QueryReader query, params Expression<Func<T, string>>[] fields)
    {
        foreach (var word in WordsOf(query))
        {
            rows = rows.Where(AnyContains(fields, word));
        }

        return rows;
    }

    /// <summary>As the other, in a field that is kept in lower case for it.</summary>
    public static IQueryable<T> SearchedIn<T>(this IQueryable<T> rows, QueryReader query, Expression<Func<T, string>> lowered)
    {
        foreach (var word in WordsOf(query))
        {
            var lower = word.ToLowerInvariant();
#pragma warning disable CA1307 // Translated to SQL, where comparisons have no say.
            Expression<Func<string, bool>> test = value => value.Contains(lower);
#pragma warning restore CA1307
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(test.On(lowered.Body), lowered.Parameters));
        }

        return rows;
    }

    // SQLite lowers only ASCII letters, so a word with others is also looked for as it was typed.
    public static Expression<Func<string, bool>> Contains(string word)
    {
        var lower = word.ToLowerInvariant();
#pragma warning disable CA1304, CA1307, CA1311, CA1862 // Translated to SQL, where cultures and comparisons have no say.
        return value => value.ToLower().Contains(lower) || value.Contains(word);
#pragma warning restore CA1304, CA1307, CA1311, CA1862
    }

    private static string[] WordsOf(QueryReader query) => query.TryText("search", out var text) ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];

    private static Expression<Func<T, bool>> AnyContains<T>(Expression<Func<T, string>>[] fields, string word)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var tests = fields.Select(field => Contains(word).On(field.For(row)));
        return Expression.Lambda<Func<T, bool>>(tests.Aggregate(Expression.OrElse), row);
    }
}
