using System.Security;
using System.Text;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>A picture made of the initials: no other server learns who is looked at.</summary>
internal static class Avatar
{
    public static string Of(User user)
    {
        var words = (user.Name.Length > 0 ? user.Name : user.Username).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var initials = string.Concat(words.Take(2).Select(word => word.EnumerateRunes().First().ToString())).ToUpperInvariant();
        var svg = $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#456"/><text x="32" y="40" font-family="sans-serif" font-size="24" fill="#fff" text-anchor="middle">{SecurityElement.Escape(initials)}</text></svg>
            """;
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }
}
