namespace Sidecar.Demo.Processes;

/// <summary>Finds a program as a shell would, and in the folders where Debian keeps servers.</summary>
public static class PathSearch
{
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
