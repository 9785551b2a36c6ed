using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class SessionsApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_user_sees_and_ends_their_own_sessions_and_an_administrator_all(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var ana = await plane.CreateUserAsync("ana");
        var ben = await plane.CreateUserAsync("ben");
        var hers = await BeginAsync(plane, ana.GetProperty("uuid").GetGuid());
        var his = await BeginAsync(plane, ben.GetProperty("uuid").GetGuid());
        var client = await plane.SignedInAsync(ana.GetProperty("pk").GetInt32(), "ana");

        Assert.Equal([hers.ToString()], (await client.GotAsync("core/authenticated_sessions/")).Texts("uuid"));
        await client.GotAsync($"core/authenticated_sessions/{his}/", 404);
        await client.SentAsync(HttpMethod.Delete, $"core/authenticated_sessions/{his}/", null, 404);
        var row = Assert.Single((await plane.Admin.GotAsync("core/authenticated_sessions/?user__username=ben&ordering=-last_used")).GetProperty("results").EnumerateArray());
        Assert.Equal(ben.GetProperty("pk").GetInt32(), row.GetProperty("user").GetInt32());
        Assert.Equal("Firefox", row.GetProperty("user_agent").GetProperty("user_agent").GetProperty("family").GetString());
        Assert.Equal(["2"], [(await plane.Admin.GotAsync("core/authenticated_sessions/")).GetProperty("pagination").GetProperty("count").ToString()]);

        await client.SentAsync(HttpMethod.Delete, $"core/authenticated_sessions/{hers}/", null, 204);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/authenticated_sessions/{his}/", null, 204);
        Assert.Empty((await plane.Admin.GotAsync("core/authenticated_sessions/")).Texts("uuid"));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task All_sessions_of_several_users_end_at_once(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var users = new List<int>();
        foreach (var name in new[] { "ana", "ben", "cid" })
        {
            var user = await plane.CreateUserAsync(name);
            await BeginAsync(plane, user.GetProperty("uuid").GetGuid());
            await BeginAsync(plane, user.GetProperty("uuid").GetGuid());
            users.Add(user.GetProperty("pk").GetInt32());
        }

        Assert.Equal(4, (await plane.Admin.SentAsync(HttpMethod.Delete, $"core/authenticated_sessions/bulk_delete/?user_pks={users[0]}&user_pks={users[1]}", null, 200)).GetProperty("deleted").GetInt32());
        Assert.Equal(2, (await plane.Admin.GotAsync("core/authenticated_sessions/")).GetProperty("pagination").GetProperty("count").GetInt32());
        await plane.Admin.RefusedAsync(HttpMethod.Delete, "core/authenticated_sessions/bulk_delete/", null, "user_pks");
    }

    private static async Task<Guid> BeginAsync(ApiPlane plane, Guid user)
    {
        await using var context = plane.Plane.Open();
        var session = context.Sessions.Add(Samples.Session(user)).Entity;
        session.UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        return session.Id;
    }
}
