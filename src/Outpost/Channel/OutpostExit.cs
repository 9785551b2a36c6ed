namespace Sidecar.Outpost.Channel;

/// <summary>How a part of the program ends all of it.</summary>
internal sealed class OutpostExit(IHostApplicationLifetime lifetime)
{
    public int Code { get; private set; }

    public void Stop(int code)
    {
        Code = code;
        lifetime.StopApplication();
    }
}
