using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>How long a check may wait for the control plane. Envoy gives up on a check after 200 ms.</summary>
internal static class Budgets
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Envoy = TimeSpan.FromMilliseconds(150);

    public static TimeSpan For(Dialect dialect) => dialect == Dialect.Envoy ? Envoy : Usual;
}
