using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class ConsentsApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_user_sees_and_withdraws_their_own_consents_and_an_administrator_all(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var wiki = await plane.CreateApplicationAsync("wiki");
        var ana = await plane.CreateUserAsync("ana");
        var ben = await plane.CreateUserAsync("ben");
        var hers = await GiveAsync(plane, ana.GetProperty("uuid").GetGuid(), wiki);
        var his = await GiveAsync(plane, ben.GetProperty("uuid").GetGuid(), wiki);
        await GiveAsync(plane, ben.GetProperty("uuid").GetGuid(), wiki, expired: true);
        using var client = await plane.SignedInAsync(ana.GetProperty("pk").GetInt32(), "ana");

        var row = Assert.Single((await client.GotAsync("core/user_consent/")).GetProperty("results").EnumerateArray());
        Assert.Equal(("wiki", "ana", "email openid"), (row.GetProperty("application").GetProperty("slug").GetString(), row.GetProperty("user").GetProperty("username").GetString(), row.GetProperty("permissions").GetString()));
        await client.GotAsync($"core/user_consent/{his}/", 404);
        await client.SentAsync(HttpMethod.Delete, $"core/user_consent/{his}/", null, 404);
        Assert.Equal([$"{his}"], (await plane.Admin.GotAsync($"core/user_consent/?user={ben.GetProperty("pk")}&application={wiki}&search=wiki")).Texts("pk"));
        Assert.Empty((await client.GotAsync($"core/user_consent/{hers}/used_by/")).EnumerateArray());

        await client.SentAsync(HttpMethod.Delete, $"core/user_consent/{hers}/", null, 204);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/user_consent/{his}/", null, 204);
        Assert.Empty((await plane.Admin.GotAsync("core/user_consent/")).Texts("pk"));
    }

    private static async Task<int> GiveAsync(ApiPlane plane, Guid user, Guid application, bool expired = false)
    {
        await using var context = plane.Plane.Open();
        var consent = context.Consents.Add(new Consent
        {
            UserId = user,
            ApplicationId = application,
            Permissions = expired ? "openid" : "email openid",
            CreatedAt = Samples.Now,
            ExpiresAt = Samples.Now.AddDays(expired ? -1 : 1),
        }).Entity;
        await context.SaveChangesAsync(Cancel);
        return consent.Id;
    }
}
