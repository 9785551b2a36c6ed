namespace Sidecar.TestKit.Processes;

/// <summary>The folder that holds Sidecar.sln, found upwards from the running test program.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Sidecar.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"no Sidecar.sln above {AppContext.BaseDirectory}");
    }
}
