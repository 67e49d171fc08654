using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Notices;

/// <summary>What a template can name at one place of its text: the model, and the items of the loops around the place.</summary>
internal sealed class LiquidScope(JsonObject model)
{
    private readonly Stack<(string Name, JsonNode? Item)> loops = new();

    public void EnterLoop(string name, string list) =>
        loops.Push((name, Find(list, out var found) && found is JsonArray items ? items.FirstOrDefault() : null));

    public void LeaveLoop() => loops.TryPop(out _);

    public bool Knows(string path)
    {
        var head = path.Split('.')[0];
        return head == "forloop" ? loops.Count > 0 : Find(path, out _);
    }

    private bool Find(string path, out JsonNode? found)
    {
        var parts = path.Split('.');
        var loop = loops.FirstOrDefault(l => l.Name == parts[0]);
        found = loop.Name is null ? model : loop.Item;
        if (loop.Name is not null && found is not JsonObject)
        {
            // An item that the model has no example of may have anything.
            return true;
        }

        foreach (var part in loop.Name is null ? parts : parts[1..])
        {
            if (found is JsonArray && part is "size" or "first" or "last") return true;
            if (found is not JsonObject parent || !parent.TryGetPropertyValue(part, out found)) return false;
        }

        return true;
    }
}
