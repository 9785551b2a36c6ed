using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Api.Paging;

/// <summary>Which part of a list is asked for.</summary>
internal readonly record struct PageRequest(int Number, int Size)
{
    public const int DefaultSize = 20;

    /// <summary>A larger page is cut to this, as authentik does; the pagination object tells that there is more.</summary>
    public const int MaxSize = 100;

    // A number past this could overflow the offset; no list is that long.
    private const int MaxNumber = int.MaxValue / MaxSize;

    public int Skip => (Number - 1) * Size;

    public static PageRequest Read(QueryReader query)
    {
        // Some clients send an empty parameter for "not chosen".
        var number = query.TryNumber("page", out var asked, min: 1, max: MaxNumber) ? asked : 1;
        var size = query.TryNumber("page_size", out var wanted, min: 1, max: int.MaxValue) ? Math.Min(wanted, MaxSize) : DefaultSize;
        return new PageRequest(number, size);
    }
}
