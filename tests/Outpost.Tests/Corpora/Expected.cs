using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Tests.Harness;

namespace Sidecar.Outpost.Tests.Corpora;

/// <summary>The words that rows have for answers.</summary>
internal static class Expected
{
    private const int Meta = 7;

    /// <param name="word"><c>enters</c>: as Ana. <c>public-path</c>: as nobody. Else the reason of the refusal.</param>
    /// <param name="answer">What came.</param>
    public static void Is(string word, Answer answer)
    {
        if (word is not ("enters" or "public-path"))
        {
            Assert.Equal(word, answer.Reason);
            Assert.InRange(answer.Status, 300, 499);
            return;
        }

        Assert.Equal((200, ""), (answer.Status, answer.Reason));
        Assert.All(IdentityHeaders.All, name => Assert.True(answer.Headers.ContainsKey(name), name));
        if (answer.Headers["X-authentik-username"] == "")
        {
            Assert.Equal("public-path", word);
            Assert.All(IdentityHeaders.All[..Meta], name => Assert.Equal("", answer.Headers[name]));
        }
        else
        {
            Assert.Equal("ana", answer.Headers["X-authentik-username"]);
        }
    }
}
