using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Directory;

public sealed class NameKeysTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Keys_of_an_older_version_are_made_anew_and_of_two_names_that_become_one_the_oldest_keeps_it(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using (var context = plane.Open())
        {
            context.Users.AddRange(Samples.User("John"), Samples.User("zoë"));
            await context.SaveChangesAsync(Cancel);
            context.Users.Add(Samples.User("someone"));
            await context.SaveChangesAsync(Cancel);

            // As before: upper case, and what is not ASCII as it was typed.
            await SetAsync(context, "John", "John", "JOHN");
            await SetAsync(context, "zoë", "zoë", "ZOË");
            await SetAsync(context, "someone", "ｊｏｈｎ", "ＪＯＨＮ");
            await context.Installations.ExecuteUpdateAsync(set => set.SetProperty(row => row.NameKeyVersion, 0), Cancel);
        }

        for (var i = 0; i < 2; i++)
        {
            await using var scope = plane.Scope();
            await scope.ServiceProvider.GetRequiredService<NameKeys>().BringUpToDateAsync(Cancel);
        }

        await using var after = plane.Open();
        var keys = await after.Users.Where(user => user.Username != "akadmin").ToDictionaryAsync(user => user.Username, user => user.UsernameKey, Cancel);
        Assert.Equal("john", keys["John"]);
        Assert.Equal(LookupKey.Of("ZOË"), keys["zoë"]);
        Assert.StartsWith("\u0001", keys["ｊｏｈｎ"], StringComparison.Ordinal);
        Assert.Equal(LookupKey.Version, (await after.Installations.SingleAsync(Cancel)).NameKeyVersion);
    }

    private static Task<int> SetAsync(ControlPlaneContext context, string user, string name, string key) => context.Users.Where(row => row.Username == user)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Username, name).SetProperty(row => row.UsernameKey, key), Cancel);
}
