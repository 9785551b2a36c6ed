namespace Sidecar.ControlPlane.Api.Errors;

/// <summary>Answers in the schema's form.</summary>
internal static class ApiResults
{
    public static IResult Json<T>(T answer, int status = StatusCodes.Status200OK) => Results.Json(answer, ApiJson.Options, statusCode: status);

    public static IResult Created<T>(T answer) => Json(answer, StatusCodes.Status201Created);

    public static IResult NoContent() => Results.NoContent();

    public static IResult Invalid(FieldErrors errors) => Json(errors.Reasons, StatusCodes.Status400BadRequest);

    public static IResult Invalid(string field, string reason) => Invalid(FieldErrors.Of(field, reason));

    public static IResult NotFound(string detail = "Not found.") => Refused(StatusCodes.Status404NotFound, detail, "not_found");

    public static IResult Forbidden(string detail) => Refused(StatusCodes.Status403Forbidden, detail, "permission_denied");

    public static IResult Refused(int status, string detail, string code) => Json(new GenericError(detail, code), status);
}
