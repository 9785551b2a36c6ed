using Sidecar.Demo.Command;

namespace Sidecar.Demo.Data;

/// <summary>The folder with Sidecar.sln: the demo builds what it runs.</summary>
internal static class RepositoryFolder
{
    public static string Root => Above(AppContext.BaseDirectory) ?? Above(Environment.CurrentDirectory)
        ?? throw new DemoException("The demo builds Sidecar from its repository: run it there, with dotnet run --project src/Demo");

    private static string? Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sidecar.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
