namespace Sidecar.ControlPlane.Tests.Support;

internal static class DatabaseKinds
{
    /// <summary>A row for each; PostgreSQL's are slow, since their server must be started.</summary>
    public static IReadOnlyCollection<TheoryDataRow<DatabaseKind>> Both =>
        [new(DatabaseKind.Sqlite), new TheoryDataRow<DatabaseKind>(DatabaseKind.Postgres).WithTrait("Kind", "Slow")];
}
