using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// Works a form through: cleans what was typed, computes, shows and hides, and says what is wrong where. Pure, and the one
/// place that does so: drafts, sends, the checker's page, the API and rehearsals all ask it. It never throws, whatever is sent.
/// </summary>
public static class FormEvaluator
{
    /// <summary>Longest text of all answers together that is looked at.</summary>
    public const int MaxCharacters = 1_000_000;

    public static FormEvaluation Evaluate(FormDefinition form, JsonObject answers, FormContext context)
    {
        var (sent, fault) = Intake(answers);
        return Evaluate(form, sent, fault, context);
    }

    /// <summary>The same for answers that were evaluated before and come back from the database, which holds nothing that can't be read.</summary>
    public static FormEvaluation EvaluateStored(FormDefinition form, JsonObject answers, FormContext context) => Evaluate(form, answers, null, context);

    private static FormEvaluation Evaluate(FormDefinition form, JsonObject sent, string? fault, FormContext context) => context is { OpenLines: { } open, Sent: { } before }
        ? OpenLines.Kept(form, Whole(form, sent, fault, context), Whole(form, before, null, context), before, open)
        : Whole(form, sent, fault, context);

    private static FormEvaluation Whole(FormDefinition form, JsonObject sent, string? fault, FormContext context)
    {
        // What an entry asks is known once its key is: so the form is filled once to find the questions, and then with them.
        var filling = new Filling(context) { AsksQuestions = form.Fields.Any(f => f.Type == FieldType.Questions) };
        form = form.Looking.Count == 0 ? form : form.Asking(new Filling(context).Fill(form.Fields, sent, "answers", ""));
        if (fault is not null)
        {
            filling.Refuse("", fault, forDraft: true);
        }

        var filled = filling.Fill(form.Fields, sent, "answers", "");
        filling.Check(form.Fields, filled, "answers", "");
        return filling.Done(filled) with { Form = form.Showing(filled) };
    }

    /// <summary>
    /// What the form would ask the register for with these answers and with what is known of it already: what is looked up by a
    /// looked-up value is asked for in a second round.
    /// </summary>
    public static IReadOnlySet<RegisterAsk> Asks(FormDefinition form, JsonObject answers, FormContext context)
    {
        var asked = new HashSet<RegisterAsk>();
        new Filling(context with { Register = Note }).Fill(form.Fields, Intake(answers).Sent, "answers", "");
        return asked;

        HeldEntry? Note(string kind, string key)
        {
            asked.Add(new(kind, key));
            return context.Register(kind, key);
        }
    }

    /// <summary>The kinds of which the form counts the membership's own entries; the use case loads them whole.</summary>
    public static IReadOnlyList<string> Counts(FormDefinition form) =>
        [.. form.Fields.SelectMany(f => f.Columns.Prepend(f)).Select(f => f.Count?.Kind).OfType<string>().Distinct()];

    // Read anew from its own text: names said twice, broken surrogates and trees without end are met here, once, and not in
    // every rule.
    internal static (JsonObject Sent, string? Fault) Intake(JsonObject answers) => Intake(() => answers.ToJsonString());

    /// <summary>The same for what is said of lines, as <c>lines</c>.</summary>
    internal static (JsonObject Sent, string? Fault) Intake(JsonArray lines) => Intake(() => $"{{\"lines\":{lines.ToJsonString()}}}");

    private static (JsonObject Sent, string? Fault) Intake(Func<string> write)
    {
        try
        {
            var text = write();
            if (text.Length > MaxCharacters)
            {
                return ([], "too-much");
            }

            var sent = (JsonObject)Json.Parse(text)!;
            ReadAll(sent);
            return (sent, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return ([], "not-readable");
        }
    }

    private static void ReadAll(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members) ReadAll(value);
                break;
            case JsonArray items:
                foreach (var item in items) ReadAll(item);
                break;
            default:
                _ = node.Text();
                break;
        }
    }
}
