namespace Sidecar.ControlPlane.Browsers;

/// <summary>Paths of this server that pages and redirects lead to.</summary>
internal static class Addresses
{
    public const string Library = "/if/user/";
    public const string Devices = "/if/user/devices/";
    public const string Sessions = "/if/user/sessions/";
    public const string Tokens = "/if/user/tokens/";
    public const string Consents = "/if/user/consents/";
    public const string EndImpersonation = "/if/user/impersonation/end/";
    public const string Admin = "/if/admin/";
    public const string SignIn = "/flows/-/default/authentication/";
    public const string SignOut = "/flows/-/default/invalidation/";
    public const string Cancel = "/flows/-/cancel/";

    /// <summary>Where a signed-in user sets up what a stage asks for.</summary>
    public static string OfConfiguration(Guid stage) => $"/flows/-/configure/{stage:D}/";

    public static string OfFlow(string slug, string query = "") => $"/if/flow/{Uri.EscapeDataString(slug)}/" + (query.Length > 0 ? "?" + query : "");

    public static string SignInThen(string next) => $"{SignIn}?next={Uri.EscapeDataString(next)}";

    public static string SignOutThen(string next) => $"{SignOut}?next={Uri.EscapeDataString(next)}";
}
