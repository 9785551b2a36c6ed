using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions.Groups;
using Sidecar.Decisions.Hosts;
using Sidecar.Decisions.Paths;

namespace Sidecar.Decisions;

/// <summary>A snapshot in the form that answers requests: immutable, built off the request path, shared by all of them.</summary>
public sealed class CompiledSnapshot
{
    private readonly CompiledApplication[] _applications;
    private readonly Dictionary<string, CompiledApplication> _byClientId;
    private readonly HostTable _hosts;
    private readonly PathRulesCompiler _paths;

    private CompiledSnapshot(Snapshot source, GroupTable groups, CompiledSnapshot? before)
    {
        var problems = new List<string>();
        Source = source;
        Groups = groups;
        Problems = problems;
        _paths = new PathRulesCompiler(problems, before?._paths);
        _applications = CompileApplications(source.Applications);
        _paths.Finish();
        _byClientId = _applications.ToDictionary(application => application.Provider.ClientId, StringComparer.Ordinal);
        _hosts = BuildHosts(problems);
    }

    public Snapshot Source { get; }

    public IReadOnlyList<CompiledApplication> Applications => _applications;

    /// <summary>
    /// What is wrong with single applications, for log and admin interface. Each costs only what it names (a host that is refused, an expression that
    /// opens nothing): one wrong provider must not keep the other changes of a snapshot from reaching the outpost.
    /// </summary>
    public IReadOnlyList<string> Problems { get; }

    internal GroupTable Groups { get; }

    /// <summary>Null, and what is wrong, only for a snapshot that no control plane can have meant.</summary>
    public static CompiledSnapshot? TryCompile(Snapshot snapshot, out string? problem) => TryCompile(snapshot, null, out problem);

    /// <summary>As the other; what the snapshot before has compiled already is taken over from it.</summary>
    public static CompiledSnapshot? TryCompile(Snapshot snapshot, CompiledSnapshot? before, out string? problem)
    {
        problem = SnapshotCheck.ProblemOf(snapshot);
        if (problem is not null)
        {
            return null;
        }

        if (GroupTable.TryBuild(snapshot.Groups) is { } groups)
        {
            return new CompiledSnapshot(snapshot, groups, before);
        }

        problem = "two groups have the same id";
        return null;
    }

    /// <summary>The application that answers for <c>host[:port]</c>, or null: then nothing is let through. Allocates nothing.</summary>
    public CompiledApplication? FindByHost(ReadOnlySpan<char> authority) => FindByHost(authority, out _);

    /// <summary>As the other, with the reason when there is none: <see cref="Reason.UnknownHost"/> or <see cref="Reason.HostClaimedTwice"/>.</summary>
    public CompiledApplication? FindByHost(ReadOnlySpan<char> authority, out Reason reason) =>
        IndexByHost(authority, out reason) is var index and >= 0 ? _applications[index] : null;

    /// <summary>As the other, for who keeps something beside each application: <see cref="CompiledApplication.Index"/>, or a negative number.</summary>
    public int IndexByHost(ReadOnlySpan<char> authority, out Reason reason) => _hosts.Find(authority, out reason);

    /// <summary>
    /// Whether the name in <c>host[:port]</c> is an application's, whatever the port. More than <see cref="IndexByHost"/> tells: what another port of the name
    /// sets as a cookie, the application gets.
    /// </summary>
    public bool IsNamed(ReadOnlySpan<char> authority) => _hosts.IsNamed(authority);

    public CompiledApplication? FindByClientId(string clientId) => _byClientId.GetValueOrDefault(clientId);

    /// <summary>To be asked once per principal revision and snapshot, and kept.</summary>
    public PrincipalFacts FactsOf(Principal principal) => new(principal, this);

    private CompiledApplication[] CompileApplications(IReadOnlyList<ApplicationRecord> records)
    {
        var applications = new CompiledApplication[records.Count];
        for (var i = 0; i < applications.Length; i++)
        {
            applications[i] = new CompiledApplication(records[i], i, this, _paths.Compile(records[i]));
        }

        return applications;
    }

    private HostTable BuildHosts(List<string> problems)
    {
        var builder = new HostTableBuilder(problems);
        foreach (var application in _applications)
        {
            builder.Add(application);
        }

        return builder.Build();
    }
}
