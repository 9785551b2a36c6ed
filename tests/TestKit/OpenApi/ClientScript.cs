using System.Diagnostics;
using System.Text.Json;

namespace Sidecar.TestKit.OpenApi;

/// <summary>
/// A script for Node that administers an installation with authentik's published client, unmodified. It writes one line of JSON, <c>{"step": …}</c>, after
/// each thing that it did, and goes on when the test has looked; the last step is <c>end</c>.
/// </summary>
public sealed class ClientScript : IDisposable
{
    private readonly Process _node;
    private readonly Task<string> _errors;

    private ClientScript(Process node)
    {
        _node = node;
        _errors = node.StandardError.ReadToEndAsync();
    }

    /// <param name="file">The script; it is given the control plane's address and the token as its arguments.</param>
    public static ClientScript Start(string file, Uri controlPlane, string token)
    {
        ArgumentNullException.ThrowIfNull(controlPlane);
        var start = new ProcessStartInfo("node", [file, controlPlane.ToString(), token])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(AuthentikClientPackage.Folder, "node_modules") },
        };
        return new ClientScript(Process.Start(start) ?? throw new InvalidOperationException("node did not start: install nodejs."));
    }

    /// <summary>Throws with what the script wrote when it ends before its end.</summary>
    public async Task RunAsync(Func<JsonElement, Task> look, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(look);
        var ended = false;
        while (await _node.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            var step = JsonDocument.Parse(line).RootElement;
            ended = step.GetProperty("step").ValueEquals("end");
            if (!ended)
            {
                await look(step);
                await _node.StandardInput.WriteLineAsync("ok");
            }
        }

        await _node.WaitForExitAsync(cancel);
        if (_node.ExitCode != 0 || !ended)
        {
            throw new InvalidOperationException($"the script ended with {_node.ExitCode}:\n{await _errors}");
        }
    }

    public void Dispose()
    {
        if (!_node.HasExited)
        {
            _node.Kill();
        }

        _node.Dispose();
    }
}
