using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Flows.Blueprints;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>
/// <c>managed/blueprints/import</c>, and <c>flows/instances/import</c> as clients of older versions call it: a flow from a file. With <c>dry_run=true</c>, as a field beside the file, everything is
/// checked and nothing is kept.
/// </summary>
internal static class FlowImportApi
{
    private const int MaxBytes = 512 * 1024;

    private sealed record ImportAnswer(IReadOnlyList<LogEntry> Logs, bool Success);

    private sealed record LogEntry(DateTimeOffset Timestamp, string LogLevel, string Logger, string Event, JsonObject Attributes);

    public static void MapFlowImportApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("managed/blueprints/import/", ImportAsync).ForSuperusers();
        api.MapPost("flows/instances/import/", ImportAsync).ForSuperusers();
    }

    private static async Task<IResult> ImportAsync(HttpContext http, FlowImport import, TimeProvider time, CancellationToken cancel)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        var (file, dry, problem) = await ReadAsync(http);
        if (file is null)
        {
            return problem!;
        }

        var (blueprint, problems) = BlueprintReader.Read(file);
        if (blueprint is not null)
        {
            problems = await import.RunAsync(blueprint, keeps: !dry, cancel);
        }

        var now = time.GetUtcNow();
        var told = problems.Count > 0 ? problems.Select(wrong => new LogEntry(now, "error", "sidecar.flows", $"Line {wrong.Line}: {wrong.Text}", new JsonObject { ["line"] = wrong.Line }))
            : [new LogEntry(now, "info", "sidecar.flows", dry ? "This can be imported. Nothing was changed." : "Imported.", new JsonObject { ["entries"] = blueprint!.Entries.Count })];
        return ApiResults.Json(new ImportAnswer([.. told], problems.Count == 0));
    }

    private static async Task<(string? File, bool Dry, IResult? Problem)> ReadAsync(HttpContext http)
    {
        try
        {
            if (!http.Request.HasFormContentType || await http.Request.ReadFormAsync(http.RequestAborted) is not { } form || form.Files.GetFile("file") is not { Length: > 0 and <= MaxBytes } sent)
            {
                return (null, false, ApiResults.Invalid("file", $"Send a blueprint of at most {MaxBytes} bytes as the field \"file\" of a form (multipart/form-data)."));
            }

            if (form.Keys.FirstOrDefault(name => name is not "dry_run" && !(name == "path" && form[name] == "")) is { } unknown)
            {
                return (null, false, ApiResults.Invalid(unknown, "There is no such field."));
            }

            // A text that is not UTF-8 would be read as another one.
            using var reader = new StreamReader(sent.OpenReadStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return (await reader.ReadToEndAsync(http.RequestAborted), form["dry_run"] == "true", null);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException or DecoderFallbackException)
        {
            return (null, false, ApiResults.Invalid("file", "The form cannot be read, is too large, or its file is not UTF-8."));
        }
    }
}
