using Sidecar.Outpost.Hosting;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The value of <c>X-authentik-meta-version</c>, in authentik's form.</summary>
internal static class ProductVersion
{
    public static readonly string Header = "goauthentik.io/outpost/" + OutpostVersion.Text;
}
