namespace Sidecar.Outpost.Channel;

/// <summary>How a part of the program ends all of it.</summary>
internal sealed class OutpostExit(IHostApplicationLifetime lifetime)
{
    public int Code { get; private set; }

    public void Stop(int code)
    {
        Code = code;

        // Not while the host starts: a stop then cancels the start, and its failure would hide the code and the reason that was logged.
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);
    }
}
