using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Tests.Browsers;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/if/user/")]
    [InlineData("/application/o/authorize/?client_id=x&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback")]
    [InlineData("/a#fragment")]
    public void A_path_of_this_server_is_kept(string text) => Assert.Equal(text, LocalPath.Check(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("if/user/")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("/\r\n/evil.example/")]
    [InlineData(" //evil.example/")]
    [InlineData("/.//evil.example/")]
    [InlineData("/a/..//evil.example/")]
    [InlineData("/a/../b")]
    [InlineData("/%2f/evil.example/")]
    [InlineData("/%5Cevil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\u00e9")]
    public void What_could_lead_elsewhere_is_dropped(string? text) => Assert.Null(LocalPath.Check(text));
}
