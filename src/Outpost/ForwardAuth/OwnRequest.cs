using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.SignIn;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Which of the outpost's own addresses a request is for, by path or by query signature.</summary>
internal static class OwnRequest
{
    private const string SignaturePrefix = "X-authentik-";

    /// <summary>Cheap, for the hit path: false means that there surely is none.</summary>
    public static bool MayHaveSignature(ReadOnlySpan<char> query) => !query.IsEmpty && query.Contains(SignaturePrefix, StringComparison.Ordinal);

    public static OwnPage Find(in ForwardedRequest request)
    {
        var path = request.Path;
        if (path.StartsWith(OutpostPaths.Folder, StringComparison.OrdinalIgnoreCase))
        {
            return path switch
            {
                OutpostPaths.Start => OwnPage.Start,
                OutpostPaths.Callback => OwnPage.Callback,
                OutpostPaths.SignOut => OwnPage.SignOut,
                _ => OwnPage.Unknown,
            };
        }

        return QueryReader.HasSignature(request.Query, OutpostPaths.CallbackSignature) ? OwnPage.Callback
            : QueryReader.HasSignature(request.Query, OutpostPaths.LogoutSignature) ? OwnPage.SignOut
            : OwnPage.None;
    }
}
