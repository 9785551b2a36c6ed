using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>Plan and context as columns of a run.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static JsonElement Write<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("Nothing there");

    public static RunPlan PlanOf(FlowRun run) => run.Plan.Deserialize<RunPlan>(Options) ?? throw new InvalidDataException("A run without a plan");

    public static RunContext ContextOf(FlowRun run) => run.Context.Deserialize<RunContext>(Options) ?? throw new InvalidDataException("A run without a context");
}
