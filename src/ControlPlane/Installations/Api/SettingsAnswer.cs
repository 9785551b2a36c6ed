namespace Sidecar.ControlPlane.Installations.Api;

/// <summary>The schema's <c>Settings</c>, as far as there are any.</summary>
internal sealed record SettingsAnswer(bool Impersonation, bool ImpersonationRequireReason)
{
    /// <summary>What authentik can switch and is fixed here.</summary>
    public SettingsFlags Flags { get; } = new();

    internal sealed record SettingsFlags
    {
        /// <summary>An application without bindings is open to whoever is signed in.</summary>
        public bool CoreDefaultAppAccess { get; } = true;

        public bool EnterpriseAuditIncludeExpandedDiff { get; }

        public bool FlowsContinuousLogin { get; }

        public bool FlowsRefreshOthers { get; }
    }

    public static SettingsAnswer Of(Installation installation) => new(installation.Impersonation, installation.ImpersonationRequireReason);
}
