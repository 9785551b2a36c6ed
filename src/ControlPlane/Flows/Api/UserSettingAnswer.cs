namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>UserSetting</c>: what the caller may set up for themselves.</summary>
internal sealed record UserSettingAnswer(string ObjectUid, string Component, string Title, string ConfigureUrl);
