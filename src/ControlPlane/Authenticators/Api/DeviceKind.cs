using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Directory.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators.Api;

/// <summary>A class of devices in the API: its rows, and what its answers say beside name, number and owner.</summary>
/// <param name="Class">One of <see cref="DeviceClass"/>; also its path.</param>
/// <param name="Rows">With their owners.</param>
/// <param name="Extra">Adds members to an answer.</param>
internal sealed record DeviceKind(string Class, Func<ControlPlaneContext, IQueryable<AuthenticatorDevice>> Rows, Action<AuthenticatorDevice, JsonObject> Extra)
{
    // How many are left can be counted; what they are nobody can tell.
    private const string Hidden = "************";

    public static IReadOnlyList<DeviceKind> All { get; } =
    [
        new(DeviceClass.Totp, context => context.Set<TotpDevice>().Include(device => device.User), (_, _) => { }),
        new(
            DeviceClass.Static,
            context => context.Set<StaticDevice>().Include(device => device.Tokens).Include(device => device.User),
            (device, answer) => answer["token_set"] = new JsonArray([.. ((StaticDevice)device).Tokens.Select(_ => new JsonObject { ["token"] = Hidden })])),
        new(
            DeviceClass.WebAuthn,
            context => context.Set<WebAuthnDevice>().Include(device => device.User),
            (device, answer) =>
            {
                answer["created_on"] = System.Text.Json.JsonSerializer.SerializeToNode(device.CreatedAt, ApiJson.Options);
                answer["device_type"] = null;
                answer["aaguid"] = $"{((WebAuthnDevice)device).Aaguid:D}";
            }),
    ];

    public JsonObject AnswerOf(AuthenticatorDevice device)
    {
        var answer = new JsonObject
        {
            ["name"] = device.Name,
            ["pk"] = device.Id,
            ["user"] = System.Text.Json.JsonSerializer.SerializeToNode(PartialUserAnswer.Of(device.User!), ApiJson.Options),
        };
        Extra(device, answer);
        return answer;
    }
}
