using System.Text.Json;
using Sidecar.ControlPlane.Applications.Api;

namespace Sidecar.ControlPlane.Outposts.Api;

/// <summary>The schema's <c>Outpost</c>. The token is shown by <c>core/tokens/…/view_key</c> alone.</summary>
internal sealed record OutpostAnswer
{
    // Changes are pushed; the number is what an outpost of authentik would poll by.
    private const int RefreshInterval = 300;

    public required Guid Pk { get; init; }

    public required string Name { get; init; }

    public required OutpostType Type { get; init; }

    public required IReadOnlyList<int> Providers { get; init; }

    public required IReadOnlyList<ProviderAnswer> ProvidersObj { get; init; }

    public Guid? ServiceConnection { get; init; }

    public string? ServiceConnectionObj { get; init; }

    public int RefreshIntervalS { get; init; } = RefreshInterval;

    public required string TokenIdentifier { get; init; }

    public required JsonElement Config { get; init; }

    public required string? Managed { get; init; }

    /// <param name="outpost">With its providers and their applications.</param>
    public static OutpostAnswer Of(Outpost outpost) => new()
    {
        Pk = outpost.Id,
        Name = outpost.Name,
        Type = outpost.Type,
        Providers = [.. outpost.Providers.Select(provider => provider.Id).Order()],
        ProvidersObj = [.. outpost.Providers.OrderBy(provider => provider.Id).Select(ProviderAnswer.Of)],
        TokenIdentifier = outpost.TokenIdentifier,
        Config = outpost.Config,
        Managed = outpost.Managed,
    };
}
