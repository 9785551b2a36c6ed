using System.Text.Json;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Outposts;

/// <summary>One or more equal processes that protect the applications of some providers.</summary>
internal sealed class Outpost
{
    public const string EmbeddedManaged = "goauthentik.io/outposts/embedded";
    public const string EmbeddedName = "authentik Embedded Outpost";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public OutpostType Type { get; set; }

    /// <summary>authentik's keys: <c>authentik_host</c>, <c>authentik_host_browser</c>, <c>log_level</c> and so on.</summary>
    public JsonElement Config { get; set; } = JsonObjects.Empty;

    /// <summary>Set on objects that the product itself made and needs.</summary>
    public string? Managed { get; init; }

    /// <summary>Whose API tokens open the channel of this outpost, and of no other.</summary>
    public required Guid ServiceAccountId { get; init; }

    public User? ServiceAccount { get; init; }

    public List<Provider> Providers { get; } = [];

    public List<OutpostInstance> Instances { get; } = [];

    public bool IsEmbedded => Managed == EmbeddedManaged;

    /// <summary>Identifier of the token that is made with the outpost.</summary>
    public string TokenIdentifier => $"ak-outpost-{Id:D}-api";
}
