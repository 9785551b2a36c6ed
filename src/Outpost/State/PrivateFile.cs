namespace Sidecar.Outpost.State;

/// <summary>Files that nobody but this user may read, and that are whole or not there.</summary>
internal static class PrivateFile
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode700);
        }
    }

    public static FileStream Create(string path, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>Replaces the file in one step: after a crash it is the old one or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".next";
        // A leftover of a crash may have another mode: it is made anew.
        File.Delete(next);
        CreateNew(next, content);
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Never over another; and half of it is not left behind, which would only take the room that a full disk lacks.</summary>
    public static void CreateNew(string path, ReadOnlySpan<byte> content)
    {
        var stream = Create(path, FileMode.CreateNew);
        try
        {
            using (stream)
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
        }
        catch (Exception error) when (IsFileFault(error))
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Null when it is not there or cannot be read.</summary>
    public static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (IsFileFault(error))
        {
            return null;
        }
    }

    public static bool IsFileFault(Exception error) => error is IOException or UnauthorizedAccessException;
}
