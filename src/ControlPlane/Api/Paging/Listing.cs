using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Api.Paging;

internal static class Listing
{
    /// <summary>One page of the rows, in the order asked for. To be called when all filters were read from the query.</summary>
    public static async Task<IResult> ListAsync<TRow, TAnswer>(
        this IQueryable<TRow> rows, QueryReader query, Ordering<TRow> ordering, Func<TRow, TAnswer> answer, CancellationToken cancel) =>
        await rows.ListAsync(query, ordering, found => Task.FromResult<IReadOnlyList<TAnswer>>([.. found.Select(answer)]), cancel);

    /// <summary>The same where answers hold what lies in other tables: it is read for the whole page at once.</summary>
    public static async Task<IResult> ListAsync<TRow, TAnswer>(
        this IQueryable<TRow> rows, QueryReader query, Ordering<TRow> ordering, Func<IReadOnlyList<TRow>, Task<IReadOnlyList<TAnswer>>> answers, CancellationToken cancel)
    {
        var page = PageRequest.Read(query);
        var ordered = ordering.Apply(rows, query);
        if (!query.Finish())
        {
            return ApiResults.Invalid(query.Errors);
        }

        var count = await rows.CountAsync(cancel);
        if (page.Number > Pagination.PagesOf(page, count))
        {
            return ApiResults.NotFound("Invalid page.");
        }

        var found = await ordered.Skip(page.Skip).Take(page.Size).ToListAsync(cancel);
        return ApiResults.Json(new PageOf<TAnswer>(Pagination.Of(page, count), await answers(found)));
    }
}
