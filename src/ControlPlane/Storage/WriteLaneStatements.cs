using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sidecar.ControlPlane.Storage;

/// <summary>
/// Takes <c>ExecuteUpdate</c> and <c>ExecuteDelete</c> through the write lane, which saves and transactions enter by themselves. Here, so that no caller can forget it.
/// </summary>
internal sealed class WriteLaneStatements : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Alone(eventData) is { Lane: { } lane } context)
        {
            context.StatementTurn = await lane.EnterAsync(cancellationToken);
        }

        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Leave(eventData);
        return ValueTask.FromResult(result);
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData);
        return Task.CompletedTask;
    }

    // Inside a transaction its turn is the statement's, too.
    private static ControlPlaneContext? Alone(CommandEventData data) =>
        data.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete && data.Context is ControlPlaneContext { Database.CurrentTransaction: null } context ? context : null;

    private static void Leave(CommandEventData data)
    {
        if (data.Context is ControlPlaneContext { StatementTurn: { } turn } context)
        {
            context.StatementTurn = null;
            turn.Dispose();
        }
    }
}
