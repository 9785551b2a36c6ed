using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A secret that can be set and is in no answer. It is wrapped at rest; see <see cref="KeyWrap"/>.</summary>
internal sealed class SecretSetting(string name) : StageSetting(name)
{
    public override bool IsShown => false;

    protected override JsonNode? Default => null;

    /// <summary>Null: it was never set.</summary>
    public static string? Read(JsonElement settings, string name, KeyWrap wrap) =>
        settings.Text(name) is { Length: > 0 } stored ? Encoding.UTF8.GetString(wrap.Unwrap(PurposeOf(name), Convert.FromBase64String(stored))) : null;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        // Blank leaves it as it is: a form that never saw it sends that back.
        if (draft.Body.TryText(Name, out var secret, max: 1024, blank: true) && secret.Length > 0)
        {
            draft.Settings[Name] = Convert.ToBase64String(draft.Wrap.Wrap(PurposeOf(Name), Encoding.UTF8.GetBytes(secret)));
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, bool>?>(null);

    private static string PurposeOf(string name) => "stage/" + name;
}
