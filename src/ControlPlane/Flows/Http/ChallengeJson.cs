using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows.Http;

/// <summary>Challenges as authentik's schema has them.</summary>
internal static class ChallengeJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // As object: then it is written by its own type. As its base it would lose its members.
    public static IResult Of(Challenge challenge) => Results.Json<object>(challenge, Options);
}
