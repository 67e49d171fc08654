using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Events;

/// <summary>
/// What happened to a request: an immutable record in the past tense. Its name in the table is the type's name in camelCase
/// and never changes; rows written last year are an API.
/// </summary>
public abstract record RequestEvent
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly Lazy<FrozenDictionary<string, Type>> Known = new(() => typeof(RequestEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(RequestEvent)) && !t.IsAbstract).ToFrozenDictionary(NameOf, t => t));

    /// <summary>What the firm is called from then on, as <c>from</c> and <c>to</c> by language; null where its name stays.</summary>
    public JsonObject? FirmName { get; init; }

    /// <summary>Its name in the table: <c>taskDecided</c>.</summary>
    [JsonIgnore]
    public string Name => NameOf(GetType());

    /// <summary>What the table holds, as canonical text, and as every chain hashes it. Its JSON is written where it lies, not made into another first.</summary>
    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, get, type) in Members.GetOrAdd(GetType(), InOrder))
        {
            if (get(this) is not { } value) continue;
            writer.WritePropertyName(name);
            WriteValue(writer, value, type);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value, Type type)
    {
        switch (value)
        {
            case JsonNode node:
                CanonicalJson.Write(writer, node);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool isSo:
                writer.WriteBooleanValue(isSo);
                break;
            default:
                CanonicalJson.Write(writer, JsonSerializer.SerializeToNode(value, type, Json));
                break;
        }
    }

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<(string Name, Func<object, object?> Get, Type Type)>> Members = new();

    private static IReadOnlyList<(string Name, Func<object, object?> Get, Type Type)> InOrder(Type type) =>
        [.. Json.GetTypeInfo(type).Properties.Where(p => p.Get is not null).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (p.Name, p.Get!, p.PropertyType))];

    /// <summary>Null where this build does not know the event.</summary>
    public static RequestEvent? Read(string name, string data) =>
        Known.Value.TryGetValue(name, out var type) ? (RequestEvent?)JsonSerializer.Deserialize(data, type, Json) : null;

    private static string NameOf(Type type) => JsonNamingPolicy.CamelCase.ConvertName(type.Name);
}
