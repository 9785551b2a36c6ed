using Sidecar.Demo.Data;

namespace Sidecar.Demo.Tests.Data;

public sealed class DemoDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-demo-").FullName;

    [Fact]
    public void Secrets_are_made_once_and_only_their_owner_can_read_them()
    {
        var first = DemoData.Open(_folder);
        var (token, password) = (first.Token, first.AdminPassword);

        Assert.Equal((token, password), (DemoData.Open(_folder).Token, DemoData.Open(_folder).AdminPassword));
        Assert.NotEqual(token, password);
        Assert.True(token.Length >= 40);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(first.TokenFile));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
