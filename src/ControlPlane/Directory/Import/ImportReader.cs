using System.Text.Json;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>Makes users of entries, and names what is wrong with each field.</summary>
internal sealed class ImportReader(DateTimeOffset now)
{
    // Never part of the name of a group.
    private const char Between = '|';

    private const int MaxText = 1024;

    private static readonly string[] Known = ["username", "name", "email", "is_active", "type", "path", "groups", "attributes", "password_hash"];

    private readonly List<ImportProblem> _problems = [];

    public IReadOnlyList<ImportProblem> Problems => _problems;

    /// <summary>The user with the names of its groups.</summary>
    public (User User, IReadOnlyList<string> Groups) Read(ImportEntry entry)
    {
        foreach (var unknown in entry.Fields.Keys.Where(key => !Known.Contains(key)))
        {
            Refuse(entry, unknown, $"There is no such field; there are {string.Join(", ", Known)}.");
        }

        var username = Text(entry, "username").Trim();
        Check(entry, "username", username.Length == 0 ? "Every user needs one." : UserName.ProblemOf(username));
        var name = Text(entry, "name");
        Check(entry, "name", name.Length > MaxText || name.Any(char.IsControl) ? $"At most {MaxText} characters in one line." : null);
        var user = new User { Username = username, Name = name.Length > 0 ? name : username, DateJoined = now };
        ApplyRest(entry, user);
        return (user, Groups(entry));
    }

    private void ApplyRest(ImportEntry entry, User user)
    {
        user.Email = Text(entry, "email");
        Check(entry, "email", user.Email.Length > 0 && !(user.Email.Length <= 254 && EmailText.IsValid(user.Email)) ? "Must be one plain address such as ana@example.com." : null);
        user.Path = Text(entry, "path") is { Length: > 0 } path ? path : user.Path;
        Check(entry, "path", user.Path.Length > MaxText ? $"At most {MaxText} characters." : UserPath.ProblemOf(user.Path));
        user.IsActive = Flag(entry, "is_active", otherwise: true);
        user.Type = TypeOf(entry);
        user.Attributes = Attributes(entry);
        if (Text(entry, "password_hash") is { Length: > 0 } hash)
        {
            user.PasswordHash = hash;
            user.PasswordChangedAt = now;
            Check(entry, "password_hash", PasswordHasher.MayImport(hash) ? null : "Must be Argon2id in PHC form, $argon2id$v=19$m=…,t=…,p=1$salt$hash, of 19456 to 131072 KiB and 2 to 8 passes.");
        }
    }

    private UserType TypeOf(ImportEntry entry)
    {
        if (Text(entry, "type") is not { Length: > 0 } text)
        {
            return UserType.Internal;
        }

        var valid = Choice.TryParse<UserType>(text, out var type) && type != UserType.InternalServiceAccount;
        Check(entry, "type", valid ? null : "Must be internal, external or service_account.");
        return type;
    }

    private JsonElement Attributes(ImportEntry entry)
    {
        if (!entry.Fields.TryGetValue("attributes", out var given))
        {
            return JsonObjects.Empty;
        }

        var json = given.ValueKind == JsonValueKind.String ? Parse(given.GetString()!) : given;
        if (json is not { ValueKind: JsonValueKind.Object } attributes || !attributes.IsStorable())
        {
            Refuse(entry, "attributes", "Must be a JSON object such as {\"department\": \"sales\"}.");
            return JsonObjects.Empty;
        }

        Check(entry, "attributes", AttributesValue.ProblemOf(attributes));
        return attributes;
    }

    private List<string> Groups(ImportEntry entry)
    {
        if (!entry.Fields.TryGetValue("groups", out var given))
        {
            return [];
        }

        if (given.ValueKind == JsonValueKind.String)
        {
            return [.. given.GetString()!.Split(Between, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        }

        if (given.ValueKind != JsonValueKind.Array || given.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            Refuse(entry, "groups", $"Must be names of groups: a list of texts, or one text with {Between} between them.");
            return [];
        }

        return [.. given.EnumerateArray().Select(name => name.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    private bool Flag(ImportEntry entry, string name, bool otherwise)
    {
        if (!entry.Fields.TryGetValue(name, out var given))
        {
            return otherwise;
        }

        var text = given.ValueKind == JsonValueKind.String ? given.GetString()!.ToLowerInvariant() : given.GetRawText();
        Check(entry, name, text is "true" or "false" ? null : "Must be true or false.");
        return text == "true";
    }

    private string Text(ImportEntry entry, string name)
    {
        if (!entry.Fields.TryGetValue(name, out var given))
        {
            return "";
        }

        if (given.ValueKind == JsonValueKind.String && given.TryString(out var text) && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        Refuse(entry, name, "Must be a text.");
        return "";
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Check(ImportEntry entry, string field, string? problem)
    {
        if (problem is not null && !_problems.Exists(known => known.Line == entry.Line && known.Field == field))
        {
            Refuse(entry, field, problem);
        }
    }

    private void Refuse(ImportEntry entry, string field, string problem) => _problems.Add(new ImportProblem(entry.Line, field, problem));
}
