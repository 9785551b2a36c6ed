namespace Sidecar.Decisions;

/// <summary>
/// A verdict and why. <see cref="Reason.PublicPath"/> means that the path is open to everybody: nobody's identity may be sent with it, not even
/// that of somebody who is signed in, because the bindings did not let that person in.
/// </summary>
public readonly record struct Decision(Verdict Verdict, Reason Reason);
