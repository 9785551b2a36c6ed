using System.Net.Http.Json;
using System.Text.Json;

namespace Sidecar.TestKit.Browsers;

/// <summary>Signs in as a script does, over authentik's flow executor, with a cookie jar and no page.</summary>
public static class ExecutorSignIn
{
    private const int MaxStages = 10;

    /// <summary>The last challenge: <c>xak-flow-redirect</c> when the sign-in succeeded.</summary>
    public static async Task<JsonElement> SignInByExecutorAsync(HttpClient client, Uri controlPlane, string username, string password)
    {
        ArgumentNullException.ThrowIfNull(client);
        var executor = new Uri(controlPlane, "api/v3/flows/executor/default-authentication-flow/?query=");
        var challenge = await client.GetFromJsonAsync<JsonElement>(executor);
        for (var i = 0; i < MaxStages; i++)
        {
            var component = challenge.GetProperty("component").GetString();
            object? answer = component switch
            {
                "ak-stage-identification" => new { component, uid_field = username },
                "ak-stage-password" => new { component, password },
                _ => null,
            };
            if (answer is null || challenge.TryGetProperty("response_errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
            {
                return challenge;
            }

            using var response = await client.PostAsJsonAsync(executor, answer);
            challenge = await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        throw new InvalidOperationException($"the flow asks for more than {MaxStages} stages: {challenge}");
    }
}
