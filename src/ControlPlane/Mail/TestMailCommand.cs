using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Mail.Templates;

namespace Sidecar.ControlPlane.Mail;

/// <summary><c>sidecar test-mail ADDRESS</c>: sends one mail with the server's settings and says how it went. Nothing is stored, and no server need run.</summary>
internal static class TestMailCommand
{
    public static async Task<int> RunAsync(string address, Func<string, string?> variable, TextWriter output, TextWriter errors)
    {
        var reader = new EnvironmentReader(variable);
        var server = MailOptions.Read(reader).Server;
        if (reader.Mistakes.Count > 0)
        {
            await errors.WriteLineAsync("The configuration has mistakes:\n  " + string.Join("\n  ", reader.Mistakes));
            return 1;
        }

        var mail = new OutgoingMail { To = [address], Subject = "Sidecar test e-mail", Body = new MailTemplates().Render(MailTemplates.Setup, new Dictionary<string, string>()) };
        if (!EmailText.IsValid(address) || MailMessages.Make(mail, Guid.NewGuid(), server.From, TimeProvider.System.GetUtcNow()) is not { } message)
        {
            await errors.WriteLineAsync($"{address} is not an e-mail address.");
            return 2;
        }

        switch (await SmtpTransport.SendAsync(server, message, CancellationToken.None))
        {
            case SmtpOutcome.Sent:
                await output.WriteLineAsync($"{server} took a test e-mail from {server.From} to {address}.");
                return 0;
            case SmtpOutcome.TryLater(var reason):
                await errors.WriteLineAsync($"The e-mail was not sent. {reason}");
                return 1;
            case SmtpOutcome.Refused(var reason):
                await errors.WriteLineAsync($"The e-mail was refused. {reason}");
                return 1;
            default:
                throw new InvalidOperationException("This outcome is not known");
        }
    }
}
