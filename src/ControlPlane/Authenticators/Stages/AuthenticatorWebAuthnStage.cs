using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Authenticators.WebAuthn;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Pages;

namespace Sidecar.ControlPlane.Authenticators.Stages;

/// <summary>Sets up a passkey or a security key (Web Authentication Level 3, 7.1).</summary>
internal sealed class AuthenticatorWebAuthnStage(
    Enrolment enrolment, WebAuthnChallenges challenges, RelyingParty party, BrandReader brands, TimeProvider time, ILogger<AuthenticatorWebAuthnStage> log) : IStageHandler
{
    private const string Field = "response";

    // ES256 first: every device has it (WebAuthn, 5.8.5).
    private static readonly PubKeyCredParam[] Algorithms = [new(COSE.Algorithm.ES256), new(COSE.Algorithm.EdDSA), new(COSE.Algorithm.RS256)];

    public string Kind => StageKind.AuthenticatorWebAuthn;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        var (user, refusal) = await enrolment.BeginAsync(visit, cancel);
        if (user is null)
        {
            return refusal!;
        }

        return await OptionsAsync(visit, user, challenges.Current(visit), cancel) is { } options
            ? new StageOutcome.Ask(new WebAuthnSetupChallenge { PendingUser = user.Username, Registration = JsonSerializer.Deserialize<JsonElement>(options.ToJson()) })
            : new StageOutcome.Denied("no-public-address", "An administrator must first say under which address this server is found.");
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        var (user, refusal) = await enrolment.BeginAsync(visit, cancel);
        if (user is null)
        {
            return refusal!;
        }

        if (answer.Text(Field) is not { } text)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(Field));
        }

        if (await RegisterAsync(visit, user, text, cancel) is not { } device)
        {
            var most = visit.Settings.Number(AuthenticatorWebAuthnSettings.MaxAttempts, 0);
            return most > 0 && visit.Context.Failures + 1 >= most
                ? new StageOutcome.Denied("too-many-attempts", "This device could not be set up. Start again to try another one.")
                : new StageOutcome.Invalid(ResponseErrors.Of(Field, "This device could not be set up. Try again, or try another one."));
        }

        enrolment.Add(visit, user, device);
        return new StageOutcome.Passed(user.Id);
    }

    private async Task<WebAuthnDevice?> RegisterAsync(StageVisit visit, User user, string text, CancellationToken cancel)
    {
        if (Read(text) is not { } response
            || WebAuthnCheck.ChallengeIn(response.Response.ClientDataJson) is not { } challenge
            || await OptionsAsync(visit, user, challenge, cancel) is not { } options
            || await party.FindAsync("", cancel) is not { } configuration)
        {
            return null;
        }

        try
        {
            var made = await new Fido2(configuration, null).MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = response,
                    OriginalOptions = options,
                    IsCredentialIdUniqueToUserCallback = async (asked, stop) =>
                        !await visit.Database.Set<WebAuthnDevice>().AnyAsync(device => device.CredentialId == asked.CredentialId, stop),
                },
                cancel);
            var now = time.GetUtcNow();
            return await challenges.TrySpendAsync(visit, challenge, cancel)
                ? new WebAuthnDevice
                {
                    UserId = user.Id,
                    Name = "Passkey",
                    CredentialId = made.Id,
                    PublicKey = made.PublicKey,
                    SignCount = made.SignCount,
                    Aaguid = made.AaGuid,
                    CreatedAt = now,
                    UpdatedAt = now,
                }
                : null;
        }
        catch (Fido2VerificationException error)
        {
            log.SignatureRefused(error.Message);
            return null;
        }
    }

    private async Task<CredentialCreateOptions?> OptionsAsync(StageVisit visit, User user, byte[] challenge, CancellationToken cancel)
    {
        var name = (await brands.LookAsync(visit.Http)).Title;
        if (await party.FindAsync(name, cancel) is not { } configuration)
        {
            return null;
        }

        var known = await visit.Database.Set<WebAuthnDevice>().AsNoTracking().Where(device => device.UserId == user.Id).Select(device => device.CredentialId).ToListAsync(cancel);
        return new CredentialCreateOptions
        {
            Rp = new PublicKeyCredentialRpEntity(configuration.RPID, name, null),
            User = new Fido2User { Id = WebAuthnCheck.HandleOf(user.Id), Name = user.Username, DisplayName = user.Name.Length > 0 ? user.Name : user.Username },
            Challenge = challenge,
            PubKeyCredParams = Algorithms,
            Timeout = configuration.Timeout,
            Attestation = AttestationConveyancePreference.None,
            ExcludeCredentials = [.. known.Select(id => new PublicKeyCredentialDescriptor(id))],
            Hints = WebAuthnPolicy.Hints(visit.Settings, AuthenticatorWebAuthnSettings.Hints),
            AuthenticatorSelection = new AuthenticatorSelection
            {
                AuthenticatorAttachment = WebAuthnPolicy.Attachment(visit.Settings, AuthenticatorWebAuthnSettings.Attachment),
                ResidentKey = WebAuthnPolicy.ResidentKey(visit.Settings, AuthenticatorWebAuthnSettings.ResidentKey),
                UserVerification = WebAuthnPolicy.Verification(visit.Settings, AuthenticatorWebAuthnSettings.UserVerification),
            },
        };
    }

    private static AuthenticatorAttestationRawResponse? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuthenticatorAttestationRawResponse>(text) is { RawId: not null, Response: not null } read ? read : null;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }
}
