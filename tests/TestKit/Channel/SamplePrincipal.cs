using Sidecar.Contracts.Principals;

namespace Sidecar.TestKit.Channel;

/// <summary>Somebody with one live session.</summary>
public static class SamplePrincipal
{
    public static Principal Create(string username = "ana", Guid? session = null, long revision = 0) => new()
    {
        Id = Guid.NewGuid(),
        Revision = revision,
        Uid = "uid-" + username,
        Username = username,
        Name = username,
        Email = username + "@example.com",
        Active = true,
        Groups = [],
        Sessions = [session ?? Guid.NewGuid()],
    };
}
