using System.Globalization;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Disks;

/// <summary>A file system of its own, in memory, that a test fills and frees. Needs root, as the other servers of these tests do.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const int BlockBytes = 4096;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filling => System.IO.Path.Combine(Path, "filling");

    public static async Task<SmallDisk> CreateAsync(int kilobytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("sidecar-disk-").FullName);
        try
        {
            await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"mode=700,size={kilobytes}k"), "tmpfs", disk.Path);
            return disk;
        }
        catch
        {
            Directory.Delete(disk.Path);
            throw;
        }
    }

    /// <summary>Until not one byte more fits.</summary>
    public void Fill()
    {
        using var filling = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
            {
                filling.Write(new byte[BlockBytes]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        // Lazily: a program that is just ending may still have a file of it open.
        await RunAsync("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        await using var process = await ServerProcess.StartAsync(new ChildCommand(program, arguments), Ready.WhenEnded());
        if (await process.Exited != 0)
        {
            throw new ServerProcessException($"{program} failed", process.Output);
        }
    }
}
