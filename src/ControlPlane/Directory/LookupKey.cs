using System.Text;

namespace Sidecar.ControlPlane.Directory;

/// <summary>The form in which names are compared: what looks equal to a person is equal.</summary>
internal static class LookupKey
{
    public static string Of(string text) => text.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
}
