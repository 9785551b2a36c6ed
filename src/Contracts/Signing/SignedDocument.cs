using System.Buffers.Text;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sidecar.Contracts.Signing;

/// <summary>
/// A document that can lie anywhere and still be trusted: one line of JSON with checksum and signature, a line feed, and the payload as readable JSON.
/// </summary>
public static class SignedDocument
{
    // Far above any header of ours; without a bound a hostile file could make the reader look for a line feed in gigabytes.
    private const int MaxHeaderBytes = 4096;

    public static byte[] Write(string type, int format, int minReader, ReadOnlySpan<byte> payload, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var header = new SignedDocumentHeader
        {
            Type = type,
            Format = format,
            MinReader = minReader,
            Checksum = Checksum(payload),
            Key = EcKeys.Publish(key).Kid,
            Signature = Base64Url.EncodeToString(key.SignData(Message(type, format, minReader, payload), HashAlgorithmName.SHA256)),
        };
        var line = JsonSerializer.SerializeToUtf8Bytes(header, ContractsJson.Default.SignedDocumentHeader);
        return [.. line, (byte)'\n', .. payload];
    }

    /// <summary>Checks damage first, then version, then forgery. Nothing of the payload is parsed before all three pass.</summary>
    /// <param name="document">The bytes as stored or received.</param>
    /// <param name="type">The type that the caller expects.</param>
    /// <param name="readerVersion">The highest format that the caller understands.</param>
    /// <param name="findKey">The trusted key of that id, or null.</param>
    /// <param name="payload">The verified payload; empty unless the result is <see cref="SignedDocumentFault.None"/>.</param>
    public static SignedDocumentFault Verify(
        ReadOnlyMemory<byte> document, string type, int readerVersion, Func<string, ECDsa?> findKey, out ReadOnlyMemory<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(findKey);
        payload = default;
        if (!TryReadHeader(document, out var header, out var rest))
        {
            return SignedDocumentFault.Malformed;
        }

        if (header.Checksum != Checksum(rest.Span))
        {
            return SignedDocumentFault.Checksum;
        }

        if (header.Type != type)
        {
            return SignedDocumentFault.WrongType;
        }

        if (header.MinReader > readerVersion || header.Format < 1 || header.MinReader < 1)
        {
            return SignedDocumentFault.Version;
        }

        if (findKey(header.Key) is not { } key)
        {
            return SignedDocumentFault.UnknownKey;
        }

        if (!Base64Url.IsValid(header.Signature)
            || !key.VerifyData(
                Message(type, header.Format, header.MinReader, rest.Span), Base64Url.DecodeFromChars(header.Signature), HashAlgorithmName.SHA256))
        {
            return SignedDocumentFault.Signature;
        }

        payload = rest;
        return SignedDocumentFault.None;
    }

    /// <summary>The payload as it stands there, with nothing checked: for those who only look. False when it is no signed document.</summary>
    public static bool TryPayload(ReadOnlyMemory<byte> document, out ReadOnlyMemory<byte> payload) => TryReadHeader(document, out _, out payload);

    private static bool TryReadHeader(ReadOnlyMemory<byte> document, out SignedDocumentHeader header, out ReadOnlyMemory<byte> payload)
    {
        header = null!;
        payload = default;
        var end = document.Span[..Math.Min(document.Length, MaxHeaderBytes)].IndexOf((byte)'\n');
        if (end < 0)
        {
            return false;
        }

        try
        {
            var read = JsonSerializer.Deserialize(document.Span[..end], ContractsJson.Default.SignedDocumentHeader);
            header = read!;
            payload = document[(end + 1)..];
            return read is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Checksum(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(XxHash128.Hash(payload));

    private static byte[] Message(string type, int format, int minReader, ReadOnlySpan<byte> payload) =>
        [.. Encoding.UTF8.GetBytes($"{type}\n{format}\n{minReader}\n"), .. payload];
}
