namespace Sidecar.Outpost.ForwardAuth;

internal enum OwnPage : byte
{
    /// <summary>The application's.</summary>
    None = 0,
    Start,
    Callback,
    SignOut,

    /// <summary>Below the outpost's prefix, but nothing is there.</summary>
    Unknown,
}
