using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Draws a definition as Studio would save it.</summary>
internal sealed class DrawnFlow
{
    private readonly JsonArray activities = [];
    private readonly JsonArray connections = [];
    private readonly JsonArray variables = [];

    public static JsonObject Text(string value) => Input("String", "Literal", value);

    public static JsonObject Json(string value) => Input("Object", "Object", value);

    public static JsonObject Script(string value) => Input("Object", "JavaScript", value);

    public DrawnFlow Step(string id, string type, params (string Name, JsonNode? Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["nodeId"] = $"Workflow1:Flowchart1:{id}", ["name"] = id, ["type"] = type, ["version"] = 1, ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject() };
        foreach (var (name, value) in inputs)
        {
            activity[name] = value;
        }

        activities.Add(activity);
        return this;
    }

    public DrawnFlow People(string id, string type = "ParticipantCheck", string? deadline = null) =>
        deadline is null ? Step(id, "ClientConnect." + type) : Step(id, "ClientConnect." + type, ("deadline", Text(deadline)));

    public DrawnFlow Status(string id, string status) => Step(id, "ClientConnect.SetStatus", ("status", Text(status)));

    public DrawnFlow Tell(string id, params string[] to) => Step(id, "ClientConnect.TellThem", ("template", Text("note")), ("to", Json(new JsonArray([.. to.Select(t => JsonValue.Create(t))]).ToJsonString())));

    public DrawnFlow Decision(string id, string condition) => Step(id, "Elsa.FlowDecision", ("condition", Script(condition)));

    public DrawnFlow Fork(string id, params string[] branches) => Step(id, "Elsa.FlowFork", ("branches", Json(new JsonArray([.. branches.Select(b => JsonValue.Create(b))]).ToJsonString())));

    public DrawnFlow Join(string id, string mode = "WaitAllActive") => Step(id, "Elsa.FlowJoin", ("mode", Text(mode)));

    public DrawnFlow Set(string id, string variable, string script) =>
        Step(id, "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", Script(script)));

    public DrawnFlow Variable(string name, string typeName, string value)
    {
        variables.Add(new JsonObject { ["id"] = name, ["name"] = name, ["typeName"] = typeName, ["value"] = value });
        return this;
    }

    /// <summary>From <c>Check.approve</c> (or <c>Start</c>, for its port Done) to the next, and on.</summary>
    public DrawnFlow Connect(params string[] chain)
    {
        for (var i = 0; i + 1 < chain.Length; i++)
        {
            var from = chain[i].Split('.', 2);
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = from[0], ["port"] = from.Length > 1 ? from[1] : "Done" },
                ["target"] = new JsonObject { ["activity"] = chain[i + 1].Split('.')[0], ["port"] = "In" },
            });
        }

        return this;
    }

    public JsonObject Model() => new()
    {
        ["definitionId"] = "drawn",
        ["name"] = "Drawn",
        ["variables"] = variables.DeepClone(),
        ["inputs"] = new JsonArray(),
        ["root"] = new JsonObject { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities.DeepClone(), ["variables"] = new JsonArray(), ["connections"] = connections.DeepClone() },
    };

    public string ToJson() => Model().ToJsonString();

    private static JsonObject Input(string typeName, string type, string value) =>
        new() { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
