using System.Linq.Expressions;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Api.Paging;

/// <summary>The orders that a list can be asked for with <c>ordering=name,-other</c>.</summary>
internal sealed class Ordering<T>
{
    private readonly SortedDictionary<string, Func<IQueryable<T>, bool, IOrderedQueryable<T>>> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<IOrderedQueryable<T>, bool, IOrderedQueryable<T>>> _then = new(StringComparer.Ordinal);
    private readonly string _default;
    private readonly string _unique;

    /// <param name="byDefault">The order when none is asked for.</param>
    /// <param name="unique">A field that no two rows share: it ends every order, or rows could be told twice or never while paging.</param>
    public Ordering(string byDefault, string unique)
    {
        _default = byDefault;
        _unique = unique;
    }

    public Ordering<T> With<TKey>(string name, Expression<Func<T, TKey>> key)
    {
        _first[name] = (rows, down) => down ? rows.OrderByDescending(key) : rows.OrderBy(key);
        _then[name] = (rows, down) => down ? rows.ThenByDescending(key) : rows.ThenBy(key);
        return this;
    }

    public IQueryable<T> Apply(IQueryable<T> rows, QueryReader query)
    {
        var asked = query.TryText("ordering", out var text) ? text : _default;
        IOrderedQueryable<T>? ordered = null;
        foreach (var part in asked.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(_unique))
        {
            var down = part.StartsWith('-');
            var name = down ? part[1..] : part;
            if (!_first.TryGetValue(name, out var first))
            {
                query.Errors.Add("ordering", $"\"{name}\" is not a field that this list can be ordered by; use one of {string.Join(", ", _first.Keys)}.");
                return rows;
            }

            ordered = ordered is null ? first(rows, down) : _then[name](ordered, down);
        }

        return ordered ?? rows;
    }
}
