using Microsoft.Extensions.Primitives;
using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>A header that must be there once. Twice means that a client's copy survived beside the proxy's, and nobody can tell which is which.</summary>
internal static class SingleHeader
{
    /// <returns><see cref="Reason.Unset"/> when it is there once and not empty.</returns>
    public static Reason Read(in StringValues values, out string value)
    {
        value = "";
        if (values.Count > 1)
        {
            return Reason.AmbiguousForwardedHeaders;
        }

        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
        {
            return Reason.MissingForwardedHeaders;
        }

        value = values[0]!;
        return Reason.Unset;
    }

    /// <summary>As <see cref="Read"/>, for values in which a comma can only come from two headers joined into one.</summary>
    public static Reason ReadToken(in StringValues values, out string value)
    {
        var problem = Read(values, out value);
        return problem == Reason.Unset && value.Contains(',', StringComparison.Ordinal) ? Reason.AmbiguousForwardedHeaders : problem;
    }

    /// <summary>As <see cref="ReadToken"/>, but it may be missing.</summary>
    public static Reason ReadOptional(in StringValues values, out string value)
    {
        var problem = ReadToken(values, out value);
        return problem == Reason.MissingForwardedHeaders ? Reason.Unset : problem;
    }
}
