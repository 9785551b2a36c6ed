using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.SignIn;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>
/// Envoy: the client's own path follows the prefix, with the client's host and method. Envoy does not normalise by default, so what could climb out of the
/// prefix, here or at the application, is refused (CVE-2019-9901).
/// </summary>
internal static class EnvoyDialect
{
    public static Reason TryRead(IHttpRequestFeature question, out ForwardedRequest request)
    {
        request = default;
        var problem = SingleHeader.ReadToken(question.Headers.Host, out var host);
        if (problem != Reason.Unset)
        {
            return problem;
        }

        var target = question.RawTarget;
        var start = OutpostPaths.AuthEnvoy.Length;
        if (start == target.Length || target[start] == '?')
        {
            // The bare prefix stands for the root; what follows a question mark there belongs to the root too.
            return ReadRoot(question, host, target, start, out request);
        }

        problem = ForwardedTarget.Check(target.AsSpan(start));
        request = new ForwardedRequest(host, 0, host.Length, target, start, question.Method, isWebSocket: false);
        return problem == Reason.Unset && Climbs(request.Path) ? Reason.BadPath : problem;
    }

    private static Reason ReadRoot(IHttpRequestFeature question, string host, string target, int start, out ForwardedRequest request)
    {
        var root = string.Concat("/", target.AsSpan(start));
        request = new ForwardedRequest(host, 0, host.Length, root, 0, question.Method, isWebSocket: false);
        return ForwardedTarget.Check(root);
    }

    private static bool Climbs(ReadOnlySpan<char> path)
    {
        if (path.Contains('\\') || path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains("%5c", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var range in path.Split('/'))
        {
            if (IsDots(path[range]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>.</c> or <c>..</c>, with or without parameters, each dot plain or encoded, also twice.</summary>
    private static bool IsDots(ReadOnlySpan<char> segment)
    {
        var parameters = segment.IndexOf(';');
        segment = parameters < 0 ? segment : segment[..parameters];
        var dots = 0;
        while (!segment.IsEmpty && dots <= 2)
        {
            var length = segment[0] == '.' ? 1
                : segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3
                : segment.StartsWith("%252e", StringComparison.OrdinalIgnoreCase) ? 5
                : 0;
            if (length == 0)
            {
                return false;
            }

            segment = segment[length..];
            dots++;
        }

        return dots is 1 or 2 && segment.IsEmpty;
    }
}
