namespace Sidecar.Outpost.Principals;

internal enum PrincipalLookupStatus : byte
{
    // Zero: a lookup that nobody answered lets nobody in.
    Unavailable = 0,

    /// <summary>This outpost may not read it (any more): the ticket is void.</summary>
    Unknown,

    Found,
}
