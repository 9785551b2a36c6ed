using Sidecar.ControlPlane.Flows.Descriptions;

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
            new FixedSetting("validation_policies", "[]", "there are no policies to check an answer with."),
        ],
    };
}
