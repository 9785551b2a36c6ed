using Sidecar.ControlPlane.Flows;

namespace Sidecar.ControlPlane.Applications;

/// <summary>How an application signs people in. Each protocol is a subclass with a table of its own.</summary>
internal abstract class Provider
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public Guid? AuthenticationFlowId { get; set; }

    public Flow? AuthenticationFlow { get; set; }

    public Guid? AuthorizationFlowId { get; set; }

    public Flow? AuthorizationFlow { get; set; }

    public Guid? InvalidationFlowId { get; set; }

    public Flow? InvalidationFlow { get; set; }

    public Application? Application { get; set; }
}
