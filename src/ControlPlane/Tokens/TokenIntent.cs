namespace Sidecar.ControlPlane.Tokens;

internal enum TokenIntent : byte
{
    // Verification is zero: it opens nothing by itself.
    Verification = 0,
    Api = 1,
    Recovery = 2,
    AppPassword = 3,
}
