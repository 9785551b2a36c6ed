using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Directory;

public sealed class NamesInFlowsTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Two_users_cannot_have_names_that_look_the_same_on_either_database(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        await plane.CreateUserAsync("jöhn");

        foreach (var name in new[] { "JÖHN", "jo\u0308hn", "ｊöｈｎ", "j\u200Böhn" })
        {
            Assert.Contains("looks the same", await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/", new { username = name, name = "x" }, "username"), StringComparison.Ordinal);
        }

        Assert.Contains("letters in one name", await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/", new { username = "jоhn", name = "x" }, "username"), StringComparison.Ordinal);
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/service_account/", new { name = "ｊöｈｎ" }, "name");
    }

    [Fact]
    public async Task A_name_signs_in_in_each_of_its_spellings_and_none_of_them_escapes_a_lock()
    {
        await using var host = await FlowHost.StartWithUserAsync("jöhn");
        var spellings = new[] { "jöhn", "JÖHN", "jo\u0308hn", "JO\u0308HN", "ｊöｈｎ", "j\u200Böhn" };
        foreach (var name in spellings)
        {
            Assert.Equal("/if/user/", (await TryAsync(host, name, FlowHost.Password)).Address.AbsolutePath);
        }

        for (var i = 0; i < AttemptLimits.FreePerAccount; i++)
        {
            await TryAsync(host, spellings[i % spellings.Length], "wrong");
            await TryAsync(host, spellings[i % spellings.Length].Replace('h', 'k').Replace('H', 'K').Replace('ｈ', 'ｋ'), "wrong");
        }

        foreach (var name in spellings)
        {
            Assert.Contains("Too many attempts", (await TryAsync(host, name, FlowHost.Password)).Text, StringComparison.Ordinal);
            Assert.Contains("Too many attempts", (await TryAsync(host, name.Replace('h', 'k').Replace('H', 'K').Replace('ｈ', 'ｋ'), FlowHost.Password)).Text, StringComparison.Ordinal);
        }
    }

    private static async Task<Page> TryAsync(FlowHost host, string name, string password)
    {
        using var browser = FlowHost.NewBrowser();
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", name));
        return await browser.FillAsync(page, ("password", password));
    }
}
