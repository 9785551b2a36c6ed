namespace Sidecar.EndToEnd.Tests.Proxies.Envoy;

/// <param name="Prefix">Of the path, in this letter case.</param>
/// <param name="Cluster">Null: <paramref name="Status"/> is answered.</param>
/// <param name="IsChecked">False: ext_authz is off here.</param>
internal sealed record EnvoyRoute(string Prefix, string? Cluster, int Status, bool IsChecked);
