using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Policies;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class PromptSettings
{
    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Prompt,
        Name = "Prompt Stage",
        Summary = "Asks for fields that an administrator chose.",
        Path = "prompt/stages",
        Settings =
        [
            new PromptFieldsSetting("fields") { IsRequired = true },
            new ValidationPoliciesSetting("validation_policies", PolicyServices.Kinds),
        ],
    };
}
