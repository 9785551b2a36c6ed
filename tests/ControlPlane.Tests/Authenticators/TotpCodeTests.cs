using System.Text;
using Sidecar.ControlPlane.Authenticators;

namespace Sidecar.ControlPlane.Tests.Authenticators;

public sealed class TotpCodeTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code)
    {
        var step = TotpCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(code, TotpCode.Of(Key, step, 8));
        Assert.Equal(code[2..], TotpCode.Of(Key, step, 6));
    }

    [Fact]
    public void A_code_counts_one_step_early_and_one_late_and_never_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = TotpCode.StepAt(now);

        Assert.Equal(step - 1, TotpCode.StepOf(Key, TotpCode.Of(Key, step - 1, 6), 6, now, lastStep: 0));
        Assert.Equal(step + 1, TotpCode.StepOf(Key, TotpCode.Of(Key, step + 1, 6), 6, now, lastStep: step));
        Assert.Null(TotpCode.StepOf(Key, TotpCode.Of(Key, step, 6), 6, now, lastStep: step));
        Assert.Null(TotpCode.StepOf(Key, TotpCode.Of(Key, step - 2, 6), 6, now, lastStep: 0));
        Assert.Null(TotpCode.StepOf(Key, TotpCode.Of(Key, step + 2, 6), 6, now, lastStep: 0));
        Assert.Null(TotpCode.StepOf(Key, TotpCode.Of(Key, step, 8), 6, now, lastStep: 0));
        Assert.Null(TotpCode.StepOf(Key, "", 6, now, lastStep: 0));
    }

    /// <summary>RFC 4648, section 10, without the padding.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_key_is_typed_in_base_32(string key, string text) => Assert.Equal(text, TotpSecrets.Text(Encoding.ASCII.GetBytes(key)));

    [Fact]
    public void The_address_in_the_QR_code_escapes_what_would_end_a_part_of_it() => Assert.Equal(
        "otpauth://totp/A%20%26%20B%20C:ana%40x%3F?secret=MZXW6YTBOI&algorithm=SHA1&digits=8&period=30&issuer=A%20%26%20B%20C",
        TotpSecrets.AddressOf("foobar"u8, "A & B:C", "ana@x?", 8));
}
