using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// Patterns that analysts write. They run without backtracking, so none of them can hang a host; look-arounds and
/// back-references don't exist there, and the loader refuses them.
/// </summary>
internal static class Patterns
{
    private static readonly ConcurrentDictionary<string, Regex?> Known = new(StringComparer.Ordinal);

    /// <summary>The whole text matches; true where the pattern itself can't be used, which the loader has reported.</summary>
    public static bool Matches(string pattern, string text) => Compiled(pattern)?.IsMatch(text) ?? true;

    public static bool IsUsable(string pattern) => Compiled(pattern) is not null;

    private static Regex? Compiled(string pattern) => Known.GetOrAdd(pattern, static text =>
    {
        try
        {
            return new Regex($@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    });
}
