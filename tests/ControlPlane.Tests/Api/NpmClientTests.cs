using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.OpenApi;
using Sidecar.TestKit.Processes;

namespace Sidecar.ControlPlane.Tests.Api;

[Trait("Kind", "Slow")]
public sealed class NpmClientTests(PostgresFixture postgres)
{
    // Far more than a change takes; a loaded machine needs the room.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string Script = Path.Combine(Repository.Root, "tests", "ControlPlane.Tests", "Api", "Client", "drive.js");

    private static readonly string SecondFactor = Path.Combine(Path.GetDirectoryName(Script)!, "second-factor.js");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_published_client_administers_everything_and_outposts_hear_of_each_change(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind, ("SIDECAR_FIRST_OUTPOST_TOKEN", Scene.OutpostToken));
        using var outpost = new ChannelClient(plane.Address, Scene.OutpostToken);
        using var script = ClientScript.Start(Script, plane.Address, ApiPlane.AdminToken);
        var position = await NewestAsync(plane);
        await script.RunAsync(async step => position = await CheckAsync(plane, outpost, step, position), Cancel);
    }

    [Fact]
    public async Task The_published_client_makes_the_stages_of_a_second_factor_and_a_person_uses_one()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        using var script = ClientScript.Start(SecondFactor, plane.Address, ApiPlane.AdminToken);

        await script.RunAsync(_ => Task.CompletedTask, Cancel);
    }

    /// <summary>What was committed is in the log when the answer is; the snapshot follows, and says what was asked for.</summary>
    private static async Task<long> CheckAsync(ApiPlane plane, ChannelClient outpost, JsonElement step, long position)
    {
        var name = step.GetProperty("step").GetString()!;
        foreach (var subject in step.GetProperty("subjects").EnumerateArray().Select(value => Enum.Parse<ChangeSubject>(value.GetString()!)))
        {
            var limit = subject == ChangeSubject.Snapshot ? Limit : TimeSpan.Zero;
            await UntilAsync(() => IsToldAsync(plane, subject, position), limit, $"{name}: nothing about {subject} in the change log");
        }

        if (step.TryGetProperty("hosts", out var hosts))
        {
            var expected = hosts.EnumerateArray().Select(host => host.GetString()!).ToArray();
            await UntilAsync(() => IsServedAsync(outpost, expected, step.GetProperty("bindings").GetInt32()), Limit, $"{name}: the outpost's snapshot does not show it");
        }

        return await NewestAsync(plane);
    }

    private static async Task<bool> IsToldAsync(ApiPlane plane, ChangeSubject subject, long after)
    {
        await using var context = plane.Plane.Open();
        return await context.Changes.AnyAsync(row => row.Number > after && row.Subject == subject, Cancel);
    }

    private static async Task<bool> IsServedAsync(ChannelClient client, string[] hosts, int bindings)
    {
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        using var key = EcKeys.TryImport(trust.SnapshotKeys[^1].Key);
        using var response = await client.GetAsync(ChannelRoutes.Snapshot);
        return response.IsSuccessStatusCode
            && SnapshotDocument.TryRead(await response.Content.ReadAsByteArrayAsync(Cancel), _ => key, out var snapshot) == SignedDocumentFault.None
            && snapshot!.Applications.Select(application => application.Provider.ExternalHost).SequenceEqual(hosts)
            && snapshot.Applications.Sum(application => application.Bindings.Count) == bindings;
    }

    private static async Task<long> NewestAsync(ApiPlane plane)
    {
        await using var context = plane.Plane.Open();
        return await context.Changes.MaxAsync(row => (long?)row.Number, Cancel) ?? 0;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan limit, string problem)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(20, Cancel))
        {
            Assert.True(waited.Elapsed < limit, problem);
        }
    }
}
