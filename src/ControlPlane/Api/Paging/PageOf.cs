namespace Sidecar.ControlPlane.Api.Paging;

/// <summary>The schema's <c>Paginated…List</c>.</summary>
internal sealed record PageOf<T>(Pagination Pagination, IReadOnlyList<T> Results)
{
    /// <summary>Hints for a search field that completes as one types; required by the schema, empty here.</summary>
    public IReadOnlyDictionary<string, string> Autocomplete { get; } = new Dictionary<string, string>();
}
