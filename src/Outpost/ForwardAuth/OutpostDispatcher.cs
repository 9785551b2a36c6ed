using Sidecar.Outpost.Forwarding;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The end of the pipeline: what is the outpost's own is answered, the rest goes to the control plane, or is not found.</summary>
internal sealed class OutpostDispatcher(ControlPlaneForwarder? forwarder = null)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (forwarder is not null)
        {
            return forwarder.ForwardAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
