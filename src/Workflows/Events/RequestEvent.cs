using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

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
    };

    private static readonly Lazy<FrozenDictionary<string, Type>> Known = new(() => typeof(RequestEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(RequestEvent)) && !t.IsAbstract).ToFrozenDictionary(NameOf, t => t));

    /// <summary>What the firm is called from then on, as <c>from</c> and <c>to</c> by language; null where its name stays.</summary>
    public JsonObject? FirmName { get; init; }

    /// <summary>Its name in the table: <c>taskDecided</c>.</summary>
    [JsonIgnore]
    public string Name => NameOf(GetType());

    public JsonObject ToData() => (JsonObject)JsonSerializer.SerializeToNode(this, GetType(), Json)!;

    /// <summary>Null where this build does not know the event.</summary>
    public static RequestEvent? Read(string name, string data) =>
        Known.Value.TryGetValue(name, out var type) ? (RequestEvent?)JsonSerializer.Deserialize(data, type, Json) : null;

    private static string NameOf(Type type) => JsonNamingPolicy.CamelCase.ConvertName(type.Name);
}
