using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Sidecar.ControlPlane.Mail;

/// <summary>Hands a message to a mail server, in a connection of its own.</summary>
internal static class SmtpTransport
{
    // Connect, sign in, each recipient, the message: steps that each have the server's timeout. Past this the attempt is over, whichever step it hangs in.
    private const int Steps = 6;

    private const int PermanentFailure = 500;

    /// <summary>How long an attempt takes at most.</summary>
    public static TimeSpan LimitOf(SmtpServer server) => server.Timeout * Steps;

    public static async Task<SmtpOutcome> SendAsync(SmtpServer server, MimeMessage message, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LimitOf(server));
        try
        {
            await TalkAsync(server, message, limit.Token);
            return new SmtpOutcome.Sent();
        }
        catch (SmtpCommandException refusal) when (refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)refusal.StatusCode >= PermanentFailure)
        {
            return new SmtpOutcome.Refused($"{(int)refusal.StatusCode} {MailText.OneLine(refusal.Message)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SmtpOutcome.TryLater($"{server} did not answer in time.");
        }
        catch (Exception error) when (error is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or IOException
            or System.Net.Sockets.SocketException or TimeoutException or ServiceNotConnectedException)
        {
            return new SmtpOutcome.TryLater($"{server}: {MailText.OneLine(error.Message)}");
        }
    }

    private static async Task TalkAsync(SmtpServer server, MimeMessage message, CancellationToken cancel)
    {
        // Revocation lists are asked of a third party, which a mail server of a private network does not have.
        using var client = new SmtpClient { Timeout = (int)server.Timeout.TotalMilliseconds, CheckCertificateRevocation = false };
        await client.ConnectAsync(server.Host, server.Port, OptionsOf(server.Security), cancel);
        if (server.Username is { } username)
        {
            await client.AuthenticateAsync(username, server.Password ?? "", cancel);
        }

        await client.SendAsync(message, cancel);
        await LeaveAsync(client, cancel);
    }

    // The server has taken the message: how the farewell goes changes nothing, and must not send it again.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception error) when (error is CommandException or ProtocolException or IOException or OperationCanceledException or ServiceNotConnectedException)
        {
        }
    }

    private static SecureSocketOptions OptionsOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
