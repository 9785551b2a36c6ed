namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>What a stage asks, as the API tells it and as a page shows it.</summary>
public abstract record Challenge
{
    /// <summary>authentik's name of the form that this is, such as <c>ak-stage-password</c>.</summary>
    public abstract string Component { get; }

    public FlowInfo? FlowInfo { get; init; }

    public ResponseErrors? ResponseErrors { get; init; }

    /// <summary>The component that draws it.</summary>
    internal abstract Type View { get; }

    /// <summary>Title of the page; null: the flow's.</summary>
    internal virtual string? Title => null;

    /// <summary>It cannot be answered without a script.</summary>
    internal virtual bool NeedsScript => false;

    /// <summary>Where scripts and frames of somebody else come from, which the page cannot do without; null: there are none.</summary>
    internal virtual string? ScriptSources => null;

    internal Challenge With(ResponseErrors errors) => this with { ResponseErrors = errors };
}
