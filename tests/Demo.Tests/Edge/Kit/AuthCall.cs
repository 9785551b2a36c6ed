namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>What the auth server was asked.</summary>
internal sealed record AuthCall(string Method, string Target, IReadOnlyDictionary<string, string[]> Headers, string Body, string Protocol)
{
    public string Header(string name) => Headers.GetValueOrDefault(name) is [var first, ..] ? first : "";
}
