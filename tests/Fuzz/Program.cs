using SharpFuzz;
using Sidecar.Fuzz.Targets;

namespace Sidecar.Fuzz;

/// <summary>
/// <c>sidecar-fuzz TARGET</c> is run by afl-fuzz; <c>sidecar-fuzz TARGET FILE…</c> runs files once each, to look at a finding or to see that all seeds pass.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length == 0 || FuzzTarget.Find(args[0]) is not { } make)
        {
            Console.Error.WriteLine($"usage: Sidecar.Fuzz {string.Join('|', FuzzTarget.Names)} [FILE|FOLDER...]");
            return 2;
        }

        // Made by the first input: what is instrumented may run only after SharpFuzz has begun.
        var target = new Lazy<FuzzTarget>(make);
        if (args.Length > 1)
        {
            return Replay(target.Value, args[1..]);
        }

        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target.Value.Run(input.GetBuffer().AsSpan(0, (int)input.Length));
        });
        return 0;
    }

    private static int Replay(FuzzTarget target, string[] paths)
    {
        foreach (var file in paths.SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path) : [path]))
        {
            Console.WriteLine($"{file}: {target.Run(File.ReadAllBytes(file))}");
        }

        return 0;
    }
}
