using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Channel;

public sealed class ChannelTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_was_never_seen_gets_no_word_that_would_delete_state()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), "not-a-token");
        foreach (var path in (string[])[ChannelRoutes.Trust, ChannelRoutes.Snapshot, ChannelRoutes.Secrets, ChannelRoutes.Stream, ChannelRoutes.Changes, $"{ChannelRoutes.Principals}/{Guid.NewGuid()}"])
        {
            using var response = await client.GetAsync(path);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsStringAsync(Cancel));
            Assert.True(response.Headers.Contains(ChannelRoutes.TimeHeader));
        }
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_snapshot_verifies_with_the_key_that_trust_names_and_holds_what_was_saved(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(plane);

        var snapshot = await SnapshotWithAsync(client, applications: 1);

        var application = Assert.Single(snapshot.Applications);
        Assert.Equal("wiki", application.Slug);
        Assert.Equal("https://wiki.example.com", application.Provider.ExternalHost);
        Assert.Equal("https://auth.example.com/application/o/wiki/", application.Provider.Issuer);
        Assert.Equal((BindingSubject.Group, scene.Staff), (application.Bindings[0].Subject, application.Bindings[0].SubjectId));
        Assert.Contains(snapshot.Groups, group => group.Name == "staff");
        Assert.NotEmpty(snapshot.TicketKeys);
        Assert.Equal("https://auth.example.com/", snapshot.Outpost.PublicUrl);
    }

    [Fact]
    public async Task A_snapshot_that_is_already_held_is_not_sent_again()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        await SnapshotWithAsync(client, applications: 0);
        using var first = await client.GetAsync(ChannelRoutes.Snapshot);
        using var request = new HttpRequestMessage(HttpMethod.Get, ChannelRoutes.Snapshot);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Secrets_are_those_of_the_providers_that_this_outpost_serves()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(plane);

        var served = await client.GetAsync(ChannelRoutes.Secrets, ContractsJson.Default.SecretsDocument);
        await using (var context = plane.Open())
        {
            context.RemoveRange(await context.OutpostProviders.ToListAsync(Cancel));
            await context.SaveChangesAsync(Cancel);
        }

        var notServed = await client.GetAsync(ChannelRoutes.Secrets, ContractsJson.Default.SecretsDocument);

        var provider = Assert.Single(served!.Providers);
        Assert.Equal((scene.ClientId, "client secret"), (provider.ClientId, provider.ClientSecret));
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(Assert.Single(provider.SealingKeys)).Length);
        Assert.Empty(notServed!.Providers);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_principal_can_be_read_only_while_it_has_a_session_at_an_application_of_this_outpost(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(plane);
        var path = $"{ChannelRoutes.Principals}/{scene.Ana}";
        var session = await scene.BeginSessionAsync();

        Assert.Null(await client.GetAsync(path, ContractsJson.Default.Principal));
        var grant = await scene.IssueAsync(session);
        var principal = await client.GetAsync(path, ContractsJson.Default.Principal);
        var revisions = await RevisionsAsync(client, scene.Ana, Guid.NewGuid());
        using var ended = await client.DeleteAsync($"{ChannelRoutes.Sessions}/{session.Id}");
        using var again = await client.DeleteAsync($"{ChannelRoutes.Sessions}/{session.Id}");

        Assert.Equal("ana", principal!.Username);
        Assert.Equal([session.Id], principal.Sessions);
        Assert.Equal([scene.Staff], principal.Groups);
        Assert.Equal(grant!.Principal.Revision, principal.Revision);
        Assert.Equal([scene.Ana], revisions.Keys);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Null(await client.GetAsync(path, ContractsJson.Default.Principal));
    }

    [Fact]
    public async Task An_outpost_cannot_end_a_session_that_never_signed_in_at_its_applications()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(plane);
        var session = await scene.BeginSessionAsync();

        using var response = await client.DeleteAsync($"{ChannelRoutes.Sessions}/{session.Id}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_stream_tells_at_once_and_resumes_where_it_ended(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(plane);
        await SnapshotWithAsync(client, applications: 1);
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        ChangeBatch first;
        using (var stream = await client.StreamAsync(trust.Epoch, trust.Newest))
        {
            var heartbeat = (await stream.NextAsync())!.Value;
            Assert.Equal("heartbeat", heartbeat.Name);
            await scene.LeaveStaffAsync();
            first = ReadBatch(await stream.NextAsync("changes"));
        }

        await using (var context = plane.Open())
        {
            (await context.Users.SingleAsync(user => user.Id == scene.Ana, Cancel)).IsActive = false;
            await context.SaveChangesAsync(Cancel);
        }

        using var resumed = await client.StreamAsync(trust.Epoch, first.Newest);
        var second = ReadBatch(await resumed.NextAsync("changes"));

        Assert.Equal([(ChangeKind.Principal, (Guid?)scene.Ana)], first.Changes.Select(change => (change.Kind, change.Principal)));
        Assert.Equal([(ChangeKind.Principal, (Guid?)scene.Ana)], second.Changes.Select(change => (change.Kind, change.Principal)));
        Assert.True(second.Newest > first.Newest);
    }

    [Fact]
    public async Task The_stream_tells_of_a_new_snapshot_and_of_secrets()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var before = await SnapshotWithAsync(client, applications: 0);
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        using var stream = await client.StreamAsync(trust.Epoch, trust.Newest);
        await Scene.BuildAsync(plane);

        var told = new List<Change>();
        while (!told.Any(change => change.Kind == ChangeKind.Snapshot))
        {
            told.AddRange(ReadBatch(await stream.NextAsync("changes")).Changes);
        }

        Assert.Contains(told, change => change.Kind == ChangeKind.Secrets);
        Assert.True(told.Single(change => change.Kind == ChangeKind.Snapshot).Revision > before.Revision);
        Assert.DoesNotContain(told, change => change.Kind is not (ChangeKind.Snapshot or ChangeKind.Secrets or ChangeKind.Principal));
    }

    [Fact]
    public async Task What_was_read_in_another_epoch_cannot_be_resumed_and_is_a_reset()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;

        var batch = (await client.GetAsync($"{ChannelRoutes.Changes}?after={trust.Newest}&epoch=another-epoch", ContractsJson.Default.ChangeBatch))!;

        Assert.True(batch.Reset);
        Assert.Equal(trust.Epoch, batch.Epoch);
        Assert.InRange(batch.Newest, trust.Newest, trust.Newest + 100);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_deleted_outpost_is_told_goodbye_on_the_stream_and_after(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        using var stream = await client.StreamAsync(trust.Epoch, trust.Newest);
        await stream.NextAsync("heartbeat");
        await using (var context = plane.Open())
        {
            var outpost = await context.Outposts.Include(row => row.ServiceAccount).SingleAsync(Cancel);
            context.RemoveRange(outpost, outpost.ServiceAccount!);
            await context.SaveChangesAsync(Cancel);
        }

        var goodbye = JsonSerializer.Deserialize((await stream.NextAsync("goodbye")).Data, ContractsJson.Default.Goodbye)!;
        using var refused = await client.GetAsync(ChannelRoutes.Trust);
        var repeated = await refused.Content.ReadFromJsonAsync(ContractsJson.Default.Goodbye, Cancel);

        Assert.Equal((Goodbye.OutpostDeleted, trust.Installation), (goodbye.Reason, goodbye.Installation));
        Assert.Null(await stream.NextAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(goodbye, repeated);
    }

    [Fact]
    public async Task A_registration_brings_the_key_and_a_report_what_the_administrator_sees()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        using var client = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        using var key = EcKeys.Create();
        var registration = new OutpostRegistration { Instance = client.Instance, Hostname = "edge", Version = "1", AssertionKey = EcKeys.Publish(key) };

        using var registered = await client.PutAsync(ChannelRoutes.Registration, registration, ContractsJson.Default.OutpostRegistration);
        using var forged = await client.PutAsync(
            ChannelRoutes.Registration, registration with { AssertionKey = registration.AssertionKey with { Kid = "stolen" } }, ContractsJson.Default.OutpostRegistration);
        using var foreign = await client.PutAsync(ChannelRoutes.Registration, registration with { Instance = Guid.NewGuid() }, ContractsJson.Default.OutpostRegistration);
        using var reported = await client.PostAsync(
            ChannelRoutes.Report, new OutpostReport { Epoch = "e", Revision = 3, Applied = 9, Principals = 2, Rejected = "checksum" }, ContractsJson.Default.OutpostReport);

        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NoContent],
            [registered.StatusCode, forged.StatusCode, foreign.StatusCode, reported.StatusCode]);
        await using var context = plane.Open();
        var instance = await context.OutpostInstances.SingleAsync(Cancel);
        Assert.Equal(("edge", registration.AssertionKey.Kid, 9L, "checksum"), (instance.Hostname, instance.AssertionKid, instance.Applied, instance.Rejected));
    }

    private static ChangeBatch ReadBatch((string Name, string? Id, string Data) read)
    {
        var batch = JsonSerializer.Deserialize(read.Data, ContractsJson.Default.ChangeBatch)!;
        Assert.Equal(batch.Newest.ToString(System.Globalization.CultureInfo.InvariantCulture), read.Id);
        return batch;
    }

    private static async Task<IReadOnlyDictionary<Guid, long>> RevisionsAsync(ChannelClient client, params Guid[] ids)
    {
        using var response = await client.PostAsync(
            ChannelRoutes.PrincipalRevisions, new PrincipalRevisionsRequest { Ids = ids }, ContractsJson.Default.PrincipalRevisionsRequest);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.PrincipalRevisions, Cancel))!.Revisions;
    }

    private static async Task<Snapshot> SnapshotWithAsync(ChannelClient client, int applications)
    {
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        using var key = EcKeys.TryImport(trust.SnapshotKeys[^1].Key);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var response = await client.GetAsync(ChannelRoutes.Snapshot);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var fault = SnapshotDocument.TryRead(await response.Content.ReadAsByteArrayAsync(Cancel), kid => kid == trust.SnapshotKeys[^1].Key.Kid ? key : null, out var snapshot);
                Assert.Equal(SignedDocumentFault.None, fault);
                if (snapshot!.Applications.Count == applications)
                {
                    return snapshot;
                }
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
