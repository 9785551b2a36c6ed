using Sidecar.TestKit.Browsers;

namespace Sidecar.Load.Mixed;

/// <summary>A user, their browser, and what they can show; changed under the lock of <see cref="World"/>.</summary>
internal sealed class Person(int index, string username, int key) : IDisposable
{
    // Enough to go on asking with what was taken back, and no memory that grows.
    private const int KeptWorthless = 40;

    private readonly Queue<Proof> _worthless = [];

    public int Index => index;

    public string Username => username;

    /// <summary>The user's integer key in the API.</summary>
    public int Key => key;

    public bool IsActive { get; set; } = true;

    /// <summary>Held by a sign-in, and by what would end it half-way.</summary>
    public SemaphoreSlim Sessions { get; } = new(1);

    /// <summary>Null: the next sign-in begins with the password.</summary>
    public Browser? Browser { get; set; }

    public List<Proof> Live { get; } = [];

    public IReadOnlyCollection<Proof> Worthless => _worthless;

    public void Retire(Proof proof)
    {
        Live.Remove(proof);
        _worthless.Enqueue(proof);
        if (_worthless.Count > KeptWorthless)
        {
            _worthless.Dequeue();
        }
    }

    public void Dispose()
    {
        Browser?.Dispose();
        Sessions.Dispose();
    }
}
