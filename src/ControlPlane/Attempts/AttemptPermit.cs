namespace Sidecar.ControlPlane.Attempts;

/// <summary>Whether a guess may be made now.</summary>
internal readonly record struct AttemptPermit(bool Allowed, TimeSpan Wait)
{
    public static AttemptPermit Now => new(true, TimeSpan.Zero);

    /// <summary>Names a time and nothing else, the same for names that exist and names that do not.</summary>
    public string Message => Wait <= TimeSpan.FromMinutes(1)
        ? "Too many attempts. Try again in 1 minute."
        : $"Too many attempts. Try again in {Math.Ceiling(Wait.TotalMinutes):0} minutes.";
}
