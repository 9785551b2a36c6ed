using System.Security.Cryptography;
using System.Text.Json;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory;

/// <summary>A person or a service that signs in.</summary>
internal sealed class User
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The number that the REST API shows. Zero until saved; never used again for another user.</summary>
    public int Pk { get; set; }

    public required string Username
    {
        get;
        set
        {
            field = value;
            UsernameKey = LookupKey.Of(value);
            RenewSearchText();
        }
    }

    /// <summary>Unique: "Ana" and "ana" would be one name to the person who types it. See <see cref="LookupKey"/>.</summary>
    public string UsernameKey { get; private set; } = "";

    public string Name
    {
        get;
        set
        {
            field = value;
            RenewSearchText();
        }
    } = "";

    public string Email
    {
        get;
        set
        {
            field = value;
            EmailKey = LookupKey.Of(value);
            RenewSearchText();
        }
    } = "";

    public string EmailKey { get; private set; } = "";

    /// <summary>What a search looks at: username, name and e-mail, in lower case. One text, so that to look at all users is to read one index.</summary>
    public string SearchText { get; private set; } = "";

    public bool IsActive { get; set; } = true;

    public string Path { get; set; } = "users";

    public UserType Type { get; set; } = UserType.Internal;

    public JsonElement Attributes { get; set; } = JsonObjects.Empty;

    /// <summary>Argon2id in PHC form; null: no password opens this account.</summary>
    public string? PasswordHash { get; set; }

    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>Sent to applications as <c>X-authentik-uid</c>. Made once, tied to nothing: no later change of key or name moves it.</summary>
    public string Uid { get; init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public DateTimeOffset? LastLogin { get; set; }

    public required DateTimeOffset DateJoined { get; init; }

    /// <summary>The number of the last change that touched what an outpost knows of this user. Set by the change log, by nothing else.</summary>
    public long Revision { get; set; }

    public List<Group> Groups { get; } = [];

    private void RenewSearchText() => SearchText = UserSearchText.Of(this);
}
