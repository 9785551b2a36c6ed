namespace Sidecar.ControlPlane.Brands.Api;

/// <summary>The schema's <c>CurrentBrand</c>: what a page needs before anybody has signed in.</summary>
internal sealed record CurrentBrandAnswer
{
    internal sealed record FlagSet(bool FlowsContinuousLogin, bool FlowsRefreshOthers);

    public required string MatchedDomain { get; init; }

    public required string BrandingTitle { get; init; }

    public required string BrandingLogo { get; init; }

    public string? BrandingLogoThemedUrls { get; init; }

    public required string BrandingFavicon { get; init; }

    public string? BrandingFaviconThemedUrls { get; init; }

    public required string BrandingCustomCss { get; init; }

    public string BrandingMapTiles { get; init; } = "";

    public IReadOnlyList<string> UiFooterLinks { get; init; } = [];

    public string UiTheme { get; init; } = "automatic";

    public string DefaultLocale { get; init; } = "";

    public FlagSet Flags { get; init; } = new(FlowsContinuousLogin: false, FlowsRefreshOthers: false);

    public static CurrentBrandAnswer Of(Brand brand) => new()
    {
        MatchedDomain = brand.Domain,
        BrandingTitle = brand.BrandingTitle,
        BrandingLogo = brand.BrandingLogo,
        BrandingFavicon = brand.BrandingFavicon,
        BrandingCustomCss = brand.BrandingCustomCss,
    };
}
