using System.Net.Http.Headers;

namespace Sidecar.TestKit.OpenApi;

/// <summary>Between a test's client and the server: an answer that does not fit the document fails the test.</summary>
public sealed class SchemaHandler(SchemaDocument document, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Prefix = "/api/v3";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            Judge(request.Method.Method, path[Prefix.Length..], (int)response.StatusCode, response.Content.Headers.ContentType, body);
        }

        return response;
    }

    private void Judge(string method, string path, int status, MediaTypeHeaderValue? type, byte[] body)
    {
        var problems = document.ProblemsOf(method, path, status, type?.MediaType, body);
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"Not as the schema says:\n{string.Join('\n', problems)}\n{System.Text.Encoding.UTF8.GetString(body)}");
        }
    }
}
