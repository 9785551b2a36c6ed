using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tokens.Api;

/// <summary>Which tokens a list holds, and in which order.</summary>
internal static class TokenQueries
{
    public static readonly Ordering<Token> Ordering = new Ordering<Token>(byDefault: "identifier", unique: "identifier")
        .With("identifier", token => token.Identifier)
        .With("pk", token => token.Id)
        .With("intent", token => token.Intent)
        .With("description", token => token.Description)
        .With("user", token => token.User!.Pk)
        .With("user__username", token => token.User!.Username)
        .With("expires", token => token.ExpiresAt)
        .With("expiring", token => token.Expiring);

    /// <summary>The tokens that the caller may see: their own, or all.</summary>
    public static IQueryable<Token> Of(this IQueryable<Token> tokens, ApiCaller caller) =>
        caller.IsSuperuser ? tokens : tokens.Where(token => token.UserId == caller.User.Id && (token.Intent == TokenIntent.Api || token.Intent == TokenIntent.AppPassword));

    public static IQueryable<Token> Rows(ControlPlaneContext context) =>
        context.Tokens.AsNoTracking().Include(token => token.User!).ThenInclude(user => user.Groups).AsSplitQuery();

    public static IQueryable<Token> Filtered(this IQueryable<Token> tokens, QueryReader query)
    {
        if (query.TryText("identifier", out var identifier))
        {
            tokens = tokens.Where(token => token.Identifier == identifier);
        }

        if (query.TryChoice<TokenIntent>("intent", out var intent))
        {
            tokens = tokens.Where(token => token.Intent == intent);
        }

        if (query.TryText("user__username", out var username))
        {
            tokens = tokens.Where(token => token.User!.Username == username);
        }

        if (query.TryText("description", out var description))
        {
            tokens = tokens.Where(token => token.Description == description);
        }

        if (query.TryText("managed", out var managed))
        {
            tokens = tokens.Where(token => token.Managed == managed);
        }

        if (query.TryFlag("expiring", out var expiring))
        {
            tokens = tokens.Where(token => token.Expiring == expiring);
        }

        if (query.TryTime("expires", out var expires))
        {
            tokens = tokens.Where(token => token.ExpiresAt == expires);
        }

        return tokens.Searched(query, token => token.Identifier, token => token.Description, token => token.User!.Username, token => token.User!.Name);
    }
}
