using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>A user's tokens and app passwords: made, shown once, deleted. Those made here always end.</summary>
internal static class TokensPages
{
    private const int MaxDescription = 200;
    private const int MaxPerUser = 50;

    private static readonly int[] Lives = [30, 90, 365];

    public static void MapTokensPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Tokens, ShowAsync).AllowAnonymous();
        routes.MapPost(Addresses.Tokens, MakeAsync).AllowAnonymous();
        routes.MapPost(Addresses.Tokens + "{id:guid}/delete/", DeleteAsync).AllowAnonymous();
    }

    private static Task<IResult> ShowAsync(HttpContext http, OwnPages pages, ControlPlaneContext context) => DrawAsync(http, pages, context, made: null, problem: null);

    private static async Task<IResult> DrawAsync(HttpContext http, OwnPages pages, ControlPlaneContext context, string? made, string? problem)
    {
        if (await pages.OpenAsync(http, Addresses.Tokens) is not ({ } own, { } frame))
        {
            return OwnPages.SignIn(Addresses.Tokens);
        }

        var tokens = await Own(context, own.UserId).AsNoTracking().OrderBy(token => token.CreatedAt).ToListAsync(http.RequestAborted);
        return PageWriter.Page<TokensPage>(http, frame.Brand, nameof(TokensPage.Model), new TokensModel(frame, [.. tokens.Select(EntryOf)], Lives) { Made = made, Problem = problem });
    }

    private static async Task<IResult> MakeAsync(
        HttpContext http, OwnPages pages, ApiSave save, DeviceRemoval removal, SignInAgain again, ControlPlaneContext context, KeyWrap wrap, TimeProvider time)
    {
        if (await pages.AnswerAsync(http) is not ({ User: { } user } session, { } form))
        {
            return new SeeOther(Addresses.Tokens);
        }

        // A token outlives the sign-in: whoever finds a computer unlocked must not take one along.
        if (!removal.IsRecent(session))
        {
            return await again.ForAsync(http, Addresses.Tokens);
        }

        var description = form["description"].ToString().Trim();
        if (description.Length is 0 or > MaxDescription || description.Any(char.IsControl) || !int.TryParse(form["days"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || !Lives.Contains(days)
            || IntentOf(form["intent"]) is not { } intent)
        {
            return await DrawAsync(http, pages, context, made: null, "Say what it is for, in one line, and choose a kind and for how long it is good.");
        }

        if (await Own(context, user.Id).CountAsync(http.RequestAborted) >= MaxPerUser)
        {
            return await DrawAsync(http, pages, context, made: null, $"You have {MaxPerUser} already. Delete one first.");
        }

        var now = time.GetUtcNow();
        var token = TokenSecret.Create(wrap, IdentifierFor(user), intent, user.Id, now);
        (token.Description, token.ExpiresAt) = (description, now.AddDays(days));
        context.Tokens.Add(token);
        return await save.SaveAsync(http.RequestAborted) is null
            ? await DrawAsync(http, pages, context, TokenSecret.Show(token, wrap), problem: null)
            : await DrawAsync(http, pages, context, made: null, "It could not be made now. Try again.");
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, Guid id, OwnPages pages, ApiSave save, ControlPlaneContext context)
    {
        if (await pages.AnswerAsync(http) is ({ } own, _) && await Own(context, own.UserId).SingleOrDefaultAsync(token => token.Id == id, http.RequestAborted) is { } token)
        {
            context.TokenGrants.RemoveRange(await context.TokenGrants.Where(grant => grant.TokenId == id).ToListAsync(http.RequestAborted));
            context.Tokens.Remove(token);
            await save.SaveAsync(http.RequestAborted);
        }

        return new SeeOther(Addresses.Tokens);
    }

    // The others are links in mails.
    private static IQueryable<Token> Own(ControlPlaneContext context, Guid user) =>
        context.Tokens.Where(token => token.UserId == user && (token.Intent == TokenIntent.Api || token.Intent == TokenIntent.AppPassword));

    private static TokenIntent? IntentOf(string? text) => text switch
    {
        "api" => TokenIntent.Api,
        "app_password" => TokenIntent.AppPassword,
        _ => null,
    };

    // One name space for all users: a name of one's own choice would tell which names others have.
    private static string IdentifierFor(User user) =>
        $"{string.Concat(user.Username.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(40))}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    private static TokenEntry EntryOf(Token token) => new(
        token.Id,
        token.Identifier,
        token.Description.Length > 0 ? token.Description : token.Identifier,
        token.Intent == TokenIntent.Api ? "API token" : "App password",
        token is { Expiring: true, ExpiresAt: { } end } ? $"good until {end:yyyy-MM-dd HH:mm} UTC" : token.Expiring ? "not good any more" : "without end");
}
