using Sidecar.Demo.Edge.Headers;
using Sidecar.Demo.Edge.Transport;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Rule A6: what is not 2xx goes to the client as it is, but for one connection's headers and a relative Location.</summary>
internal static class DeniedAnswer
{
    public static async Task CopyAsync(AuthAnswer answer, ForwardAuthOptions options, HttpResponse response)
    {
        if (Location(answer, options) is not { } location)
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers.All.Where(line => !HopHeaders.Has(line.Key)))
        {
            response.Headers.Append(name, value);
        }

        if (location.Length > 0)
        {
            response.Headers.Location = location;
        }

        await WriteBodyAsync(answer, response);
    }

    /// <summary>Empty: leave it. Null: it cannot be read, which is the auth server's mistake.</summary>
    private static string? Location(AuthAnswer answer, ForwardAuthOptions options)
    {
        var given = answer.Headers.First("Location");
        return given.Length == 0 || options.PreserveLocationHeader ? ""
            : Uri.TryCreate(new Uri(options.Address), given, out var resolved) && !HasBadEscape(given) ? Spelled(resolved, given)
            : null;
    }

    // An absolute address keeps its spelling; only a relative one has to be made absolute.
    private static string Spelled(Uri resolved, string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var absolute) && absolute.Scheme != Uri.UriSchemeFile ? given : resolved.AbsoluteUri;

    // Go refuses what .NET lets through: control characters and a percent sign without two digits.
    private static bool HasBadEscape(string location) => location.Any(char.IsControl)
        || location.Split('?')[0].Split('%').Skip(1).Any(rest => rest.Length < 2 || !char.IsAsciiHexDigit(rest[0]) || !char.IsAsciiHexDigit(rest[1]));

    private static async Task WriteBodyAsync(AuthAnswer answer, HttpResponse response)
    {
        var isBodyless = answer.Status is < 200 or 204 or 304;
        if (!isBodyless && !HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
        }
    }
}
