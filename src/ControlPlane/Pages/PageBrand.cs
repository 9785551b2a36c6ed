namespace Sidecar.ControlPlane.Pages;

/// <summary>How pages look. Nothing is loaded from another host.</summary>
/// <param name="Title">Name in the page's title and under its logo.</param>
/// <param name="Logo">A path of this server or a <c>data:image/…</c> address; empty: the built-in logo.</param>
/// <param name="Css">Added to the built-in style.</param>
public sealed record PageBrand(string Title, string Logo, string Css)
{
    public static PageBrand Default { get; } = new("Sidecar", "", "");
}
