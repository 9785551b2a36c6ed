namespace Sidecar.Contracts.Signing;

/// <summary>First line of a <see cref="SignedDocument"/>.</summary>
public sealed record SignedDocumentHeader
{
    public required string Type { get; init; }

    public required int Format { get; init; }

    /// <summary>The lowest <see cref="Format"/> that a reader must know to understand this one.</summary>
    public required int MinReader { get; init; }

    /// <summary>XxHash128 of the payload, hexadecimal. It finds damage, and names it as such; forgery is what the signature finds.</summary>
    public required string Checksum { get; init; }

    /// <summary>Which key signed. The document never brings the key itself.</summary>
    public required string Key { get; init; }

    /// <summary>ES256 over type, format, minimal reader and payload, base64url.</summary>
    public required string Signature { get; init; }
}
