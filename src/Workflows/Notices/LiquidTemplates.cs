using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DotLiquid;
using DotLiquid.Exceptions;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// The one class that knows the Liquid library (decision 0002): compiles each text once, renders it within limits of time, size
/// and loops, and takes a missing value for a fault, never for nothing.
/// </summary>
/// <param name="longestRendering">By the wall clock; null for one second.</param>
public sealed class LiquidTemplates(TimeSpan? longestRendering = null)
{
    private const int LongestTemplate = 64 * 1024;
    private const int LongestResult = 256 * 1024;
    private const int MostIterations = 1_000;
    private const int MostCompiled = 2_000;

    private readonly TimeSpan longestRendering = longestRendering ?? TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Compiled> compiled = new(StringComparer.Ordinal);

    /// <summary>What the template speaks of and the model does not have: <c>request.nummer</c>. In all branches, reached or not.</summary>
    public static IReadOnlyList<string> Unknown(string template, JsonObject model) => LiquidVocabulary.Unknown(template, model);

    /// <summary>Why the template can't be rendered at all, in words for its author; empty where it can.</summary>
    public IReadOnlyList<string> Faults(string template) => Compile(template).Faults;

    internal Rendering Render(string template, IReadOnlyDictionary<string, object?> model, string language)
    {
        var source = Compile(template);
        if (source.Template is null)
        {
            return new Rendering("", source.Faults);
        }

        using var limit = new CancellationTokenSource(longestRendering);
        var context = new Context(
            [Hash.FromDictionary(new Dictionary<string, object?>(model))], [], [], ErrorsOutputMode.Suppress, MostIterations, CultureInfo.InvariantCulture, limit.Token)
        {
            SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a,
        };
        context.AddFilters(typeof(LiquidFilters));
        context.Registers[LiquidFilters.Language] = language;
        using var text = new LimitedWriter(LongestResult);
        try
        {
            source.Template.Render(text, new RenderParameters(CultureInfo.InvariantCulture) { Context = context });
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever the library trips over is the template's fault, and must not stop the other mails.
            return fault is OperationCanceledException ? new Rendering("", ["It takes too long to render."], RanOutOfTime: true) : new Rendering("", [Words(fault)]);
        }

        return new Rendering(text.ToString(), [.. context.Errors.Where(e => IsFault(e, source)).Select(Words).Distinct()]);
    }

    // The library reports what a condition asks in vain as it reports what an output lacks, and names it in words only.
    private static bool IsFault(Exception error, Compiled source) =>
        error is not VariableNotFoundException || source.Needed.Any(path => error.Message.Contains($"'{path}'", StringComparison.Ordinal));

    private static string Words(Exception fault) => fault.Message.Replace("Error - ", "", StringComparison.Ordinal);

    private Compiled Compile(string template)
    {
        if (compiled.Count > MostCompiled)
        {
            compiled.Clear();
        }

        return compiled.GetOrAdd(template, static text =>
        {
            if (text.Length > LongestTemplate)
            {
                return new Compiled(null, [$"The template is longer than {LongestTemplate} characters."], []);
            }

            var faults = LiquidVocabulary.Faults(text);
            if (faults.Count > 0)
            {
                return new Compiled(null, faults, []);
            }

            try
            {
                var parsed = Template.Parse(text, SyntaxCompatibility.DotLiquid22a);
                parsed.MakeThreadSafe();
                return new Compiled(parsed, [], [.. LiquidVocabulary.Uses(text).Where(u => !u.MayBeMissing).Select(u => u.Path)]);
            }
            catch (LiquidException fault)
            {
                return new Compiled(null, [fault.Message], []);
            }
        });
    }

    /// <param name="Faults">Empty where the text may be used.</param>
    /// <param name="RanOutOfTime">The machine may have been busy: another time it may be quick enough.</param>
    internal sealed record Rendering(string Text, IReadOnlyList<string> Faults, bool RanOutOfTime = false);

    /// <param name="Template">Null where it can't be rendered.</param>
    /// <param name="Needed">Paths without which a mail would have a hole.</param>
    private sealed record Compiled(Template? Template, IReadOnlyList<string> Faults, HashSet<string> Needed);

    private sealed class LimitedWriter(int limit) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value) => Within(1).Append(value);

        public override void Write(char[] buffer, int index, int count) => Within(count).Append(buffer, index, count);

        public override void Write(string? value) => Within(value?.Length ?? 0).Append(value);

        private StringBuilder Within(int more) =>
            GetStringBuilder().Length + more <= limit ? GetStringBuilder() : throw new InvalidOperationException("It becomes too long when rendered.");
    }
}
