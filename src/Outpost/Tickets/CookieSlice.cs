namespace Sidecar.Outpost.Tickets;

/// <summary>A cookie's value as a part of the header it came in, so that nothing is copied and it may outlive an await.</summary>
internal readonly record struct CookieSlice(string Header, int Start, int Length)
{
    public ReadOnlySpan<char> Value => Header.AsSpan(Start, Length);
}
