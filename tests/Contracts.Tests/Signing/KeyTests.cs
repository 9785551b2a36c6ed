using System.Security.Cryptography;
using Sidecar.Contracts.Signing;

namespace Sidecar.Contracts.Tests.Signing;

public sealed class KeyTests
{
    [Fact]
    public void The_key_id_is_the_thumbprint_of_RFC_7638()
    {
        using var key = Samples.Key();
        var record = EcKeys.Publish(key);

        using var same = EcKeys.TryImport(record);

        Assert.NotNull(same);
        Assert.Null(EcKeys.TryImport(record with { Kid = "someone-else" }));
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("not base64url!")]
    [InlineData("")]
    public void A_coordinate_that_is_no_point_is_refused(string x)
    {
        using var key = Samples.Key();
        var record = EcKeys.Publish(key) with { X = x };

        Assert.Null(EcKeys.TryImport(record));
    }

    [Fact]
    public void A_new_key_is_believed_only_with_the_word_of_the_old_one()
    {
        using var old = Samples.Key();
        using var next = EcKeys.Create();
        using var stranger = EcKeys.Create();

        var endorsed = KeyEndorsement.Endorse(EcKeys.Publish(next), old);

        Assert.True(KeyEndorsement.Verifies(endorsed, old));
        Assert.False(KeyEndorsement.Verifies(endorsed, stranger));
        Assert.False(KeyEndorsement.Verifies(endorsed with { Key = EcKeys.Publish(stranger) }, old));
        Assert.False(KeyEndorsement.Verifies(endorsed with { Endorsement = null }, old));
    }

    [Fact]
    public void An_endorsement_is_not_the_signature_of_a_document()
    {
        using var key = Samples.Key();
        var message = KeyEndorsement.Message(EcKeys.Publish(key));

        Assert.False(message.AsSpan().StartsWith("sidecar-snapshot\n"u8));
        Assert.NotEmpty(key.SignData(message, HashAlgorithmName.SHA256));
    }
}
