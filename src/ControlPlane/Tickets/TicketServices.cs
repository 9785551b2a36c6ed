using Sidecar.ControlPlane.Principals;

namespace Sidecar.ControlPlane.Tickets;

internal static class TicketServices
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services.AddScoped<PrincipalBuilder>().AddScoped<TicketIssuer>().AddHostedService<TicketKeyRotation>();
}
