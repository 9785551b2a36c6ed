
namespace Sidecar.Demo.Edge;

/// <summary>Where requests end: a server at an address, or code of a test.</summary>
public sealed record EdgeService
{
    private EdgeService(string name) => Name = name;

    public string Name { get; }

    public Uri? Address { get; private init; }

    public RequestDelegate? Handler { get; private init; }

    public static EdgeService At(string name, Uri address) => new(name) { Address = address };

    public static EdgeService Of(string name, RequestDelegate handler) => new(name) { Handler = handler };
}
