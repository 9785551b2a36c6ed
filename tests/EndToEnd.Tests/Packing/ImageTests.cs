namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>What is in the images of Dockerfile.aot, and what they say about themselves.</summary>
[Trait("Kind", "Slow")]
public sealed class ImageTests
{
    private const long MaxOutpostBytes = 30 * 1024 * 1024;

    private static readonly string[] Targets = ["outpost", "control-plane"];

    // With one of these somebody who got in could look around, and bring more.
    private static readonly string[] Tools =
        ["sh", "bash", "dash", "busybox", "apt", "apt-get", "dpkg", "rpm", "apk", "curl", "wget", "perl", "python3", "su", "sudo", "mount"];

    public static TheoryData<string> All => [.. Targets];

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_no_shell_and_no_package_manager(string target)
    {
        var image = Image(target);

        Assert.Empty(Files(image.Root).Select(Path.GetFileName).Intersect(Tools));
        Assert.Empty(FileOwners.Find(image.Root, "-type", "f", "-perm", "/6000"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Runs_as_a_user_who_can_change_nothing_but_the_volume(string target)
    {
        var image = Image(target);

        Assert.Equal("1654", image.User);
        Assert.Equal(["/data"], image.Volumes);
        Assert.Empty(FileOwners.Find(Path.Combine(image.Root, "data"), "!", "-user", "1654"));

        // The run time's pipes and sockets stay where the images were run before.
        Assert.Empty(FileOwners.Find(image.Root, "!", "-user", "0", "!", "-path", "*/data", "!", "-path", "*/tmp/*"));
        Assert.Empty(FileOwners.Find(Path.Combine(image.Root, "app"), "-perm", "/022"));
    }

    [Fact]
    public void Say_what_they_listen_on_what_they_start_and_how_to_ask_whether_they_live()
    {
        var (outpost, server) = (Image("outpost"), Image("control-plane"));

        Assert.All([outpost, server], image => Assert.Equal(["9000/tcp", "9300/tcp", "9443/tcp"], image.Ports));
        Assert.Equal(["/app/sidecar-outpost"], outpost.EntryPoint);
        Assert.Empty(outpost.Command);
        Assert.Equal(["/app/sidecar"], server.EntryPoint);
        Assert.Equal(["server"], server.Command);
        Assert.Equal(["CMD", "/app/sidecar-outpost", "healthcheck"], outpost.HealthCheck);
        Assert.Equal(["CMD", "/app/sidecar", "healthcheck"], server.HealthCheck);
    }

    [Fact]
    public void The_outpost_adds_one_file_of_at_most_30_megabytes()
    {
        var file = Assert.Single(Files(Path.Combine(Image("outpost").Root, "app")), file => !file.EndsWith(".json", StringComparison.Ordinal));

        Assert.Equal("sidecar-outpost", Path.GetFileName(file));
        Assert.InRange(Files(Path.Combine(Image("outpost").Root, "app")).Sum(each => new FileInfo(each).Length), 1, MaxOutpostBytes);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_of_the_build_is_left_in_it(string target) =>
        Assert.DoesNotContain(Files(Path.Combine(Image(target).Root, "app")), file => Path.GetExtension(file) is ".pdb" or ".dbg" or ".xml" or ".cs" or ".csproj");

    private static PackedImage Image(string target)
    {
        Assert.SkipWhen(PackedImage.Obstacle is not null, PackedImage.Obstacle ?? "");
        return PackedImage.Find(target);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
}
