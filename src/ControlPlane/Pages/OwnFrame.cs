namespace Sidecar.ControlPlane.Pages;

/// <summary>What surrounds each page on which users manage what is theirs.</summary>
public sealed record OwnFrame
{
    public const string TokenField = "page_token";

    public required PageBrand Brand { get; init; }

    /// <summary>Goes with each form: other sites do not know it.</summary>
    public required string Token { get; init; }

    /// <summary>The navigation.</summary>
    public required IReadOnlyList<PageLink> Links { get; init; }

    /// <summary>The page's own address among them.</summary>
    public required string Current { get; init; }
}
