using Sidecar.TestKit.Processes;

namespace Sidecar.Load;

/// <summary>Published programs that only a benchmark needs.</summary>
internal static class Programs
{
    public static string BareKestrel
    {
        get
        {
            var path = Path.Combine(Repository.Root, "artifacts/bare-kestrel/bare-kestrel");
            return File.Exists(path)
                ? path
                : throw new FileNotFoundException($"{path} is not there: dotnet publish bench/BareKestrel -c Release -r linux-x64 -o artifacts/bare-kestrel", path);
        }
    }
}
