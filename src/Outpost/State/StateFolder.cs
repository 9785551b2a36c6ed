using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Outpost.Hosting;

namespace Sidecar.Outpost.State;

/// <summary>
/// What survives a restart, in <c>SIDECAR_DATA/outpost</c>. A file that is damaged, foreign, or of another token is told and then treated as absent.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private readonly string _path;
    private readonly FileStream? _lock;
    private readonly ILogger _logger;
    private readonly Lock _writing = new();

    // What could not be written, newest only.
    private readonly Dictionary<string, byte[]> _due = new(StringComparer.Ordinal);

    private StateFolder(string path, StateCipher cipher, FileStream? folderLock, ILogger logger)
    {
        _path = path;
        _lock = folderLock;
        _logger = logger;
        Cipher = cipher;
    }

    public StateCipher Cipher { get; }

    /// <summary>False when nothing is kept, because there is no token to encrypt it with.</summary>
    public bool Keeps => _lock is not null;

    /// <exception cref="OutpostStartException">The folder cannot be written, or another outpost uses it.</exception>
    public static StateFolder Open(string path, string token, ILogger logger)
    {
        if (token.Length == 0)
        {
            return new StateFolder(path, new StateCipher(Guid.NewGuid().ToString()), null, logger);
        }

        try
        {
            PrivateFile.CreateFolder(path);
            // Two processes would mix their logs of principals.
            return new StateFolder(path, new StateCipher(token), PrivateFile.Create(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileShare.None), logger);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            throw new OutpostStartException(
                $"The state folder {path} cannot be used: {error.Message} (another outpost may be running on it, or this user may not write there; see SIDECAR_DATA)");
        }
    }

    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Null when absent.</summary>
    public T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        if (!Keeps || PrivateFile.TryRead(PathOf(name)) is not { } bytes)
        {
            return null;
        }

        try
        {
            if (Cipher.TryOpen(bytes, PlaceOf(name)) is { } plain && JsonSerializer.Deserialize(plain, type) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Written by a version that this one does not understand.
        }

        _logger.Unreadable(name);
        return null;
    }

    /// <summary>A full disk must not stop decisions: what it does not take is told once and tried again as soon as it takes anything.</summary>
    public void Write<T>(string name, T value, JsonTypeInfo<T> type)
    {
        if (Keeps)
        {
            TryWrite(name, Cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(value, type), PlaceOf(name)));
        }
    }

    /// <summary>For what is signed already and holds no secret.</summary>
    public byte[]? ReadRaw(string name) => Keeps ? PrivateFile.TryRead(PathOf(name)) : null;

    /// <summary>As <see cref="Write"/>. What it cannot replace it deletes: old rules would let in again whom the new ones refuse, absent ones let in nobody.</summary>
    public void WriteRaw(string name, ReadOnlySpan<byte> bytes)
    {
        if (Keeps && !TryWrite(name, bytes.ToArray()))
        {
            Delete(name);

            // Its room may be all that the new one lacked.
            TryWrite(name, bytes.ToArray());
        }
    }

    /// <summary>After a goodbye. What this leaves (lock, TLS) is no state of the control plane's.</summary>
    public void DeleteAll()
    {
        lock (_writing)
        {
            _due.Clear();
            foreach (var name in StateFiles.All)
            {
                Delete(name);
            }
        }
    }

    public void Dispose()
    {
        Cipher.Dispose();
        _lock?.Dispose();
    }

    private bool TryWrite(string name, byte[] bytes)
    {
        lock (_writing)
        {
            var wasDue = _due.Remove(name);
            if (!TryReplace(name, bytes, isTold: wasDue))
            {
                _due[name] = bytes;
                return false;
            }

            foreach (var (late, content) in _due.ToArray())
            {
                if (TryReplace(late, content, isTold: true))
                {
                    _due.Remove(late);
                }
            }

            return true;
        }
    }

    private bool TryReplace(string name, byte[] bytes, bool isTold)
    {
        try
        {
            PrivateFile.Replace(PathOf(name), bytes);
            return true;
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            if (!isTold)
            {
                _logger.NotWritten(name, error.Message);
            }

            return false;
        }
    }

    private void Delete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            _logger.NotDeleted(name, error.Message);
        }
    }

    private static byte[] PlaceOf(string name) => Encoding.UTF8.GetBytes(name);
}
