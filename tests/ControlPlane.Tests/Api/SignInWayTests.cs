using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

/// <summary>Nothing is saved after which no administrator could sign in, by whichever address.</summary>
public sealed class SignInWayTests(PostgresFixture postgres)
{
    private const string Closed = "nobody could sign in";

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_binding_that_keeps_every_administrator_out_of_the_sign_in_flow_is_refused(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var flow = await plane.FlowAsync("default-authentication-flow");
        var crew = await plane.CreateGroupAsync("crew");
        var no = await PolicyAsync(plane, "no", result: false);
        var yes = await PolicyAsync(plane, "yes", result: true);

        // Whoever is not signed in is in no group.
        await RefusedAsync(plane, new { target = flow, group = crew, order = 0 });
        await RefusedAsync(plane, new { target = flow, policy = no, order = 0 });
        await RefusedAsync(plane, new { target = flow, policy = yes, negate = true, order = 0 });
        var open = await BoundAsync(plane, new { target = flow, policy = yes, order = 0 });
        await BoundAsync(plane, new { target = flow, policy = no, order = 1 });

        // The other one alone would now be left.
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Delete, $"policies/bindings/{open}/", null, "non_field_errors"), StringComparison.Ordinal);
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Patch, $"policies/bindings/{open}/", new { enabled = false }, "non_field_errors"), StringComparison.Ordinal);
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Patch, $"policies/dummy/{yes}/", new { result = false }, "non_field_errors"), StringComparison.Ordinal);
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Delete, $"policies/dummy/{yes}/", null, "non_field_errors"), StringComparison.Ordinal);
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { policy_engine_mode = "all" }, "non_field_errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binding_that_takes_a_needed_stage_from_every_administrator_is_refused()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var crew = await plane.CreateGroupAsync("crew");
        var admins = (await plane.Admin.GotAsync("core/groups/?name=authentik%20Admins")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        var above = await plane.CreateGroupAsync("above");
        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/groups/{admins}/", new { parents = new[] { above } }, 200);
        foreach (var stage in new[] { "default-authentication-identification", "default-authentication-password", "default-authentication-login" })
        {
            await RefusedAsync(plane, new { target = await PlaceAsync(plane, stage), group = crew, order = 0 });
        }

        // Before somebody is named nobody is in a group; afterwards those who are, are.
        await RefusedAsync(plane, new { target = await PlaceAsync(plane, "default-authentication-identification"), group = admins, order = 0 });
        await BoundAsync(plane, new { target = await PlaceAsync(plane, "default-authentication-login"), group = above, order = 0 });
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/groups/{admins}/", new { parents = Array.Empty<Guid>() }, "non_field_errors"), StringComparison.Ordinal);
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Delete, $"core/groups/{above}/", null, "non_field_errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_turns_people_away_may_stand_in_the_flow_as_long_as_it_is_not_for_every_administrator()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var crew = await plane.CreateGroupAsync("crew");
        var target = await plane.FlowAsync("default-authentication-flow");
        var stage = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/deny/", new { name = "no" }, 201)).GetProperty("pk").GetGuid();
        await plane.Admin.RefusedAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order = 90 }, "non_field_errors");

        // Behind the end it stops nobody; bound, it can be moved.
        var place = (await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order = 200 }, 201)).GetProperty("pk").GetGuid();
        var binding = await BoundAsync(plane, new { target = place, group = crew, order = 0 });
        await plane.Admin.SentAsync(HttpMethod.Patch, $"flows/bindings/{place}/", new { order = 90 }, 200);

        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Delete, $"policies/bindings/{binding}/", null, "non_field_errors"), StringComparison.Ordinal);
        var admin = (await plane.Admin.GotAsync("core/users/me/")).GetProperty("user").GetProperty("pk").GetInt32();
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/groups/{crew}/add_user/", new { pk = admin }, "non_field_errors"), StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(ApiPlane plane, object binding) =>
        Assert.Contains(Closed, await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", binding, "non_field_errors"), StringComparison.Ordinal);

    private static async Task<Guid> BoundAsync(ApiPlane plane, object binding) =>
        (await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", binding, 201)).GetProperty("pk").GetGuid();

    private static async Task<Guid> PolicyAsync(ApiPlane plane, string name, bool result) =>
        (await plane.Admin.SentAsync(HttpMethod.Post, "policies/dummy/", new { name, result, wait_min = 0, wait_max = 0 }, 201)).GetProperty("pk").GetGuid();

    private static async Task<Guid> PlaceAsync(ApiPlane plane, string stage)
    {
        await using var context = plane.Plane.Open();
        return (await context.FlowStageBindings.SingleAsync(
            place => place.Stage!.Name == stage && place.Flow!.Slug == "default-authentication-flow", TestContext.Current.CancellationToken)).Id;
    }
}
