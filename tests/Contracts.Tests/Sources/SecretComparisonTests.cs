using System.Text.RegularExpressions;
using Sidecar.TestKit.Processes;

namespace Sidecar.Contracts.Tests.Sources;

/// <summary>Reads the sources of both programs.</summary>
public sealed partial class SecretComparisonTests
{
    // What is compared there, and why it may be.
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["src/ControlPlane/Api/Access/CsrfToken.cs"] = "whether the browser that asks holds its own value already",
        ["src/ControlPlane/Server/EmbeddedOutpostToken.cs"] = "whether our own file holds it already; nobody else can ask",
    };

    [Fact]
    public void A_secret_is_compared_in_fixed_time()
    {
        // CVE-2024-52307.
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), Text: File.ReadAllLines(file)))
            .Where(file => !file.Name.Contains("/obj/", StringComparison.Ordinal) && !file.Name.Contains("/bin/", StringComparison.Ordinal) && !Allowed.ContainsKey(file.Name))
            .SelectMany(file => file.Text.Where(line => Comparison().IsMatch(line)).Select(line => $"{file.Name}: {line.Trim()}"));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("if (token == expected)", true)]
    [InlineData("return header != options.Token;", true)]
    [InlineData("clientSecret.Equals(sent, StringComparison.Ordinal)", true)]
    [InlineData("hash.SequenceEqual(stored.Password)", true)]
    [InlineData("secret.SequenceEqual(other)", true)]
    [InlineData("if (token is null || token == null)", false)]
    [InlineData("token.Id == other.Id", false)]
    [InlineData("stage.Kind == StageKind.Password", false)]
    [InlineData("options.Token == \"\"", false)]
    [InlineData("CryptographicOperations.FixedTimeEquals(token, expected)", false)]
    public void A_comparison_is_seen(string line, bool seen) => Assert.Equal(seen, Comparison().IsMatch(line));

    [GeneratedRegex("""
        (?xi)
        \b\w*(?:secret|token|password|verifier|digest)\b (?:\.Value)? \s* (?:==|!=) (?! \s* (?:null\b|default\b|""|\d|\w*(?:kind|type)\b))
        | (?:==|!=) \s* (?!\w*(?:kind|intent)\.)(?:\w+\.)* \w*(?:secret|token|password|verifier|digest)\b (?!\s*[.(\w!])
        | \b\w*(?:secret|token|password|verifier|digest)\b (?:\.Value)? \.(?:AsSpan\(\)\.)?(?:Equals|SequenceEqual)\(
        | \.(?:Equals|SequenceEqual)\( (?:\w+\.)* \w*(?:secret|token|password|verifier|digest)\b
        """)]
    private static partial Regex Comparison();
}
