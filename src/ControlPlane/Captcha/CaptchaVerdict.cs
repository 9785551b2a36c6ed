namespace Sidecar.ControlPlane.Captcha;

/// <summary>What the service said of an answer.</summary>
/// <param name="IsPerson">It takes the answer.</param>
/// <param name="Score">How sure it is, where it gives scores.</param>
/// <param name="Problem">Why it could not be asked, or why it did not know us; null: it answered.</param>
internal sealed record CaptchaVerdict(bool IsPerson, double? Score, string? Problem)
{
    public static CaptchaVerdict Unknown(string problem) => new(false, null, problem);
}
