using System.Security.Cryptography;
using System.Text;
using Sidecar.Contracts.Credentials;

namespace Sidecar.Contracts.Tests.Credentials;

public sealed class CredentialFormatTests
{
    [Fact]
    public void What_is_created_is_well_formed_and_never_the_same()
    {
        var made = Enumerable.Range(0, 1000).Select(_ => CredentialFormat.Create()).ToHashSet();

        Assert.Equal(1000, made.Count);
        Assert.All(made, credential => Assert.True(CredentialFormat.IsWellFormed(credential)));
    }

    [Fact]
    public void A_mistyped_character_is_found()
    {
        var credential = CredentialFormat.Create();

        for (var i = 0; i < credential.Length; i++)
        {
            var typed = credential.ToCharArray();
            typed[i] = typed[i] == 'x' ? 'y' : 'x';

            Assert.False(CredentialFormat.IsWellFormed(typed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sdc_")]
    [InlineData("sdc_Ünicode")]
    [InlineData("Bearer sdc_000000000000000000000000000000000000000000000")]
    public void Junk_is_refused(string text) => Assert.False(CredentialFormat.IsWellFormed(text));

    [Fact]
    public void The_hash_is_that_of_the_whole_text_however_long()
    {
        var text = new string('ü', 4000);

        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(text)), CredentialFormat.HashOf(text));
        Assert.Equal(SHA256.HashData("abc"u8), CredentialFormat.HashOf("abc"));
    }
}
