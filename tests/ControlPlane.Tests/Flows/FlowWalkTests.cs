using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Sidecar.ControlPlane.Tests.Authenticators;
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
        WrongCode,
        Code,
        OldCode,
        CodeAsPassword,
        EmptyCode,
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

    [Fact]
    [Trait("Kind", "Slow")]
    public async Task No_sequence_without_the_password_and_then_an_unused_code_ends_signed_in()
    {
        await using var host = await FlowHost.StartAsync();
        var ana = await host.AddUserAsync("ana");
        var codes = new Codes();
        await Devices.AddRecoveryCodesAsync(host.Services, ana, codes.All);
        var walks = Gen.Enum<Move>().Array[3, 14].Array[60].Single();

        foreach (var walk in walks.Append([Move.Look, Move.Name, Move.Password, Move.Code]).Append([Move.Look, Move.Name, Move.Password, Move.OldCode]))
        {
            var before = await host.CountSessionsAsync();
            var proven = await WalkWithCodesAsync(host, walk, codes);
            Assert.True(await host.CountSessionsAsync() - before == (proven ? 1 : 0), $"signed in or not by {string.Join(", ", walk)}");
            await host.EditAsync(context =>
            {
                context.RemoveRange(context.Attempts);
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Whether a session must have begun, by a model of the flow: name, then password, then a code that nobody used.</summary>
    private static async Task<bool> WalkWithCodesAsync(FlowHost host, Move[] walk, Codes codes)
    {
        var client = new HttpClient();
        var (at, signedIn) = (Place.Nowhere, false);
        foreach (var move in walk.TakeWhile(_ => !signedIn))
        {
            if (move == Move.NewBrowser)
            {
                client.Dispose();
                client = new HttpClient();
                at = Place.Nowhere;
                continue;
            }

            await SendAsync(client, host, move, codes);
            (at, signedIn) = (at, move) switch
            {
                (Place.Nowhere, _) => (Place.Name, false),
                (Place.Name, Move.Name or Move.NameAsPassword or Move.Both) => (Place.Password, false),
                (Place.Name, Move.OtherName) => (Place.PasswordOfNobody, false),
                (Place.Password, Move.Password or Move.Both) => (Place.Code, false),
                (Place.Code, Move.Code) => (Place.Code, true),
                _ => (at, false),
            };
            if (move == Move.Code && signedIn)
            {
                codes.Use();
            }
        }

        client.Dispose();
        return signedIn;
    }

    private enum Place
    {
        Nowhere,
        Name,
        Password,
        PasswordOfNobody,
        Code,
    }

    private sealed class Codes
    {
        private int _used;

        public string[] All { get; } = [.. Enumerable.Range(0, 100).Select(number => $"recovery{number:0000}")];

        public string Next => All[_used];

        public string? Last => _used > 0 ? All[_used - 1] : "none";

        public void Use() => _used++;
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

    private static async Task SendAsync(HttpClient client, FlowHost host, Move move, Codes? codes = null)
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
            Move.WrongCode => new { component = "ak-stage-authenticator-validate", code = "000000" },
            Move.Code => new { component = "ak-stage-authenticator-validate", code = codes?.Next ?? "none" },
            Move.OldCode => new { component = "ak-stage-authenticator-validate", code = codes?.Last ?? "none" },
            Move.CodeAsPassword => new { component = "ak-stage-password", password = codes?.Next ?? "none" },
            Move.EmptyCode => new { component = "ak-stage-authenticator-validate", code = "" },
            _ => null,
        };
        using var response = body is null
            ? await client.GetAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken)
            : await client.PostAsJsonAsync(host.At(FlowHost.Executor), body, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(JsonValueKind.String, answer.GetProperty("component").ValueKind);
    }
}
