using System.Text.Json.Nodes;

namespace ClientConnect.EServices.Tests.Mutants;

/// <summary>A drawing with a slip in it.</summary>
/// <param name="Kind">What sort of slip, for counting.</param>
internal sealed record Mutant(string Kind, string What, Func<JsonObject> Draw)
{
    private readonly Lazy<JsonObject> drawn = new(Draw);

    public JsonObject Workflow => drawn.Value;
}

/// <summary>Slips that an analyst makes, each at every place of a drawing where it can be made. Knows the drawing's JSON and nothing of the house.</summary>
internal sealed class Mutations(JsonObject workflow)
{
    private static readonly string[] Onward = ["approve", "Done"];

    public IEnumerable<Mutant> Single() =>
        Connections(workflow).Select((c, i) => Changed("drop an edge", Words(c), w => Connections(w).RemoveAt(i)))
            .Concat(Swaps()).Concat(Removals("remove a mail", s => Type(s) == "ClientConnect.TellThem"))
            .Concat(Removals("remove a person", IsPerson)).Concat(Removals("remove a status", s => Type(s) == "ClientConnect.SetStatus"))
            .Concat(Steps(workflow).Where(s => s!["deadline"] is not null).Select(s => Changed("forget a deadline", Id(s), w => ForgetDeadline(w, Id(s)))))
            .Concat(Steps(workflow).Where(s => Type(s) == "ClientConnect.TellThem").Select(s => Changed("tell somebody else", Id(s), w => Step(w, Id(s))["to"]!["expression"]!["value"] = "[\"reviewers\"]")));

    /// <summary>An edge drawn to another step than was meant.</summary>
    public IEnumerable<Mutant> Misdrawn(Random random, int each)
    {
        var ids = Steps(workflow).Select(Id).ToList();
        return from i in Enumerable.Range(0, Connections(workflow).Count)
               from _ in Enumerable.Range(0, each)
               let to = ids[random.Next(ids.Count)]
               select Changed("misdraw an edge", $"{Words(Connections(workflow)[i])}, but to {to}", w => Connections(w)[i]!["target"]!["activity"] = to);
    }

    /// <summary>Two slips, one after the other.</summary>
    public IEnumerable<Mutant> Double(Random random, int count)
    {
        for (; count > 0; count--)
        {
            var first = Pick([.. Single()], random);
            var second = Pick([.. new Mutations(first.Workflow).Single()], random);
            yield return new("two slips", $"{first.Kind} {first.What}; {second.Kind} {second.What}", second.Draw);
        }
    }

    private static Mutant Pick(List<Mutant> from, Random random) => from[random.Next(from.Count)];

    private IEnumerable<Mutant> Swaps()
    {
        foreach (var outcomes in Connections(workflow).Select((c, i) => (From: From(c), Index: i)).GroupBy(c => c.From))
        {
            var at = outcomes.Select(c => c.Index).ToList();
            for (var a = 0; a < at.Count; a++)
            {
                for (var b = a + 1; b < at.Count; b++)
                {
                    var (x, y) = (at[a], at[b]);
                    yield return Changed("swap two outcomes", $"{Words(Connections(workflow)[x])} and {Words(Connections(workflow)[y])}", w =>
                        (Connections(w)[x]!["target"]!["activity"], Connections(w)[y]!["target"]!["activity"]) = (To(Connections(w)[y]), To(Connections(w)[x])));
                }
            }
        }
    }

    /// <summary>Without a step, its ways in led to where it led to; once as it is, once with what nothing leads to any more taken away too.</summary>
    private IEnumerable<Mutant> Removals(string kind, Func<JsonNode?, bool> which) =>
        from step in Steps(workflow)
        where which(step)
        from tidy in IsPerson(step) ? new[] { false, true } : [false]
        select Changed(kind, $"{Id(step)}{(tidy ? ", tidied" : "")}", w =>
        {
            Bridge(w, Id(step));
            while (tidy && Steps(w).FirstOrDefault(s => Type(s) != "Elsa.Start" && !Connections(w).Any(c => To(c) == Id(s))) is { } orphan)
            {
                Remove(w, Id(orphan));
            }
        });

    private static void Bridge(JsonObject w, string id)
    {
        var onward = Connections(w).FirstOrDefault(c => From(c) == id && Onward.Contains(Port(c)));
        foreach (var into in Connections(w).Where(c => To(c) == id && onward is not null))
        {
            into!["target"]!["activity"] = To(onward);
        }

        Remove(w, id);
    }

    private static void Remove(JsonObject w, string id)
    {
        Steps(w).Remove(Step(w, id));
        foreach (var edge in Connections(w).Where(c => From(c) == id || To(c) == id).ToList())
        {
            Connections(w).Remove(edge);
        }
    }

    private static void ForgetDeadline(JsonObject w, string id)
    {
        foreach (var input in new[] { "deadline", "reminders", "lateNotice" })
        {
            Step(w, id).Remove(input);
        }

        if (Connections(w).FirstOrDefault(c => From(c) == id && Port(c) == "deadline passed") is { } edge)
        {
            Connections(w).Remove(edge);
        }
    }

    private Mutant Changed(string kind, string what, Action<JsonObject> change) => new(kind, what, () =>
    {
        var mutant = workflow.DeepClone().AsObject();
        change(mutant);
        return mutant;
    });

    private static JsonArray Steps(JsonObject w) => w["root"]!["activities"]!.AsArray();

    private static JsonArray Connections(JsonObject w) => w["root"]!["connections"]!.AsArray();

    private static JsonObject Step(JsonObject w, string id) => Steps(w).First(s => Id(s) == id)!.AsObject();

    private static bool IsPerson(JsonNode? step) => Type(step) is "ClientConnect.ParticipantCheck" or "ClientConnect.ClearingHouseReview" or "ClientConnect.ClearingHouseApproval" or "ClientConnect.AwaitCorrection" or "ClientConnect.AwaitAnswer";

    private static string Type(JsonNode? step) => step!["type"]!.GetValue<string>();

    private static string Id(JsonNode? step) => step!["id"]!.GetValue<string>();

    private static string From(JsonNode? c) => c!["source"]!["activity"]!.GetValue<string>();

    private static string Port(JsonNode? c) => c!["source"]!["port"]!.GetValue<string>();

    private static string To(JsonNode? c) => c!["target"]!["activity"]!.GetValue<string>();

    private static string Words(JsonNode? c) => $"{From(c)}.{Port(c)}→{To(c)}";
}
