namespace Sidecar.ControlPlane.Api.Paging;

/// <summary>The schema's <c>Pagination</c>: numbers of pages, zero where there is none.</summary>
internal sealed record Pagination(int Next, int Previous, int Count, int Current, int TotalPages, int StartIndex, int EndIndex)
{
    public static Pagination Of(PageRequest page, int count)
    {
        var pages = PagesOf(page, count);
        return new Pagination(
            Next: page.Number < pages ? page.Number + 1 : 0,
            Previous: page.Number - 1,
            Count: count,
            Current: page.Number,
            TotalPages: pages,
            StartIndex: count == 0 ? 0 : page.Skip + 1,
            EndIndex: Math.Min(count, page.Skip + page.Size));
    }

    /// <summary>An empty list has one page, which is empty.</summary>
    public static int PagesOf(PageRequest page, int count) => Math.Max(1, (count + page.Size - 1) / page.Size);
}
