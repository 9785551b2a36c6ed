using Microsoft.AspNetCore.Http;

namespace Sidecar.EndToEnd.Tests.Proxies.Envoy;

/// <summary>
/// The HTTP service of ext_authz, by its documentation: the client's method, host and path behind the prefix, only the headers that are named; 200 alone lets
/// through, 5xx and silence are 403, everything else is the client's.
/// </summary>
internal sealed class EnvoyCheck(EnvoyConfiguration configuration, HttpMessageInvoker client, Uri sidecar)
{
    /// <returns>Whether the request goes on; if not, its answer is written.</returns>
    public async Task<bool> PassesAsync(HttpContext http, string target)
    {
        using var question = Question(http.Request, target);
        using var answer = await AskAsync(question, http.RequestAborted);
        if (answer is null || (int)answer.StatusCode >= 500)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        if ((int)answer.StatusCode != StatusCodes.Status200OK)
        {
            await RefuseAsync(http.Response, answer);
            return false;
        }

        foreach (var (name, values) in answer.Headers.NonValidated)
        {
            if (configuration.ToService.Has(name))
            {
                http.Request.Headers[name] = values.ToString();
            }
        }

        return true;
    }

    private HttpRequestMessage Question(HttpRequest request, string target)
    {
        var address = new Uri(
            sidecar.GetLeftPart(UriPartial.Authority) + configuration.PathPrefix + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var question = new HttpRequestMessage(new HttpMethod(request.Method), address);
        foreach (var (name, values) in request.Headers)
        {
            if (configuration.ToCheck.Has(name) || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                question.Headers.TryAddWithoutValidation(name, values.ToString());
            }
        }

        question.Headers.Host = request.Host.Value;
        return question;
    }

    private async Task<HttpResponseMessage?> AskAsync(HttpRequestMessage question, CancellationToken cancel)
    {
        try
        {
            return await client.SendAsync(question, cancel);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task RefuseAsync(HttpResponse response, HttpResponseMessage answer)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await answer.Content.CopyToAsync(response.Body);
        }
    }
}
