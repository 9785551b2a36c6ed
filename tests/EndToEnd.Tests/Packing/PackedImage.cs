using System.Text.Json;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>
/// An image that <c>tests/images</c> built and unpacked. It runs as a container engine would run it: its tree is all there is, its user, its environment and
/// its entry point, a volume at <c>/data</c>, process number 1. Only the network is this machine's.
/// </summary>
internal sealed class PackedImage
{
    // Ends with its parent, whatever that ends by; and what is mounted here is mounted nowhere else.
    private const string Enter =
        """
        root=$1 data=$2 user=$3 rights=$4
        shift 4
        chown "$user" "$data"
        mount --bind "$root" "$root"
        mount --bind "$data" "$root/data"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        [ "$rights" = rw ] || mount -o remount,bind,ro "$root"
        exec env -i "$@"
        """;

    private readonly JsonElement _config;

    private PackedImage(string folder)
    {
        Root = Path.Combine(folder, "root");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "image.json")));
        _config = document.RootElement.GetProperty("Docker").GetProperty("config").Clone();
    }

    /// <summary>Null, or why images are not built here.</summary>
    public static string? Obstacle => Environment.IsPrivilegedProcess ? null : "not root: images can be neither built nor entered";

    /// <summary>The unpacked tree.</summary>
    public string Root { get; }

    public string User => _config.GetProperty(nameof(User)).GetString()!;

    public IReadOnlyList<string> EntryPoint => List(_config.GetProperty("Entrypoint"));

    public IReadOnlyList<string> Command => _config.TryGetProperty("Cmd", out var command) ? List(command) : [];

    public IReadOnlyList<string> Ports => [.. _config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Volumes => [.. _config.GetProperty(nameof(Volumes)).EnumerateObject().Select(volume => volume.Name)];

    public IReadOnlyList<string> HealthCheck => List(_config.GetProperty("Healthcheck").GetProperty("Test"));

    public static PackedImage Find(string target)
    {
        var folder = Path.Combine(Repository.Root, "artifacts/images", target);
        return Directory.Exists(folder) ? new PackedImage(folder) : throw new DirectoryNotFoundException($"{folder} is not there: tests/images builds it");
    }

    /// <summary>The same command, in the image instead of on this machine: its entry point with the command's arguments.</summary>
    /// <param name="command">Its <c>SIDECAR_DATA</c> is what is mounted as the volume.</param>
    /// <param name="isReadOnly">Nothing but the volume can be written to.</param>
    public ChildCommand Place(ChildCommand command, bool isReadOnly)
    {
        var data = command.Environment.GetValueOrDefault("SIDECAR_DATA") ?? Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Root)!, "no-volume")).FullName;

        // The image knows its own places.
        var given = command.Environment.Where(pair => pair is { Key: not ("SIDECAR_DATA" or "SIDECAR_OUTPOST_PATH"), Value: not null }).Select(pair => $"{pair.Key}={pair.Value}");
        return new ChildCommand(
            "/usr/bin/unshare",
            [
                "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-ec", Enter, "sh", Root, data, $"{User}:{User}", isReadOnly ? "ro" : "rw",
                .. List(_config.GetProperty("Env")), .. given,
                "/usr/sbin/chroot", $"--userspec={User}:{User}", "--groups=", Root, .. EntryPoint, .. command.Arguments,
            ])
        {
            OnLine = command.OnLine,
        };
    }

    private static string[] List(JsonElement list) => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
