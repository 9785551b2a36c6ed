namespace Sidecar.Contracts.Signing;

/// <summary>Why a signed document is refused.</summary>
public enum SignedDocumentFault : byte
{
    // Malformed is zero, so that a result nobody set refuses.
    Malformed = 0,
    Checksum,
    WrongType,
    Version,
    UnknownKey,
    Signature,
    None,
}
