namespace Sidecar.Demo.Processes;

/// <summary>Keeps the last lines of a program's output, so that a failure can be explained and memory stays bounded.</summary>
internal sealed class OutputTail(Action<string>? onLine)
{
    private const int Kept = 2000;

    private readonly Queue<string> _lines = [];

    public void Add(string line)
    {
        // Output and error output arrive on two threads.
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            onLine?.Invoke(line);
        }
    }

    /// <summary>The last few lines, for a person at a terminal.</summary>
    public string Last(int count)
    {
        lock (_lines)
        {
            return string.Join('\n', _lines.TakeLast(count));
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }
}
