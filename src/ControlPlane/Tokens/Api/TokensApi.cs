using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tokens.Api;

/// <summary><c>core/tokens</c>: one's own; to a superuser, all.</summary>
internal static class TokensApi
{
    // Stored as a plain hash, which only holds for secrets that nobody can guess.
    private const int ShortestKey = 20;

    public static void MapTokensApi(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("core/tokens");
        tokens.MapGet("/", ListAsync).ForSignedIn();
        tokens.MapPost("/", CreateAsync).ForSignedIn();
        tokens.MapGet("/{identifier}/", RetrieveAsync).ForSignedIn();
        tokens.MapMethods("/{identifier}/", ["PUT", "PATCH"], UpdateAsync).ForSignedIn();
        tokens.MapDelete("/{identifier}/", DeleteAsync).ForSignedIn();
        tokens.MapGet("/{identifier}/view_key/", ViewKeyAsync).ForSignedIn();
        tokens.MapPost("/{identifier}/set_key/", SetKeyAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(
        QueryReader query, ApiCaller caller, ControlPlaneContext context, Superusers superusers, CancellationToken cancel)
    {
        var super = await superusers.GroupsAsync(cancel);
        return await TokenQueries.Rows(context).Of(caller).Filtered(query)
            .ListAsync(query, TokenQueries.Ordering, token => TokenAnswer.Of(token, super), cancel);
    }

    private static async Task<IResult> RetrieveAsync(
        string identifier, ApiCaller caller, ControlPlaneContext context, Superusers superusers, CancellationToken cancel) =>
        await AnswerAsync(identifier, caller, context, superusers, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, ApiCaller caller, TokenFields fields, ApiSave save, ControlPlaneContext context, Superusers superusers, KeyWrap wrap, TimeProvider time, CancellationToken cancel)
    {
        if (await OwnerAsync(body, caller, context, cancel) is not { } owner)
        {
            return ApiResults.Invalid(body.Errors);
        }

        var token = TokenSecret.Create(wrap, "", TokenIntent.Api, owner.Id, time.GetUtcNow());
        await fields.ApplyAsync(body, token, owner, caller, cancel);
        context.Tokens.Add(token);
        return await save.SaveAsync(body, cancel)
            ?? await AnswerAsync(token.Identifier, caller, context, superusers, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        string identifier, JsonBody body, ApiCaller caller, TokenFields fields, ApiSave save, ControlPlaneContext context, Superusers superusers, CancellationToken cancel)
    {
        if (await FindAsync(identifier, caller, context, cancel) is not { } token)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, token, token.User!, caller, cancel);
        return await save.SaveAsync(body, cancel)
            ?? await AnswerAsync(token.Identifier, caller, context, superusers, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(
        string identifier, ApiCaller caller, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await FindAsync(identifier, caller, context, cancel) is not { } token)
        {
            return ApiResults.NotFound();
        }

        context.TokenGrants.RemoveRange(await context.TokenGrants.Where(grant => grant.TokenId == token.Id).ToListAsync(cancel));
        context.Tokens.Remove(token);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> ViewKeyAsync(
        string identifier, HttpContext http, ApiCaller caller, AuditWriter audit, ControlPlaneContext context, KeyWrap wrap, CancellationToken cancel)
    {
        if (await FindAsync(identifier, caller, context, cancel) is not { } token)
        {
            return ApiResults.NotFound();
        }

        if (http.Features.Get<ActingAs>() is not null)
        {
            return ApiResults.Forbidden("You act as somebody else; their secrets would outlive that.");
        }

        // First the record, then the secret: nobody sees it unseen.
        audit.Add(http, caller.User, "secret_view", "api", token);
        await context.SaveChangesAsync(cancel);
        return ApiResults.Json(new { Key = TokenSecret.Show(token, wrap) });
    }

    private static async Task<IResult> SetKeyAsync(
        string identifier, JsonBody body, HttpContext http, ApiCaller caller, AuditWriter audit, ApiSave save, ControlPlaneContext context, KeyWrap wrap, CancellationToken cancel)
    {
        if (await FindAsync(identifier, caller, context, cancel) is not { } token)
        {
            return ApiResults.NotFound();
        }

        body.Require("key");
        if (body.TryPassword("key", out var key)
            && !body.Refuses("key", key.Length < ShortestKey, $"At least {ShortestKey} characters, and random: nothing slows down who guesses.")
            && !body.Refuses("key", await IsTakenAsync(key, token, context, cancel), "Another token has this key."))
        {
            TokenSecret.Replace(token, wrap, key);
            audit.Add(http, caller.User, "secret_rotate", "api", token);
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.NoContent();
    }

    private static async Task<bool> IsTakenAsync(string key, Token token, ControlPlaneContext context, CancellationToken cancel)
    {
        var hash = CredentialFormat.HashOf(key);
        return await context.Tokens.AnyAsync(other => other.Hash == hash && other.Id != token.Id, cancel);
    }

    /// <summary>For whom a token is made: oneself; by a superuser, anybody.</summary>
    private static async Task<User?> OwnerAsync(JsonBody body, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!body.TryNumber("user", out var pk) || pk == caller.User.Pk)
        {
            return body.Errors.Has("user") ? null : caller.User;
        }

        if (body.Refuses("user", !caller.IsSuperuser, "You can make tokens for yourself only."))
        {
            return null;
        }

        var owner = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Pk == pk, cancel);
        return body.Refuses("user", owner is null, $"There is no user {pk}.") ? null : owner;
    }

    private static Task<Token?> FindAsync(string identifier, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
        context.Tokens.Include(token => token.User).Of(caller).SingleOrDefaultAsync(token => token.Identifier == identifier, cancel);

    private static async Task<IResult> AnswerAsync(
        string identifier, ApiCaller caller, ControlPlaneContext context, Superusers superusers, int status, CancellationToken cancel) =>
        await TokenQueries.Rows(context).Of(caller).SingleOrDefaultAsync(token => token.Identifier == identifier, cancel) is { } token
            ? ApiResults.Json(TokenAnswer.Of(token, await superusers.GroupsAsync(cancel)), status)
            : ApiResults.NotFound();
}
