using System.Linq.Expressions;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Api.Paging;

internal static class Matching
{
    /// <summary>Keeps the rows whose field is the parameter's text, in any case.</summary>
    public static IQueryable<T> Same<T>(this IQueryable<T> rows, QueryReader query, string name, Expression<Func<T, string>> field)
    {
        if (!query.TryText(name, out var text))
        {
            return rows;
        }

        var lower = text.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL, where cultures and comparisons have no say.
        Expression<Func<string, bool>> test = value => value.ToLower() == lower || value == text;
#pragma warning restore CA1304, CA1311, CA1862
        return rows.Where(Expression.Lambda<Func<T, bool>>(test.On(field.Body), field.Parameters));
    }

    /// <summary>Keeps the rows whose field holds the parameter's text, in any case.</summary>
    public static IQueryable<T> Containing<T>(this IQueryable<T> rows, QueryReader query, string name, Expression<Func<T, string>> field) =>
        query.TryText(name, out var text) ? rows.Where(Expression.Lambda<Func<T, bool>>(Search.Contains(text).On(field.Body), field.Parameters)) : rows;
}
