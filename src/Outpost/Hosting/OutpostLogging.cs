using Sidecar.Outpost.Configuration;

namespace Sidecar.Outpost.Hosting;

internal static class OutpostLogging
{
    /// <summary>One JSON object a line.</summary>
    public static void Configure(ILoggingBuilder logging, OutpostOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.LogLevel);
        // The framework logs request lines, and those hold codes and state.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Warning);
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }
}
