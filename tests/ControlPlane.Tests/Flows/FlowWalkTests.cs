using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Sidecar.ControlPlane.Tests.Flows.Support;

namespace Sidecar.ControlPlane.Tests.Flows;

/// <summary>Random sequences of what a browser can send, against a model that knows one thing: what must have been said right, and in which order.</summary>
public sealed class FlowWalkTests
{
    private enum Move
    {
        Look,
        Empty,
        Name,
        OtherName,
        WrongPassword,
        Password,
        NameAsPassword,
        Both,
        NewBrowser,
    }

    [Fact]
    [Trait("Kind", "Slow")]
    public async Task No_sequence_without_the_required_proofs_ends_signed_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.AddUserAsync("ben");
        var walks = Gen.Enum<Move>().Array[1, 12].Array[40].Single();

        foreach (var walk in walks)
        {
            await WalkAsync(host, walk);
            await host.EditAsync(context =>
            {
                context.RemoveRange(context.Attempts);
                return Task.CompletedTask;
            });
        }
    }

    private static async Task WalkAsync(FlowHost host, Move[] walk)
    {
        var before = await host.CountSessionsAsync();
        var client = new HttpClient();
        var (looked, named, proven) = (false, false, false);
        foreach (var move in walk)
        {
            if (move == Move.NewBrowser)
            {
                client.Dispose();
                client = new HttpClient();
                (looked, named) = (false, false);
                continue;
            }

            await SendAsync(client, host, move);
            proven |= named && (move is Move.Password or Move.Both);

            // A first POST is answered with the first challenge: nothing had been asked yet. Whoever answers the question for the name has named
            // somebody, whatever else the answer holds.
            named |= looked && (move is Move.Name or Move.Both or Move.NameAsPassword);
            looked = true;
        }

        client.Dispose();
        if (!proven)
        {
            Assert.True(before == await host.CountSessionsAsync(), "signed in by " + string.Join(", ", walk));
        }
    }

    private static async Task SendAsync(HttpClient client, FlowHost host, Move move)
    {
        object? body = move switch
        {
            Move.Empty => new { },
            Move.Name => new { uid_field = "ana" },
            Move.OtherName => new { uid_field = "nobody" },
            Move.WrongPassword => new { component = "ak-stage-password", password = "wrong" },
            Move.Password => new { component = "ak-stage-password", password = FlowHost.Password },
            Move.NameAsPassword => new { component = "ak-stage-identification", uid_field = "ana", password = FlowHost.Password },
            Move.Both => new { uid_field = "ana", password = FlowHost.Password },
            _ => null,
        };
        using var response = body is null
            ? await client.GetAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken)
            : await client.PostAsJsonAsync(host.At(FlowHost.Executor), body, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(JsonValueKind.String, answer.GetProperty("component").ValueKind);
    }
}
