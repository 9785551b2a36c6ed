using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.EndSession;
using Sidecar.ControlPlane.OpenId.Issuers;
using Sidecar.ControlPlane.OpenId.Jwks;
using Sidecar.ControlPlane.OpenId.Token;
using Sidecar.ControlPlane.OpenId.UserInfo;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>Every place where the product changes what OpenIddict does; each says why.</summary>
internal static class OpenIdHandlers
{
    public static readonly OpenIddictServerHandlerDescriptor[] All =
    [
        ResolveIssuer.Descriptor,
        AttachIssuerOfClient.Descriptor,
        AcceptIssuerAtUserInfo.Descriptor,
        RequireNonce.Descriptor,
        AcceptAppPassword.Descriptor,
        LeanIdentityToken.Descriptor,
        RefuseUnknownToken.Descriptor,
        PublishAssertionKeys.Descriptor,
        IntrospectOnlyLiveSignIns.Descriptor,
        AttachClientOfAddress.Descriptor,
    ];
}
