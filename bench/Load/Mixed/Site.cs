namespace Sidecar.Load.Mixed;

/// <summary>An application and what lets people into it; changed under the lock of <see cref="World"/>.</summary>
internal sealed class Site(int index, string slug, Uri host, int provider, Guid application)
{
    public int Index => index;

    public string Slug => slug;

    public Uri Host => host;

    public int Provider => provider;

    /// <summary>Null while there is none.</summary>
    public Guid? Application { get; set; } = application;

    /// <summary>Every binding must match, instead of one.</summary>
    public bool NeedsAll { get; set; }

    /// <summary>By the group's index.</summary>
    public Dictionary<int, SiteBinding> Bindings { get; } = [];
}
