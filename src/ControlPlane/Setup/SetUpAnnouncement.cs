using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Setup;

/// <summary>At each start before set-up is finished: makes the code and prints it, so that only who can read the log can set up after the first hour.</summary>
internal sealed class SetUpAnnouncement(Database database, ILogger<SetUpAnnouncement> log) : BackgroundService
{
    // Without letters that look alike.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Groups = 4;
    private const int GroupLength = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var context = database.Open();
        var installation = await context.Installations.SingleOrDefaultAsync(stoppingToken);
        if (installation is null or { SetUpCompletedAt: not null })
        {
            return;
        }

        var code = string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));
        installation.SetUpCodeHash = SetUpGate.HashOf(code);
        try
        {
            await context.SaveChangesAsync(stoppingToken);
            log.SetUpOpen(installation.SetUpOpenUntil, code);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Set up at this very moment.
        }
    }
}
