using Sidecar.ControlPlane.Flows.Runs;

namespace Sidecar.ControlPlane.Flows;

/// <summary>A browser or a script at the address of a flow.</summary>
/// <param name="Http">The request.</param>
/// <param name="Slug">Of the flow.</param>
/// <param name="Query">The flow's query, the same for a page and for the API.</param>
/// <param name="FormToken">What the page's form carried; null from the API, which sends the name of the form that it answers instead.</param>
internal sealed record FlowRequest(HttpContext Http, string Slug, FlowQuery Query, string? FormToken = null)
{
    /// <summary>Pages are forms, which other sites can send too; JSON they cannot.</summary>
    public bool FromPage { get; init; }

    public CancellationToken Cancel => Http.RequestAborted;
}
