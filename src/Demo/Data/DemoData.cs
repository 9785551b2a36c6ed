using System.Security.Cryptography;

namespace Sidecar.Demo.Data;

/// <summary>The folder with everything that the demo keeps: programs, the server's data, and the secrets made at the first start.</summary>
internal sealed class DemoData
{
    private DemoData(string root) => Root = root;

    public string Root { get; }

    public string Programs => Path.Combine(Root, "bin");

    public string Server => Path.Combine(Root, "data");

    public string Edge => Path.Combine(Root, "edge");

    public string TokenFile => Path.Combine(Root, "secrets", "bootstrap-token");

    public string Token => Secret("bootstrap-token", 32);

    public string AdminPassword => Secret("akadmin-password", 12);

    public string UserPassword => Secret("user-password", 12);

    public static DemoData Open(string? folder)
    {
        var data = new DemoData(Path.GetFullPath(folder ?? Path.Combine(RepositoryFolder.Root, ".demo")));
        foreach (var part in new[] { data.Root, data.Programs, data.Server, data.Edge, Path.Combine(data.Root, "secrets") })
        {
            Directory.CreateDirectory(part, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return data;
    }

    private string Secret(string name, int bytes)
    {
        var path = Path.Combine(Root, "secrets", name);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using var writer = new StreamWriter(path, options);
            writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes)));
        }

        return File.ReadAllText(path).Trim();
    }
}
