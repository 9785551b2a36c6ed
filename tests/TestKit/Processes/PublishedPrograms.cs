namespace Sidecar.TestKit.Processes;

/// <summary>Where the published programs under test lie.</summary>
public static class PublishedPrograms
{
    public static string Outpost => Find("SIDECAR_TEST_OUTPOST", "artifacts/outpost/sidecar-outpost");

    public static string ControlPlane => Find("SIDECAR_TEST_CONTROL_PLANE", "artifacts/control-plane/sidecar");

    private static string Find(string variable, string relative)
    {
        var path = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? given
            : Path.Combine(Repository.Root, relative);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there: publish it (tests/run does) or set {variable}", path);
    }
}
