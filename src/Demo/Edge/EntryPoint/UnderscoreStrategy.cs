namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>http.underscoreHeadersStrategy: what becomes of header names with an underscore.</summary>
public enum UnderscoreStrategy
{
    Keep,
    Delete,
    Reject,
}
