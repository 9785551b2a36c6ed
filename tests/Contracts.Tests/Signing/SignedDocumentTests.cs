using System.Security.Cryptography;
using System.Text;
using Sidecar.Contracts.Signing;

namespace Sidecar.Contracts.Tests.Signing;

public sealed class SignedDocumentTests
{
    private static readonly byte[] Payload = """{"say":"hello\nworld"}"""u8.ToArray();

    [Fact]
    public void A_signed_document_gives_back_its_payload()
    {
        using var key = Samples.Key();

        var fault = Verify(Write(key), key, out var payload);

        Assert.Equal(SignedDocumentFault.None, fault);
        Assert.Equal(Payload, payload.ToArray());
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        using var key = Samples.Key();
        var document = Write(key);

        for (var bit = 0; bit < document.Length * 8; bit++)
        {
            var damaged = (byte[])document.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotEqual(SignedDocumentFault.None, Verify(damaged, key, out _));
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        using var key = Samples.Key();
        var document = Write(key);

        for (var length = 0; length < document.Length; length++)
        {
            Assert.NotEqual(SignedDocumentFault.None, Verify(document[..length], key, out _));
        }
    }

    [Fact]
    public void A_changed_payload_with_a_new_checksum_is_found_by_the_signature()
    {
        using var key = Samples.Key();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = Encoding.UTF8.GetString(SignedDocument.Write("test", 1, 1, """{"say":"evil"}"""u8, stranger))
            .Replace(EcKeys.Publish(stranger).Kid, EcKeys.Publish(key).Kid, StringComparison.Ordinal);

        Assert.Equal(SignedDocumentFault.Signature, Verify(Encoding.UTF8.GetBytes(forged), key, out _));
    }

    [Fact]
    public void A_key_that_is_not_trusted_is_refused_by_name()
    {
        using var key = Samples.Key();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(SignedDocumentFault.UnknownKey, Verify(Write(stranger), key, out _));
    }

    [Fact]
    public void A_document_of_another_type_is_refused()
    {
        using var key = Samples.Key();

        Assert.Equal(SignedDocumentFault.WrongType, Verify(SignedDocument.Write("other", 1, 1, Payload, key), key, out _));
    }

    [Fact]
    public void A_newer_format_is_read_if_it_says_that_we_can()
    {
        using var key = Samples.Key();

        Assert.Equal(SignedDocumentFault.None, Verify(SignedDocument.Write("test", 2, 1, Payload, key), key, out _));
        Assert.Equal(SignedDocumentFault.Version, Verify(SignedDocument.Write("test", 2, 2, Payload, key), key, out _));
    }

    [Fact]
    public void The_version_is_part_of_what_is_signed()
    {
        using var key = Samples.Key();
        var document = Encoding.UTF8.GetString(SignedDocument.Write("test", 2, 2, Payload, key))
            .Replace("\"min_reader\":2", "\"min_reader\":1", StringComparison.Ordinal);

        Assert.Equal(SignedDocumentFault.Signature, Verify(Encoding.UTF8.GetBytes(document), key, out _));
    }

    private static byte[] Write(ECDsa key) => SignedDocument.Write("test", 1, 1, Payload, key);

    private static SignedDocumentFault Verify(byte[] document, ECDsa key, out ReadOnlyMemory<byte> payload) =>
        SignedDocument.Verify(document, "test", 1, kid => kid == EcKeys.Publish(key).Kid ? key : null, out payload);
}
