using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.OpenApi;

/// <summary>
/// The npm package <c>@goauthentik/api</c> in the version that the lock file pins: authentik's API as an OpenAPI document, and the client made from it.
/// Installed once into <c>artifacts/</c>; it is theirs, so it is not kept here.
/// </summary>
public static class AuthentikClientPackage
{
    private static readonly Lazy<string> Installed = new(Install);

    /// <summary>Whether it is there already, in the pinned version.</summary>
    public static bool IsInstalled => IsStamped(Target, File.ReadAllText(Path.Combine(Sources, "package-lock.json")));

    /// <summary>A folder whose <c>node_modules</c> holds the package.</summary>
    public static string Folder => Installed.Value;

    public static string SchemaFile => Path.Combine(Folder, "node_modules", "@goauthentik", "api", "schema.yml");

    private static string Sources => Path.Combine(Repository.Root, "tests", "ControlPlane.Tests", "Api", "Client");

    private static string Target => Path.Combine(Repository.Root, "artifacts", "api-client");

    private static string Install()
    {
        var (sources, folder) = (Sources, Target);
        Directory.CreateDirectory(folder);

        // Test projects may run side by side.
        using var alone = FileLock.Take(Path.Combine(folder, ".lock"));
        var pinned = File.ReadAllText(Path.Combine(sources, "package-lock.json"));
        if (IsStamped(folder, pinned))
        {
            return folder;
        }

        File.Copy(Path.Combine(sources, "package.json"), Path.Combine(folder, "package.json"), overwrite: true);
        File.Copy(Path.Combine(sources, "package-lock.json"), Path.Combine(folder, "package-lock.json"), overwrite: true);
        NpmPackages.Install(folder);
        File.WriteAllText(Stamp(folder), pinned);
        return folder;
    }

    private static string Stamp(string folder) => Path.Combine(folder, "installed");

    private static bool IsStamped(string folder, string pinned) => File.Exists(Stamp(folder)) && File.ReadAllText(Stamp(folder)) == pinned;
}
