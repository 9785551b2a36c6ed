using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class UserWriteSettings
{
    public const string CreationMode = "user_creation_mode";
    public const string CreateInactive = "create_users_as_inactive";
    public const string CreateGroup = "create_users_group";
    public const string Type = "user_type";
    public const string PathTemplate = "user_path_template";

    public const string NeverCreate = "never_create";
    public const string CreateWhenRequired = "create_when_required";
    public const string AlwaysCreate = "always_create";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.UserWrite,
        Name = "User Write Stage",
        Summary = "Writes what a prompt stage asked for to the user, or, in an enrolment flow, to a new one.",
        Settings =
        [
            new ChoiceSetting(CreationMode, CreateWhenRequired, NeverCreate, CreateWhenRequired, AlwaysCreate),
            new FlagSetting(CreateInactive, true),
            new GroupSetting(CreateGroup),
            new ChoiceSetting(Type, "external", "internal", "external")
            {
                Unsupported = new Dictionary<string, string>
                {
                    ["service_account"] = "people enrol themselves, programs do not.",
                    ["internal_service_account"] = "only outposts have these.",
                },
            },
            // As it is: authentik's marks are filled in by sources, which have a setting of their own.
            new TextSetting(PathTemplate) { ProblemOf = path => path.Length == 0 ? null : UserPath.ProblemOf(path) },
        ],
    };
}
