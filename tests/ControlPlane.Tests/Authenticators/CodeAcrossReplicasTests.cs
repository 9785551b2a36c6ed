using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Authenticators;

[Trait("Kind", "Slow")]
public sealed class CodeAcrossReplicasTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_code_sent_to_two_replicas_at_once_signs_in_once()
    {
        var database = await (await postgres.ServerAsync()).CreateDatabaseAsync();
        await using var here = await TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, ("AUTHENTIK_POSTGRESQL__NAME", database));
        await using var there = await TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, ("AUTHENTIK_POSTGRESQL__NAME", database));
        Uri[] replicas = [await here.StartAsync(), await there.StartAsync()];
        await using var context = here.Open();
        var ana = new User { Username = "ana", DateJoined = Samples.Now, PasswordHash = PasswordHasher.Hash(FlowHost.Password) };
        context.Users.Add(ana);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        var key = await Devices.AddTotpAsync(here.Services, ana.Id);
        await Devices.AddRecoveryCodesAsync(here.Services, ana.Id, "abcd2345wxyz");

        Assert.Equal(1, await SucceededAsync(replicas, Devices.CodeOf(key)));
        Assert.Equal(1, await SucceededAsync(replicas, "abcd2345wxyz"));
        Assert.Equal(2, await context.Sessions.CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<int> SucceededAsync(Uri[] replicas, string code)
    {
        var clients = replicas.Concat(replicas).Select(address => (Client: new HttpClient(), Address: address)).ToList();
        foreach (var (client, address) in clients)
        {
            await ExecutorSignIn.SignInByExecutorAsync(client, address, "ana", FlowHost.Password);
        }

        var answers = await Task.WhenAll(clients.Select(one => one.Client.AnswerAsync(
            new Uri(one.Address, FlowHost.Executor), new { component = "ak-stage-authenticator-validate", code })));
        clients.ForEach(one => one.Client.Dispose());
        return answers.Count(answer => answer.Component() == "xak-flow-redirect");
    }
}
