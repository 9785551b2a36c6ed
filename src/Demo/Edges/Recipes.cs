using System.Globalization;

namespace Sidecar.Demo.Edges;

/// <summary>
/// The blocks that administrators copy from <c>src/Outpost/Proxies/README.md</c>, with addresses of this machine put in. What a test or the demo runs is what
/// stands there.
/// </summary>
internal static class Recipes
{
    public const string Auth = "auth.example.com";
    public const string Service = "app.example.com";

    private const string Resource = "proxies.md";
    private const string Sidecar = "sidecar:9000";
    private const string Upstream = "app:8080";

    private static readonly string Text = ReadText();

    public static string Nginx(int port, Uri sidecar, Uri service) =>
        Fill("nginx", ("listen 80", Line($"listen 127.0.0.1:{port}")), (Sidecar, sidecar.Authority), (Upstream, service.Authority));

    public static string Caddy(int port, Uri sidecar, Uri service) => Fill(
        "caddy",
        ($"{Auth} {{", Line($"http://{Auth}:{port} {{\n    bind 127.0.0.1")),
        ($"{Service} {{", Line($"http://{Service}:{port} {{\n    bind 127.0.0.1")),
        (Sidecar, sidecar.Authority),
        (Upstream, service.Authority));

    /// <param name="script">Where <see cref="HaproxyScript"/> lies.</param>
    public static string Haproxy(int port, Uri sidecar, Uri service, string script) => Fill(
        "haproxy", ("bind :80", Line($"bind 127.0.0.1:{port}")), ("/etc/haproxy/sidecar.lua", script), (Sidecar, sidecar.Authority), (Upstream, service.Authority));

    public static string HaproxyScript() => Fill("haproxy-lua");

    /// <param name="name">What follows <c>block=</c> behind the fence.</param>
    /// <param name="changes">Each must be found: a block that was rewritten must not run with an address that is nobody's.</param>
    public static string Fill(string name, params ReadOnlySpan<(string Written, string Here)> changes)
    {
        var block = Block(name);
        foreach (var (written, here) in changes)
        {
            block = block.Contains(written, StringComparison.Ordinal)
                ? block.Replace(written, here, StringComparison.Ordinal)
                : throw new InvalidDataException($"the block {name} does not say '{written}'");
        }

        return block;
    }

    private static string Block(string name)
    {
        var fence = Text.IndexOf($" block={name}\n", StringComparison.Ordinal);
        var start = fence < 0 ? throw new InvalidDataException($"there is no block {name}") : Text.IndexOf('\n', fence) + 1;
        return Text[start..Text.IndexOf("\n```", start, StringComparison.Ordinal)] + "\n";
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string ReadText()
    {
        using var reader = new StreamReader(typeof(Recipes).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
