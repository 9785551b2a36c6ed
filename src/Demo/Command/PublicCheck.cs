namespace Sidecar.Demo.Command;

/// <summary>The first look through the edge: ready means that a browser would be sent to sign in.</summary>
internal static class PublicCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task WaitAsync(DemoPlaces places, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        var last = "no answer";
        while (!late.IsCancellationRequested)
        {
            last = await LookAsync(client, places, late.Token);
            if (last == "302")
            {
                return;
            }

            await Task.WhenAny(Task.Delay(250, late.Token));
        }

        stop.ThrowIfCancellationRequested();
        throw new DemoException($"{places.Sample} should send a browser to sign in, but answers: {last}");
    }

    private static async Task<string> LookAsync(HttpClient client, DemoPlaces places, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{places.EdgePort}/"));
        request.Headers.Host = places.Sample.Authority;
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        try
        {
            using var answer = await client.SendAsync(request, cancel);
            return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return problem.Message;
        }
    }
}
