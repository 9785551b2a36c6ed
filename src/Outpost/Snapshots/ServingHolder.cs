namespace Sidecar.Outpost.Snapshots;

/// <summary>The one reference that requests read. Writers are serialised by the receiver; readers never wait.</summary>
internal sealed class ServingHolder
{
    private volatile Serving? _current;

    /// <summary>Null before the first snapshot and after a goodbye: everything protected is refused.</summary>
    public Serving? Current => _current;

    public void Swap(Serving? next) => _current = next;
}
