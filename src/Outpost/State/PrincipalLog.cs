using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Principals;

namespace Sidecar.Outpost.State;

/// <summary>
/// Principals on disk as a log: a change costs one entry, not a new file. Each entry is sealed to this file and to its place in it, so that entries can
/// be neither moved, removed nor replayed; a torn end is what a crash leaves.
/// </summary>
/// <remarks>File: 16 random bytes, then entries: length (4 bytes, little endian), sealed bytes. An entry: kind, then JSON or the id.</remarks>
internal sealed class PrincipalLog(StateFolder state, ILogger logger) : IDisposable
{
    private const byte Removed = 0;
    private const byte Present = 1;
    private const int IdBytes = 16;

    // No principal comes near it; without a bound, damage could ask for gigabytes.
    private const int MaxEntryBytes = 4 * 1024 * 1024;

    private readonly string _path = state.PathOf(StateFiles.Principals);
    private FileStream? _file;
    private byte[] _id = [];

    /// <summary>Entries in the file, also those that later ones replace.</summary>
    public long Entries { get; private set; }

    private string NextPath => _path + ".next";

    public Dictionary<Guid, Principal> ReadAll()
    {
        var principals = new Dictionary<Guid, Principal>();
        if (!state.Keeps || !File.Exists(_path))
        {
            return principals;
        }

        try
        {
            using var file = new BufferedStream(File.OpenRead(_path), 1 << 16);
            var id = new byte[IdBytes];
            var whole = file.ReadAtLeast(id, IdBytes, throwOnEndOfStream: false) == IdBytes && TryReadEntries(file, id, principals);
            if (!whole)
            {
                logger.LogDamaged(principals.Count);
            }
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            logger.LogDamaged(principals.Count);
        }

        return principals;
    }

    /// <summary>Starts a new file that holds exactly these.</summary>
    public void Rewrite(IEnumerable<Principal> principals)
    {
        Close();
        File.Delete(NextPath);
        _id = RandomNumberGenerator.GetBytes(IdBytes);
        Entries = 0;
        _file = PrivateFile.Create(NextPath, FileMode.CreateNew);
        _file.Write(_id);
        foreach (var principal in principals)
        {
            Append(principal);
        }

        _file.Flush(flushToDisk: true);
        File.Move(NextPath, _path, overwrite: true);
    }

    public void Append(Principal principal)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(principal, ContractsJson.Default.Principal);
        Append([Present, .. json]);
    }

    public void AppendRemoval(Guid id) => Append([Removed, .. id.ToByteArray()]);

    /// <param name="toDisk">True when a removal is among it: a power cut must not bring back who was revoked.</param>
    public void Flush(bool toDisk) => _file?.Flush(toDisk);

    /// <summary>After a fault of the disk, or a goodbye: absent is safe, half written is not.</summary>
    public void Delete()
    {
        Close();
        try
        {
            File.Delete(_path);
            File.Delete(NextPath);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            logger.NotDeleted(StateFiles.Principals, error.Message);
        }
    }

    public void Dispose() => Close();

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be flushed is lost; the caller writes a new file or deletes this one.
        }

        _file = null;
    }

    private void Append(ReadOnlySpan<byte> entry)
    {
        var sealedEntry = state.Cipher.Seal(entry, PlaceOf(_id, Entries));
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, sealedEntry.Length);
        _file!.Write(length);
        _file.Write(sealedEntry);
        Entries++;
    }

    private bool TryReadEntries(Stream file, byte[] id, Dictionary<Guid, Principal> principals)
    {
        Span<byte> length = stackalloc byte[4];
        for (var place = 0L; ; place++)
        {
            var read = file.ReadAtLeast(length, 4, throwOnEndOfStream: false);
            if (read == 0)
            {
                return true;
            }

            var bytes = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (read < 4 || bytes is < StateCipher.Overhead or > MaxEntryBytes)
            {
                return false;
            }

            var sealedEntry = new byte[bytes];
            if (file.ReadAtLeast(sealedEntry, bytes, throwOnEndOfStream: false) < bytes
                || state.Cipher.TryOpen(sealedEntry, PlaceOf(id, place)) is not { Length: > 1 } entry
                || !TryTake(entry, principals))
            {
                return false;
            }
        }
    }

    private static bool TryTake(ReadOnlySpan<byte> entry, Dictionary<Guid, Principal> principals)
    {
        if (entry[0] == Removed && entry.Length == 1 + IdBytes)
        {
            principals.Remove(new Guid(entry[1..]));
            return true;
        }

        try
        {
            if (entry[0] != Present || JsonSerializer.Deserialize(entry[1..], ContractsJson.Default.Principal) is not { } principal)
            {
                return false;
            }

            principals[principal.Id] = principal;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] PlaceOf(byte[] id, long place)
    {
        var bytes = new byte[IdBytes + 8];
        id.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(IdBytes), place);
        return bytes;
    }
}
