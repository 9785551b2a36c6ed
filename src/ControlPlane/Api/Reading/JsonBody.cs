using System.Text.Json;
using Sidecar.ControlPlane.Api.Errors;

namespace Sidecar.ControlPlane.Api.Reading;

/// <summary>
/// The JSON object of a request, read strictly, field by field. A <c>Try…</c> method is true only when the field is there and valid, so that
/// PATCH and PUT leave alone what is not named; every mistake is collected in <see cref="Errors"/>.
/// </summary>
internal sealed class JsonBody
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly JsonElement _root;
    private readonly bool _whole;

    private JsonBody(JsonElement root, bool whole)
    {
        _root = root;
        _whole = whole;
    }

    public FieldErrors Errors { get; } = new();

    /// <summary>Whether the fields called required must be there: not in a PATCH.</summary>
    public static async ValueTask<JsonBody> BindAsync(HttpContext http)
    {
        var read = await JsonObjectReader.ReadAsync(http.Request, http.RequestAborted);
        var body = new JsonBody(read.Root, whole: !HttpMethods.IsPatch(http.Request.Method));
        if (read.Problem is { } problem)
        {
            body.Errors.Add(FieldErrors.NoField, problem);
        }

        return body;
    }

    /// <param name="root">An object that came otherwise than as the body of a request.</param>
    /// <param name="whole">Whether the fields called required must be there.</param>
    public static JsonBody Of(JsonElement root, bool whole) => new(root, whole);

    /// <summary>The same where a body may be left out altogether.</summary>
    public static async ValueTask<JsonBody> OfOptionalAsync(HttpContext http) =>
        http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0 ? await BindAsync(http) : new JsonBody(JsonDocument.Parse("{}").RootElement, whole: true);

    /// <summary>Names that answers carry and that a caller may send back unchanged; they decide nothing.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    public void Require(params ReadOnlySpan<string> names)
    {
        // A body that could not be read at all has been told once already.
        if (!_whole || Errors.Has(FieldErrors.NoField))
        {
            return;
        }

        foreach (var name in names)
        {
            if (!_root.TryGetProperty(name, out _))
            {
                Errors.Add(name, "This field is required.");
            }
        }
    }

    /// <summary>To be called when everything was read: false when the request is to be refused with <see cref="Errors"/>.</summary>
    public bool Finish()
    {
        if (_root.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in _root.EnumerateObject().Where(field => !_known.Contains(field.Name)))
            {
                Errors.Add(field.Name, "There is no such field.");
            }
        }

        return !Errors.Any;
    }

    /// <summary>The field as it is; null when it is not there.</summary>
    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) ? value : null;
    }

    /// <summary>The field, refused when it is null.</summary>
    public bool TryFind(string name, out JsonElement value)
    {
        value = Find(name) ?? default;
        if (value.ValueKind == JsonValueKind.Null)
        {
            Errors.Add(name, "This field may not be null.");
            return false;
        }

        return value.ValueKind != JsonValueKind.Undefined;
    }
}
