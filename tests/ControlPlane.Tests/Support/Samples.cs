using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Tests.Support;

internal static class Samples
{
    public static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static User User(string name) => new() { Username = name, Name = name, Email = $"{name}@example.com", DateJoined = Now };

    public static Session Session(Guid user) => new()
    {
        UserId = user,
        CookieHash = Guid.NewGuid().ToByteArray(),
        CreatedAt = Now,
        LastUsedAt = Now,
        ExpiresAt = Now.AddHours(1),
        AbsoluteEnd = Now.AddDays(1),
        AuthenticatedAt = Now,
        Methods = "pwd",
    };
}
