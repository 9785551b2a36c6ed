namespace Sidecar.Decisions.Groups;

/// <summary>
/// The groups that somebody is in, as sorted indexes into the snapshot's group table. Not a bit for every group: a hundred thousand people, each in
/// a handful of ten thousand groups, would take a hundred megabytes.
/// </summary>
internal readonly struct GroupSet(int[] sorted)
{
    // Up to here one vectorised scan beats a binary search.
    private const int ScanLength = 64;

    private readonly int[] _sorted = sorted;

    public ReadOnlySpan<int> Indexes => _sorted;

    public bool Contains(int index) =>
        _sorted.Length <= ScanLength ? _sorted.AsSpan().Contains(index) : Array.BinarySearch(_sorted, index) >= 0;
}
