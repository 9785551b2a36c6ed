using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Pages;

/// <summary>A page of a flow.</summary>
public sealed record FlowPageModel
{
    public required PageBrand Brand { get; init; }

    public required Challenge Challenge { get; init; }

    public string? FormToken { get; init; }

    /// <summary>Why the page is not the one that was expected.</summary>
    public string? Notice { get; init; }

    public string Title => Challenge.Title ?? Challenge.FlowInfo?.Title ?? Brand.Title;

    public IEnumerable<string> GeneralErrors => Challenge.ResponseErrors?.TextsOf(ResponseErrors.General) ?? [];

    internal IDictionary<string, object> ViewParameters => new Dictionary<string, object> { ["Challenge"] = Challenge };
}
