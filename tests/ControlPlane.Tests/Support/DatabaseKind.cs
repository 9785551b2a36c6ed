namespace Sidecar.ControlPlane.Tests.Support;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
