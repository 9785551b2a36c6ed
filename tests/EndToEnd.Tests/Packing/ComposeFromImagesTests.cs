using Sidecar.Demo.Processes;
using Sidecar.EndToEnd.Tests.Compose;

namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>What Dockerfile.aot builds, each service in the image and with the rights that the compose file gives it.</summary>
[Trait("Kind", "Slow")]
public sealed class ComposeFromImagesTests : ComposeTests
{
    protected override string? Obstacle => PackedImage.Obstacle;

    [Fact]
    public void What_is_kept_belongs_to_the_images_user() => Assert.All(States, folder =>
    {
        Assert.NotEmpty(FileOwners.Find(folder, "-type", "f"));
        Assert.Empty(FileOwners.Find(folder, "!", "-user", "1654"));
    });

    internal override ChildCommand Place(ComposeFile compose, string service, ChildCommand command) =>
        PackedImage.Find(compose.Target(service)).Place(command, compose.IsReadOnly(service));
}
