using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>A run that is being worked on: its row, opened.</summary>
internal sealed class LiveRun(FlowRun row, Flow flow)
{
    public FlowRun Row { get; } = row;

    public Flow Flow { get; } = flow;

    public RunPlan Plan { get; set; } = RunJson.PlanOf(row);

    public RunContext Context { get; set; } = RunJson.ContextOf(row);

    /// <summary>
    /// What a page's form carries: it names the step and the stage that the page showed, and who was signed in, and can be made only with the browser's cookie.
    /// A form of another step, another run, another browser or another site has a different one.
    /// </summary>
    public string TokenFor(string browser)
    {
        var text = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"sidecar/flow-form/2 {Row.Id:N} {Row.Step} {Plan.Current?.Binding:N} {Context.Start.Session:N}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(browser), Encoding.UTF8.GetBytes(text)));
    }

    public bool IsTokenFor(string browser, string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(TokenFor(browser)));

    /// <summary>Puts plan and context into the row.</summary>
    public void Store()
    {
        Row.Plan = RunJson.Write(Plan);
        Row.Context = RunJson.Write(Context);
    }
}
