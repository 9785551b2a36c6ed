namespace Sidecar.Fuzz.Targets;

/// <summary>Whether a path may be open to everybody under <c>^/public/</c> or the like: a slow, plain reading, apart from the one that decides.</summary>
internal static class PathCheck
{
    public static bool ClimbsSomehow(string path)
    {
        for (var i = 0; i < 4; i++)
        {
            if (path.Split('/', '\\', ';').Any(segment => segment is "." or ".."))
            {
                return true;
            }

            path = Uri.UnescapeDataString(path);
        }

        return false;
    }
}
