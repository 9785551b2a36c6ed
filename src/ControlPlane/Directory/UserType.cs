namespace Sidecar.ControlPlane.Directory;

internal enum UserType : byte
{
    Internal = 0,
    External = 1,
    ServiceAccount = 2,
    InternalServiceAccount = 3,
}
