using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>One device that can be used.</summary>
public sealed record DeviceChallenge
{
    public required string DeviceClass { get; init; }

    public required string DeviceUid { get; init; }

    public JsonElement Challenge { get; init; } = JsonObjects.Empty;

    // The schema asks for the member even when it is null.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? LastUsed { get; init; }

    internal static DeviceChallenge Of(AuthenticatorDevice device) => new() { DeviceClass = device.Class, DeviceUid = $"{device.Id}", LastUsed = device.LastUsedAt };

    /// <summary>Says that the class may be used, and nothing about anybody.</summary>
    internal static DeviceChallenge OfAnybody(string deviceClass) => new() { DeviceClass = deviceClass, DeviceUid = "-1" };
}
