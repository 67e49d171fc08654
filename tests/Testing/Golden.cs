using System.Runtime.CompilerServices;

namespace ClientConnect.Testing;

/// <summary>
/// Compares what people read or machines rely on with the file that was agreed. <c>./dev approve</c> writes the file anew;
/// its difference is the review. What is compared must hold no ids, times or paths of one run.
/// </summary>
public static class Golden
{
    /// <summary>Whether the run rewrites what was agreed.</summary>
    public static bool IsApproving => Environment.GetEnvironmentVariable("APPROVE") == "1";

    /// <param name="actual">What came out.</param>
    /// <param name="file">Beside the test that asks: <c>Golden/routes.txt</c>; an absolute path is taken as it is.</param>
    public static void Matches(string actual, string file, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, file);
        var text = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null;
        if (text == expected)
        {
            return;
        }

        if (IsApproving)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        var name = Path.GetRelativePath(Repository.Root, path);
        throw new GoldenDiffersException(expected is null
            ? $"{name} does not exist yet. If this is what it should say, run ./dev approve:\n{text}"
            : $"{name} says something else. If the new is right, run ./dev approve.\n{Difference(expected, text)}");
    }

    /// <summary>The lines from the first that differs, up to a screenful.</summary>
    private static string Difference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var same = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = old.Reverse().Zip(now.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        tail = Math.Min(tail, Math.Min(old.Length, now.Length) - same);
        var lines = old[same..^tail].Take(20).Select(line => $"- {line}").Concat(now[same..^tail].Take(20).Select(line => $"+ {line}"));
        return $"From line {same + 1}:\n{string.Join("\n", lines)}";
    }
}

/// <summary>A golden file and what came out are not the same.</summary>
public sealed class GoldenDiffersException(string message) : Exception(message);
