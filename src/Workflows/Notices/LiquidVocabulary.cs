using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// The part of Liquid that mails may use, and nothing else: outputs, conditions and loops over what the model holds. What could
/// read files, grow without end or hide a mistake (<c>include</c>, <c>capture</c>, <c>append</c> …) is refused by name.
/// Read from the template's own text, so that the branches no sample reaches are checked too.
/// </summary>
internal static partial class LiquidVocabulary
{
    private static readonly HashSet<string> Tags =
        ["if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "endfor", "comment", "endcomment"];

    private static readonly HashSet<string> Filters = ["moment", "day", "default", "upcase", "downcase", "capitalize", "truncate", "size", "first", "last", "join", "escape"];

    private static readonly HashSet<string> Words = ["and", "or", "contains", "true", "false", "nil", "null", "blank", "empty", "in", "reversed", "limit", "offset"];

    /// <summary>A place where the template speaks of the model.</summary>
    /// <param name="Path">As written: <c>request.number</c>.</param>
    /// <param name="MayBeMissing">Asked in a condition, or given a default: then it is empty, not a fault, when it is missing.</param>
    internal sealed record Use(string Path, bool MayBeMissing);

    /// <summary>Everything in the text that mails may not use, in words; empty where it may be rendered.</summary>
    public static IReadOnlyList<string> Faults(string text)
    {
        var faults = new List<string>();
        if (text.Contains("{{{", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal))
        {
            faults.Add("`{{{` and `{#` are short forms that only some Liquid libraries read: write `{{ … }}` or `{% comment %}`.");
        }

        foreach (Match token in Token().Matches(text))
        {
            var content = token.Groups["output"].Value + token.Groups["rest"].Value;
            if (StringLiteral().Replace(content, "").AsSpan().IndexOfAny('"', '\'') >= 0)
            {
                // Also what keeps a quoted "}}" from hiding a filter from this check.
                faults.Add($"`{token.Value}` has a quotation mark without its partner, or braces between quotation marks.");
            }

            if (token.Groups["tag"].Success && !Tags.Contains(token.Groups["tag"].Value))
            {
                faults.Add($"`{{% {token.Groups["tag"].Value} %}}` is not available in mails; these are: {string.Join(", ", Tags)}.");
            }

            faults.AddRange(Filter().Matches(StringLiteral().Replace(content, "''")).Select(m => m.Groups[1].Value)
                .Where(name => !Filters.Contains(name)).Select(name => $"The filter `{name}` is not available in mails; these are: {string.Join(", ", Filters)}."));
            if (RangeOrIndex().IsMatch(StringLiteral().Replace(content, "''")))
            {
                faults.Add($"`{token.Value}` counts or indexes; a mail can only go through a list of the model.");
            }
        }

        return faults;
    }

    /// <summary>All that the text says about the model; names of loops are not the model's.</summary>
    public static IEnumerable<Use> Uses(string text)
    {
        foreach (Match token in Token().Matches(text))
        {
            var isOutput = token.Groups["output"].Success;
            var content = isOutput ? token.Groups["output"].Value : token.Groups["rest"].Value;
            var mayBeMissing = !isOutput || content.Contains("default", StringComparison.Ordinal);
            foreach (var path in Paths(content))
            {
                yield return new Use(path, mayBeMissing);
            }
        }
    }

    /// <summary>Paths that the model does not have, in the order of the text, each once. A list that is empty in the model vouches for all.</summary>
    public static IReadOnlyList<string> Unknown(string text, JsonObject model)
    {
        var scope = new LiquidScope(model);
        var unknown = new List<string>();
        foreach (Match token in Token().Matches(text))
        {
            var tag = token.Groups["tag"].Value;
            var content = token.Groups["output"].Value + token.Groups["rest"].Value;
            if (tag == "endfor")
            {
                scope.LeaveLoop();
                continue;
            }

            var loop = Loop().Match(content);
            var paths = tag == "for" && loop.Success ? [loop.Groups["list"].Value] : Paths(content);
            unknown.AddRange(paths.Where(path => !scope.Knows(path)));
            if (tag == "for" && loop.Success)
            {
                scope.EnterLoop(loop.Groups["name"].Value, loop.Groups["list"].Value);
            }
        }

        return [.. unknown.Distinct()];
    }

    private static IEnumerable<string> Paths(string content) =>
        Path().Matches(FilterName().Replace(StringLiteral().Replace(content, " "), " ")).Select(m => m.Value).Where(p => !Words.Contains(p));

    [GeneratedRegex(@"\{\{-?(?<output>.*?)-?\}\}|\{%-?\s*(?<tag>\w+)(?<rest>.*?)-?%\}", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex StringLiteral();

    [GeneratedRegex(@"\|\s*(\w+)")]
    private static partial Regex Filter();

    [GeneratedRegex(@"\|\s*\w+\s*:?")]
    private static partial Regex FilterName();

    [GeneratedRegex(@"\.\.|\[")]
    private static partial Regex RangeOrIndex();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_][\w]*(\.[A-Za-z_]\w*)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Path();

    [GeneratedRegex(@"^\s*(?<name>\w+)\s+in\s+(?<list>[\w.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Loop();
}
