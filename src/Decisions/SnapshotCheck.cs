using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions;

/// <summary>
/// Refuses what no control plane can have meant. Everything less is compiled, and costs only the application that it is wrong in.
/// </summary>
internal static class SnapshotCheck
{
    public static string? ProblemOf(Snapshot snapshot)
    {
        // JSON checks members for null, not the elements of lists.
        if (snapshot.Applications.Any(application => application is null || HasHole(application)) ||
            snapshot.Groups.Any(group => group is null) || snapshot.TicketKeys.Any(key => key is null))
        {
            return "a list in it has an empty element";
        }

        return Repeated(snapshot.Applications, application => application.Id, "two applications have the same id")
            ?? Repeated(snapshot.Applications, application => application.Provider.ClientId, "two applications have the same client id");
    }

    private static bool HasHole(ApplicationRecord application) =>
        application.Bindings.Any(binding => binding is null) || application.Provider.UnauthenticatedPaths.Any(path => path is null);

    // The client id is the audience of tickets: with one for two applications, a ticket for one would open the other.
    private static string? Repeated<T>(IReadOnlyList<ApplicationRecord> applications, Func<ApplicationRecord, T> key, string problem) =>
        applications.DistinctBy(key).Count() == applications.Count ? null : problem;
}
