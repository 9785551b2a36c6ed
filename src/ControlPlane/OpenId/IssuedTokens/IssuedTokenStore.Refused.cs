namespace Sidecar.ControlPlane.OpenId.IssuedTokens;

// Searches that nothing here needs. To be asked for one is a bug, not a case to handle.
internal sealed partial class IssuedTokenStore
{
    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<IssuedToken>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw NotOffered();

    public IAsyncEnumerable<IssuedToken> FindAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        throw NotOffered();

    public IAsyncEnumerable<IssuedToken> FindByApplicationIdAsync(string identifier, CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<IssuedToken> FindBySubjectAsync(string subject, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<IssuedToken>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<IssuedToken> ListAsync(int? count, int? offset, CancellationToken cancellationToken) => throw NotOffered();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<IssuedToken>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw NotOffered();

    public ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        throw NotOffered();

    public ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellationToken = default) => throw NotOffered();

    public ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellationToken = default) => throw NotOffered();

    private static NotSupportedException NotOffered() => new("Tokens are found by id, reference or chain only.");
}
