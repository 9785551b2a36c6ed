using Sidecar.ControlPlane.Flows;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>Fields of the default prompt stages. Each call makes new ones.</summary>
internal static class DefaultPrompts
{
    public static Prompt[] PasswordChange =>
    [
        Field("default-password-change-field-password", "password", "Password", "password", 300),
        Field("default-password-change-field-password-repeat", "password_repeat", "Password (repeat)", "password", 301),
    ];

    public static Prompt[] InitialSetUp =>
    [
        new Prompt
        {
            Name = "initial-setup-field-header",
            FieldKey = "header",
            Label = "Welcome to Sidecar!",
            Type = "static",
            InitialValue = "Please set a password and an email address for the default administrator, akadmin.",
            Required = false,
            Order = 100,
        },
        Field("initial-setup-field-email", "email", "Email", "email", 101),
        Field("initial-setup-field-password", "password", "Password", "password", 300),
        Field("initial-setup-field-password-repeat", "password_repeat", "Password (repeat)", "password", 301),
    ];

    public static Prompt[] Enrollment =>
    [
        Field("default-enrollment-field-username", "username", "Username", "username", 100),
        Field("default-enrollment-field-name", "name", "Name", "text", 101),
        Field("default-enrollment-field-email", "email", "Email", "email", 102),
        Field("default-enrollment-field-password", "password", "Password", "password", 300),
        Field("default-enrollment-field-password-repeat", "password_repeat", "Password (repeat)", "password", 301),
    ];

    public static Prompt[] UserSettings =>
    [
        Field("default-user-settings-field-username", "username", "Username", "username", 200),
        Field("default-user-settings-field-name", "name", "Name", "text", 201),
        Field("default-user-settings-field-email", "email", "Email", "email", 202),
        Field("default-user-settings-field-locale", "attributes.settings.locale", "Locale", "ak-locale", 203),
    ];

    private static Prompt Field(string name, string key, string label, string type, int order) =>
        new() { Name = name, FieldKey = key, Label = label, Type = type, Placeholder = label, Order = order };
}
