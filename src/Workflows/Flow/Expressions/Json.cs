using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Expressions;

/// <summary>
/// JSON's values and JavaScript's. Objects and lists of the scope are read where they lie; only what the expression itself
/// builds is a <c>List</c> or an <c>OrderedDictionary</c>.
/// </summary>
internal static class Json
{
    private const int MaxDepth = 60;
    private const double MaxSafeInteger = 9_007_199_254_740_991;
    private static readonly object True = true;
    private static readonly object False = false;

    public static object Bool(bool value) => value ? True : False;

    public static object? Value(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.TryGetValue<string>(out var text) ? text : value.ToString(),
            JsonValueKind.Number => Number(value),
            JsonValueKind.True => True,
            JsonValueKind.False => False,
            _ => null,
        }
        : node;

    public static double Number(JsonValue value) =>
        value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<decimal>(out var exact) ? (double)exact
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<int>(out var small) ? small
        : Coercion.ToNumber(value.ToJsonString());

    public static JsonNode? From(object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new EvaluationException("The value is nested too deeply.");
        }

        return value switch
        {
            bool b => JsonValue.Create(b),
            string s => JsonValue.Create(s),
            double d => FromNumber(d),
            JsonNode node => node.DeepClone(),
            List<object?> list => new JsonArray([.. list.Select(item => From(item, depth + 1))]),
            OrderedDictionary<string, object?> members => FromMembers(members, depth),
            _ => null,
        };
    }

    private static JsonValue? FromNumber(double d) =>
        !double.IsFinite(d) ? null
        : Math.Abs(d) <= MaxSafeInteger && d == Math.Truncate(d) ? JsonValue.Create((long)d)
        : JsonValue.Create(d);

    private static JsonObject FromMembers(OrderedDictionary<string, object?> members, int depth)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not Undefined)
            {
                result[name] = From(value, depth + 1);
            }
        }

        return result;
    }
}
