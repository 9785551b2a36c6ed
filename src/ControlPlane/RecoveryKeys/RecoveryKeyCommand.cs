using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.RecoveryKeys;

/// <summary>
/// <c>sidecar recovery-key MINUTES USER</c>: a link that signs a user in, once, whatever became of the sign-in flow, the password and the second factor. For whoever can read the server's
/// keys and its database, who could do as much without it. It works beside a running server.
/// </summary>
internal static class RecoveryKeyCommand
{
    // authentik counts in years by default; a link that is used at once needs minutes.
    private const int MaxMinutes = 7 * 24 * 60;

    /// <summary>0: the link is on <paramref name="output"/>. 1: why not is on <paramref name="errors"/>.</summary>
    public static async Task<int> RunAsync(ControlPlaneOptions options, string minutes, string username, TextWriter output, TextWriter errors)
    {
        if (!int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var life) || life is < 1 or > MaxMinutes)
        {
            await errors.WriteLineAsync($"sidecar recovery-key: \"{minutes}\" is no number of minutes from 1 to {MaxMinutes}.");
            return 1;
        }

        await using var app = ServerHost.Build(options);
        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ControlPlaneContext>();
        var key = LookupKey.Of(username);
        if (await context.Users.SingleOrDefaultAsync(row => row.UsernameKey == key) is not { Type: not UserType.InternalServiceAccount } user)
        {
            await errors.WriteLineAsync($"sidecar recovery-key: there is no user \"{username}\".");
            return 1;
        }

        if (!user.IsActive)
        {
            await errors.WriteLineAsync($"sidecar recovery-key: \"{user.Username}\" is not active. Name another user, who can activate this one.");
            return 1;
        }

        var secret = await MakeAsync(scope.ServiceProvider, context, user, TimeSpan.FromMinutes(life));
        var address = (await context.Installations.AsNoTracking().SingleAsync()).PublicAddress;
        await output.WriteLineAsync($"{PublicUrls.WithSlash(address)}{RecoveryKeyEndpoints.PathOf(secret)[(address.Length > 0 ? 1 : 0)..]}");
        await errors.WriteLineAsync($"Signs in as {user.Username}, once, in the next {life} minutes. Whoever has it, is {user.Username}.");
        return 0;
    }

    private static async Task<string> MakeAsync(IServiceProvider services, ControlPlaneContext context, User user, TimeSpan life)
    {
        var wrap = services.GetRequiredService<KeyWrap>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var token = TokenSecret.Create(wrap, $"recovery-key-{Guid.NewGuid():N}", TokenIntent.Recovery, user.Id, now);
        (token.ExpiresAt, token.Description) = (now + life, "Made on the command line by recovery-key");
        context.Tokens.Add(token);
        services.GetRequiredService<AuditWriter>().Add(http: null, by: null, "model_created", "sidecar.cli", token);
        await context.SaveChangesAsync();
        return TokenSecret.Show(token, wrap);
    }
}
