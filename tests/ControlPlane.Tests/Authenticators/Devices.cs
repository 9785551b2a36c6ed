using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tests.Authenticators;

/// <summary>Devices that a user has already, and a script at the flow executor.</summary>
internal static class Devices
{
    public static string CodeOf(byte[] key, int ahead = 0) => TotpCode.Of(key, TotpCode.StepAt(TimeProvider.System.GetUtcNow()) + ahead, 6);

    /// <summary>The key of a new authenticator application.</summary>
    public static async Task<byte[]> AddTotpAsync(IServiceProvider services, Guid user)
    {
        var key = RandomNumberGenerator.GetBytes(20);
        var now = TimeProvider.System.GetUtcNow();
        await using var context = services.GetRequiredService<Database>().Open();
        context.AuthenticatorDevices.Add(new TotpDevice
        {
            UserId = user,
            Name = "telephone",
            KeyWrapped = services.GetRequiredService<KeyWrap>().Wrap("authenticator/totp", key),
            Digits = 6,
            LastStep = 0,
            CreatedAt = now,
            UpdatedAt = now,
        });
        await context.SaveChangesAsync();
        return key;
    }

    public static async Task AddRecoveryCodesAsync(IServiceProvider services, Guid user, params string[] codes)
    {
        var now = TimeProvider.System.GetUtcNow();
        var recovery = services.GetRequiredService<RecoveryCodes>();
        await using var context = services.GetRequiredService<Database>().Open();
        context.AuthenticatorDevices.Add(new StaticDevice { UserId = user, Name = "sheet", CreatedAt = now, UpdatedAt = now, Tokens = [.. codes.Select(recovery.Store)] });
        await context.SaveChangesAsync();
    }

    /// <summary>Settings of the default flow's validation stage that differ from its own.</summary>
    public static async Task SetValidationAsync(ControlPlaneContext context, object settings)
    {
        var stage = await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-mfa-validation");
        stage.Settings = JsonSerializer.SerializeToElement(settings);
    }

    /// <summary>The flow <c>passwordless</c>: a passkey and nothing else.</summary>
    public static async Task AddPasswordlessFlowAsync(ControlPlaneContext context)
    {
        var flow = new Flow { Slug = "passwordless", Name = "x", Title = "Sign in with a passkey", Designation = FlowDesignation.Authentication };
        var stage = new Stage
        {
            Name = "passwordless",
            Kind = StageKind.AuthenticatorValidate,
            Settings = JsonSerializer.SerializeToElement(new { device_classes = new[] { "webauthn" }, not_configured_action = "deny" }),
        };
        context.AddRange(flow, stage);
        var login = await context.Stages.SingleAsync(row => row.Kind == StageKind.UserLogin);
        context.FlowStageBindings.Add(new FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = 0 });
        context.FlowStageBindings.Add(new FlowStageBinding { FlowId = flow.Id, StageId = login.Id, Order = 10 });
    }

    public static async Task<JsonElement> AnswerAsync(this HttpClient client, Uri executor, object answer)
    {
        using var response = await client.PostAsJsonAsync(executor, answer, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public static string Component(this JsonElement challenge) => challenge.GetProperty("component").GetString()!;

    public static string? ErrorAt(this JsonElement challenge, string field) =>
        challenge.TryGetProperty("response_errors", out var errors) && errors.TryGetProperty(field, out var details) ? details[0].GetProperty("string").GetString() : null;
}
