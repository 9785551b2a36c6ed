namespace Sidecar.Outpost.Contact;

/// <summary>The last contact, for the next process.</summary>
/// <param name="Wall">This machine's clock then, Unix milliseconds.</param>
/// <param name="ControlPlane">The control plane's clock then.</param>
/// <param name="Epoch">Of the snapshot that stood.</param>
/// <param name="Revision">A stored snapshot older than this is not the last one.</param>
internal sealed record ContactRecord(long Wall, long ControlPlane, string Epoch, long Revision);
