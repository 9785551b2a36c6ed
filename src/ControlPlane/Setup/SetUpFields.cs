using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Installations;

namespace Sidecar.ControlPlane.Setup;

/// <summary>What set-up asks beside e-mail and password: the server's address, to be confirmed, and after the first hour the code from the log.</summary>
internal sealed class SetUpFields(SetUpGate gate, ObservedAddress observed, AttemptLimiter attempts)
{
    public const string AddressKey = "public_address";

    private const string CodeKey = "setup_code";
    private const string CodeAttempts = "account:set-up-code";

    public async Task<IReadOnlyList<Prompt>> PromptsAsync(CancellationToken cancel) =>
        await gate.NeedsCodeAsync(cancel) ? [AddressPrompt(), CodePrompt()] : [AddressPrompt()];

    /// <summary>The address under which the browser sees this server, when a trusted proxy told it. Shown to be confirmed, never believed alone.</summary>
    public string? InitialValueOf(StageVisit visit, Prompt prompt) =>
        visit.Context.Start.SetUp && prompt.FieldKey == AddressKey ? observed.Of(visit.Http) ?? "" : null;

    public async Task CheckAsync(StageVisit visit, StageAnswer answer, Dictionary<string, string> data, ResponseErrors errors, CancellationToken cancel)
    {
        CheckAddress(visit, data, errors);
        data.Remove(CodeKey);
        if (await gate.NeedsCodeAsync(cancel) && answer.Text(CodeKey) is { } code)
        {
            await CheckCodeAsync(visit, code, errors, cancel);
        }
    }

    // A script that leaves the field out takes what a page would have shown.
    private void CheckAddress(StageVisit visit, Dictionary<string, string> data, ResponseErrors errors)
    {
        var text = data.GetValueOrDefault(AddressKey) is { Length: > 0 } typed ? typed : observed.Of(visit.Http);
        if (text is null)
        {
            errors[AddressKey] = [new ErrorDetail("Say how browsers reach this server, such as https://auth.example.com.", "required")];
        }
        else if (PublicUrls.Normalize(text) is not { } address || new Uri(address).AbsolutePath != "/")
        {
            errors[AddressKey] = [new ErrorDetail("This is not an address such as https://auth.example.com: scheme, host and port, no path.", "invalid")];
        }
        else
        {
            data[AddressKey] = address;
        }
    }

    private async Task CheckCodeAsync(StageVisit visit, string code, ResponseErrors errors, CancellationToken cancel)
    {
        var peer = visit.Http.Connection.RemoteIpAddress;
        if (await attempts.BeginAsync(CodeAttempts, peer, cancel) is { Allowed: false } permit)
        {
            errors[CodeKey] = [new ErrorDetail(permit.Message, "throttled")];
        }
        else if (await gate.IsCodeAsync(code, cancel))
        {
            await attempts.SucceededAsync(CodeAttempts, peer, cancel);
        }
        else
        {
            errors[CodeKey] = [new ErrorDetail("This is not the code. It is in the server's log, printed at its start.", "invalid")];
        }
    }

    private static Prompt AddressPrompt() => new()
    {
        Name = AddressKey,
        FieldKey = AddressKey,
        Label = "Address of this server",
        Type = "text",
        Required = false,
        Placeholder = "https://auth.example.com",
        SubText = "How browsers reach it. Links, sign-in and applications use this address, so make sure that it is right.",
        Order = 400,
    };

    private static Prompt CodePrompt() => new()
    {
        Name = CodeKey,
        FieldKey = CodeKey,
        Label = "Set-up code",
        Type = "text",
        Placeholder = "XXXXX-XXXXX-XXXXX-XXXXX",
        SubText = "The first hour is over, so set-up asks for the code that the server printed in its log when it started.",
        Order = 50,
    };
}
