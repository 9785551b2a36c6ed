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
    private volatile bool _failed;

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

    public void Write<T>(string name, T value, JsonTypeInfo<T> type) =>
        WriteRaw(name, Keeps ? Cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(value, type), PlaceOf(name)) : []);

    /// <summary>For what is signed already and holds no secret.</summary>
    public byte[]? ReadRaw(string name) => Keeps ? PrivateFile.TryRead(PathOf(name)) : null;

    public void WriteRaw(string name, ReadOnlySpan<byte> bytes)
    {
        if (!Keeps)
        {
            return;
        }

        try
        {
            PrivateFile.Replace(PathOf(name), bytes);
            _failed = false;
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            // A full disk must not stop decisions. Told once, until it works again.
            if (!_failed)
            {
                _failed = true;
                _logger.NotWritten(name, error.Message);
            }
        }
    }

    /// <summary>After a goodbye. What this leaves (lock, TLS) is no state of the control plane's.</summary>
    public void DeleteAll()
    {
        foreach (var name in StateFiles.All)
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
    }

    public void Dispose()
    {
        Cipher.Dispose();
        _lock?.Dispose();
    }

    private static byte[] PlaceOf(string name) => Encoding.UTF8.GetBytes(name);
}
