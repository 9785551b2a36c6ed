using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests;

public sealed class SnapshotCheckTests
{
    [Fact]
    public void Refuses_what_no_control_plane_can_have_meant()
    {
        var app = Given.App();
        var twin = Given.App() with { Provider = app.Provider };

        AssertRefused([], [app, app with { Provider = Given.App().Provider }]);
        AssertRefused([], [app, twin]);
        AssertRefused([Given.Group(1), Given.Group(1)], []);
        AssertRefused([null!], []);
        AssertRefused([], [null!]);
        AssertRefused([], [app with { Bindings = [null!] }]);
        AssertRefused([], [app with { Provider = app.Provider with { UnauthenticatedPaths = [null!] } }]);
        Assert.Null(CompiledSnapshot.TryCompile(Given.Snapshot([], [app]) with { TicketKeys = [null!] }, out _));
    }

    [Fact]
    public void An_empty_snapshot_answers_no_host() => Assert.Null(Given.Compiled().FindByHost("wiki.example"));

    [Fact]
    public void Applications_are_found_by_client_id_in_its_exact_spelling()
    {
        var compiled = Given.Compiled(Given.App(), Given.App("https://two.example"));
        var second = compiled.Applications[1];

        Assert.Same(second, compiled.FindByClientId(second.Provider.ClientId));
        Assert.Null(compiled.FindByClientId(second.Provider.ClientId.ToUpperInvariant() + "x"));
        Assert.Equal(1, second.Index);
    }

    [Fact]
    public void What_the_snapshot_before_had_compiled_is_taken_over()
    {
        var before = Given.Compiled(Given.App(paths: ["^/(a|b)", "(bad"]));
        var after = CompiledSnapshot.TryCompile(Given.Snapshot([], [Given.App(paths: ["^/c", "^/(a|b)", "(bad"])]), before, out _)!;

        Assert.Same(before.Applications[0].PublicPaths.Rules[0], after.Applications[0].PublicPaths.Rules[1]);
        Assert.Equal(before.Problems, after.Problems);
    }

    private static void AssertRefused(IReadOnlyList<GroupRecord> groups, IReadOnlyList<ApplicationRecord> applications)
    {
        Assert.Null(CompiledSnapshot.TryCompile(Given.Snapshot(groups, applications), out var problem));
        Assert.NotEmpty(problem!);
    }
}
