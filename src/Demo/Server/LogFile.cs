namespace Sidecar.Demo.Server;

/// <summary>A program's output in a file of its own, so that the terminal stays readable.</summary>
internal sealed class LogFile
{
    private readonly string _path;

    public LogFile(string path)
    {
        _path = path;
        File.Delete(path);
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    // Few lines, and a reader who waits for the last one: no buffer.
    public void Add(string line) => File.AppendAllText(_path, line + "\n");
}
