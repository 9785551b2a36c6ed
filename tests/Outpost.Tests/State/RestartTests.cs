using Microsoft.Extensions.Time.Testing;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.State;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.State;

/// <summary>What a process leaves behind, and what the next one makes of it while the control plane is away.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly string _folder = RunningOutpost.NewFolder();
    private readonly Guid _sid = Guid.NewGuid();
    private FakeControlPlane _plane = null!;
    private Contracts.Principals.Principal _ana = null!;
    private string _kid = "";

    private string State => Path.Combine(_folder, "outpost");

    public async ValueTask InitializeAsync()
    {
        _plane = await FakeControlPlane.StartAsync();
        _plane.Secrets = new Contracts.Channel.SecretsDocument
        {
            Providers = [new() { ClientId = SampleSnapshot.ClientId, ClientSecret = "s", SealingKeys = [System.Buffers.Text.Base64Url.EncodeToString(new byte[32])] }],
        };
        _plane.Publish();
        await using (var outpost = await RunningOutpost.StartAsync(_plane, _folder))
        {
            await Eventually.HoldsAsync(() => outpost.Get<ChannelState>().IsStreaming, "the outpost is in step");
            _ana = _plane.Put(SamplePrincipal.Create());
            await outpost.Get<PrincipalTable>().FetchAsync(_ana.Id, _ana.Revision, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await _plane.StopAsync();
            outpost.Get<PrincipalTable>().EndSession(_sid);
            _kid = outpost.Get<Assertions.AssertionKey>().Kid;
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_is_there_again_while_the_control_plane_is_away()
    {
        await using var outpost = await StartAgainAsync();

        Assert.Equal(1, outpost.Get<ServingHolder>().Current!.Compiled.Source.Revision);
        Assert.NotNull(outpost.Get<ServingHolder>().Current!.SecretsOf(SampleSnapshot.ClientId));
        Assert.True(outpost.Get<PrincipalTable>().TryGet(_ana.Id, out _));
        Assert.True(outpost.Get<PrincipalTable>().IsEnded(_sid));
        Assert.Equal(_kid, outpost.Get<Assertions.AssertionKey>().Kid);
        Assert.False(outpost.Get<ContactClock>().IsStale(strict: false));
    }

    [Theory]
    [InlineData("trust")]
    [InlineData("contact")]
    [InlineData("secrets")]
    [InlineData("snapshot")]
    [InlineData("principals")]
    [InlineData("identity")]
    [InlineData("ended-sessions")]
    public async Task A_damaged_file_is_as_good_as_absent(string name)
    {
        var path = Path.Combine(State, name);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        await using var outpost = await StartAgainAsync();

        Assert.Equal(name is not ("trust" or "snapshot"), outpost.Get<ServingHolder>().Current is not null);
        Assert.Equal(name is not ("trust" or "principals"), outpost.Get<PrincipalTable>().TryGet(_ana.Id, out _));
    }

    [Fact]
    public async Task With_another_token_the_old_state_is_as_good_as_absent()
    {
        await using var outpost = await StartAgainAsync(token: "another-token-0123456789012345678901234567");

        Assert.Null(outpost.Get<ServingHolder>().Current);
        Assert.False(outpost.Get<PrincipalTable>().TryGet(_ana.Id, out _));
        Assert.NotEqual(_kid, outpost.Get<Assertions.AssertionKey>().Kid);
    }

    [Fact]
    public async Task A_file_in_the_place_of_another_does_not_open()
    {
        File.Copy(Path.Combine(State, "contact"), Path.Combine(State, "trust"), overwrite: true);

        await using var outpost = await StartAgainAsync();

        Assert.Null(outpost.Get<ServingHolder>().Current);
    }

    [Fact]
    public async Task The_time_between_two_processes_counts_as_silence()
    {
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(13));

        await using var outpost = await StartAgainAsync(time: later);

        Assert.True(outpost.Get<ContactClock>().IsStale(strict: false));
    }

    [Fact]
    public async Task A_clock_that_went_back_makes_the_age_unknown_and_stale()
    {
        var before = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));

        await using var outpost = await StartAgainAsync(time: before);

        Assert.True(outpost.Get<ContactClock>().IsStale(strict: false));
    }

    [Fact]
    public void Files_are_for_this_user_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var name in StateFiles.All)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(State, name)));
        }
    }

    [Fact]
    public void Nothing_of_a_principal_can_be_read_in_the_folder() =>
        Assert.DoesNotContain("ana@example.com", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(State, "principals"))), StringComparison.Ordinal);

    [Fact]
    public async Task Two_outposts_on_one_folder_are_told_so()
    {
        await using var outpost = await StartAgainAsync();

        var error = await Assert.ThrowsAsync<Outpost.Hosting.OutpostStartException>(() => StartAgainAsync());

        Assert.Contains("SIDECAR_DATA", error.Message, StringComparison.Ordinal);
    }

    private Task<RunningOutpost> StartAgainAsync(string? token = null, TimeProvider? time = null) =>
        RunningOutpost.StartAsync(RunningOutpost.Options(_plane, _folder) with { Token = token ?? _plane.Token }, time);
}
