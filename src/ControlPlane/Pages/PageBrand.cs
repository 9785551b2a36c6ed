using System.Buffers;

namespace Sidecar.ControlPlane.Pages;

/// <summary>How pages look. Nothing is loaded from another host.</summary>
/// <param name="Title">Name in the page's title and under its logo.</param>
/// <param name="Logo">A path of this server or a <c>data:image/…</c> address; empty: the built-in logo.</param>
/// <param name="Css">Added to the built-in style.</param>
public sealed record PageBrand(string Title, string Logo, string Css)
{
    /// <summary>The same in front of a flow's own picture. What is no picture of this server changes nothing.</summary>
    public PageBrand Before(string picture) => IsPicture(picture)
        ? this with { Css = $"body{{background:url(\"{picture}\") center/cover fixed}}{Css}" }
        : this;

    // They would end the text in which a picture's address stands, or the style element.
    private static readonly SearchValues<char> Ends = SearchValues.Create("\"\\<>\n\r");

    private static bool IsPicture(string text) =>
        (text.StartsWith("data:image/", StringComparison.Ordinal) || (Browsers.LocalPath.Check(text) is not null && !text.StartsWith("/static/dist/", StringComparison.Ordinal)))
        && !text.AsSpan().ContainsAny(Ends);

    public static PageBrand Default { get; } = new("Sidecar", "", "");
}
