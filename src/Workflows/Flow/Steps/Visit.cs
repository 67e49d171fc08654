using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>One token at one step: what the step may ask, and where it says what it wants done.</summary>
internal readonly record struct Visit(Walk Walk, Step Step, int Number)
{
    public string Id => Step.Id;

    public JsonObject Facts => Walk.Facts;

    public IReadOnlyDictionary<string, JsonNode?> Scope => Walk.Scope;

    public bool IsStopped => Walk.Fault is not null;

    public void Emit(Effect effect) => Walk.Effects.Add(effect);

    public void SetVariable(string name, JsonNode? value) => Walk.SetVariable(name, value);

    /// <summary>The first fault counts: what follows from it is noise.</summary>
    public void Stop(string why) => Walk.Stop(Step, $"At {Step} {why}.");

    public IReadOnlyDictionary<string, JsonNode?> ScopeWith(JsonObject? line) =>
        line is null ? Scope : new Dictionary<string, JsonNode?>(Scope) { [Scopes.Line] = line };

    public bool Value(Input? input, out JsonNode? value) => Value(input, input is Computed or Named ? Scope : NoScope, out value);

    public string? Text(Input? input) => Value(input, out var value) ? Conversion.Text(value) : null;

    public string? Text(Input? input, IReadOnlyDictionary<string, JsonNode?> scope) => Value(input, scope, out var value) ? Conversion.Text(value) : null;

    public int? Whole(Input? input) => Value(input, out var value) ? Conversion.Whole(value) : null;

    public bool? Truth(Input input)
    {
        if (!Value(input, out var value))
        {
            return null;
        }

        var truth = Conversion.Truth(value);
        if (truth is null)
        {
            Stop($"'{input.Words}' came to {value!.ToJsonString()}, which is neither true nor false");
        }

        return truth;
    }

    private static readonly Dictionary<string, JsonNode?> NoScope = [];

    public bool Value(Input? input, IReadOnlyDictionary<string, JsonNode?> scope, out JsonNode? value)
    {
        var result = input?.Value(scope) ?? default;
        if (result.Fault is not null)
        {
            Stop($"'{input!.Words}' can't be worked out: {result.Fault.TrimEnd('.')}");
        }

        value = result.Value;
        return result.Fault is null;
    }
}
