using System.Text;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary><c>core/users/import</c>, which authentik has not: the file is the body, <c>?dry_run=true</c> only says what would come of it.</summary>
internal static class ImportApi
{
    public static void MapImportApi(this IEndpointRouteBuilder api) => api.MapPost("core/users/import/", ImportAsync).ForSuperusers();

    private static async Task<IResult> ImportAsync(HttpContext http, QueryReader query, UserImport import, CancellationToken cancel)
    {
        var dryRun = query.Flag("dry_run", otherwise: false);
        if (!query.Finish())
        {
            return ApiResults.Invalid(query.Errors);
        }

        if (http.Request.ContentLength is not (> 0 and <= ImportFile.MaxLength))
        {
            return ApiResults.Invalid(FieldErrors.NoField, $"Send the file as the body, with its length: at most {ImportFile.MaxLength} bytes of CSV or JSON.");
        }

        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            var outcome = await import.RunAsync(await reader.ReadToEndAsync(cancel), dryRun, cancel);
            return outcome.Refusal ?? ApiResults.Json(
                new { DryRun = dryRun, outcome.Users, outcome.Problems }, outcome.Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
        }
        catch (DecoderFallbackException)
        {
            return ApiResults.Invalid(FieldErrors.NoField, "The file must be in UTF-8.");
        }
    }
}
