namespace Sidecar.ControlPlane.Flows;

internal enum FlowDesignation : byte
{
    Authentication = 0,
    Authorization = 1,
    Invalidation = 2,
    Enrollment = 3,
    Unenrollment = 4,
    Recovery = 5,
    StageConfiguration = 6,
}

/// <summary>Who may enter a flow.</summary>
internal enum FlowAuthentication : byte
{
    None = 0,
    RequireAuthenticated = 1,
    RequireUnauthenticated = 2,
    RequireSuperuser = 3,
    RequireOutpost = 4,
    RequireRedirect = 5,

    /// <summary>By a link that was mailed or handed over.</summary>
    RequireToken = 6,
}

internal enum FlowDeniedAction : byte
{
    MessageContinue = 0,
    Message = 1,
    Continue = 2,
}

internal enum FlowLayout : byte
{
    Stacked = 0,
    ContentLeft = 1,
    ContentRight = 2,
    SidebarLeft = 3,
    SidebarRight = 4,
    SidebarLeftFrameBackground = 5,
    SidebarRightFrameBackground = 6,
}

internal enum InvalidResponseAction : byte
{
    Retry = 0,
    Restart = 1,
    RestartWithContext = 2,
}
