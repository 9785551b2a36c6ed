using System.Diagnostics;
using System.Security.Cryptography;
using NSec.Cryptography;
using Sidecar.Load.Drivers;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Identity;

/// <summary>Processor time that the server needs from a person's name to their session, by the flow executor, and how much of it is the password's hash.</summary>
internal static class SignInCost
{
    private const int Warm = 30;
    private const int SignIns = 200;
    private const string Password = "correct horse battery staple";

    /// <returns>Milliseconds a sign-in: all of it, and the hash alone.</returns>
    public static async Task<(double Whole, double Hash)> MeasureAsync(SidecarServer server, AdminApi api)
    {
        // Each is somebody else: attempts of one name and address are limited.
        for (var i = 0; i < Warm + SignIns; i++)
        {
            await api.CreateUserAsync($"visitor{i}", Password);
        }

        for (var i = 0; i < Warm; i++)
        {
            await SignInAsync(server, i);
        }

        var before = ProcessCost.CpuMicroseconds(server.ProcessId);
        for (var i = Warm; i < Warm + SignIns; i++)
        {
            await SignInAsync(server, i);
        }

        return ((ProcessCost.CpuMicroseconds(server.ProcessId) - before) / 1000 / SignIns, HashMilliseconds());
    }

    private static async Task SignInAsync(SidecarServer server, int visitor)
    {
        using var client = new HttpClient();
        var answer = await ExecutorSignIn.SignInByExecutorAsync(client, server.Address, $"visitor{visitor}", Password);
        if (answer.GetProperty("component").GetString() != "xak-flow-redirect")
        {
            throw new InvalidOperationException($"visitor{visitor} was not signed in: {answer}");
        }
    }

    // The same library with the parameters of Directory/PasswordHasher.
    private static double HashMilliseconds()
    {
        var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 19_456, NumberOfPasses = 2 });
        var salt = RandomNumberGenerator.GetBytes(16);
        algorithm.DeriveBytes(Password, salt, 32);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < SignIns; i++)
        {
            algorithm.DeriveBytes(Password, salt, 32);
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / SignIns;
    }
}
