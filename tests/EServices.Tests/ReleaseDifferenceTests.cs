using System.Text.Json.Nodes;
using ClientConnect.EServices.Tests.Mutants;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Changes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

/// <summary>What parts two releases is said in sentences that a second analyst can answer for.</summary>
public class ReleaseDifferenceTests
{
    private const string Key = ExemptionForm.Key;

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task A_release_does_not_differ_from_itself(string key) => Assert.Empty(ReleaseDifference.Between(await Folders.BundleAsync(key), await Folders.BundleAsync(key)).Changes);

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task Every_slip_in_a_drawing_is_said(string key)
    {
        var bundle = await Folders.BundleAsync(key);
        var said = 0;
        foreach (var mutant in new Mutations(bundle.File("workflow.json")!.AsObject()).Single())
        {
            if (!JsonNode.DeepEquals(mutant.Workflow, bundle.File("workflow.json")) && FlowDefinition.Read(mutant.Workflow.ToJsonString()).Definition is { } flow)
            {
                var document = bundle.Document.DeepClone().AsObject();
                document["files"]!["workflow.json"] = mutant.Workflow.DeepClone();
                var changes = ReleaseDifference.Between(bundle, bundle with { Flow = flow, Document = document, Hash = CanonicalJson.Hash(document) }).Changes;
                Assert.True(changes.Any(c => c.Weight < ChangeWeight.Material), $"Nothing is said of: {mutant.Kind} {mutant.What}");
                AreSentences(changes);
                said++;
            }
        }

        Assert.True(said > 50, $"Only {said} drawings could be read.");
    }

    [Theory]
    [InlineData("service.json")]
    [InlineData("form.json")]
    public async Task Every_value_that_is_changed_is_said(string file)
    {
        var before = await Folders.BundleAsync(Key);
        var random = new Random(7);
        var count = Leaves(before.File(file)!).Count();
        for (var i = 0; i < 60; i++)
        {
            var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
            var node = JsonNode.Parse(files[file])!;
            var leaf = Leaves(node).ElementAt(random.Next(count));
            var place = leaf.GetPath();
            leaf.ReplaceWith(Other(leaf));
            files[file] = node.ToJsonString();
            if (place != "$.$schema" && (await Folders.Loader).Load(Key, files).Bundle is { } after)
            {
                var changes = ReleaseDifference.Between(before, after).Changes;
                Assert.True(changes.Any(c => c.Weight < ChangeWeight.Material), $"Nothing is said of {place}.");
                AreSentences(changes);
            }
        }
    }

    [Theory]
    [InlineData("team", "\"clearing\"", "The eService's team is now clearing (before: settlement).")]
    [InlineData("eligibility", """{ "kinds": ["clearing-participant"], "chinaConnectOnly": true }""", "The eService's eligibility: china connect only is now yes (before: no).")]
    public async Task What_the_service_says_anew(string member, string value, string words) =>
        Assert.Contains(words, Words(await Folders.BundleAsync(Key), await WithAsync("service.json", s => s[member] = JsonNode.Parse(value))));

    [Fact]
    public async Task A_part_that_is_owed_no_more_is_said_before_all_else()
    {
        var words = Words(await Folders.BundleAsync(Key), await WithAsync("service.json", s =>
        {
            s["team"] = "clearing";
            s["parts"]!["review"] = 0;
            s["exemptions"] = JsonNode.Parse("""[{ "rule": "review", "reason": "One pair of eyes is enough here.", "owner": "Head of settlement" }]""");
        }));

        Assert.Equal(
        [
            "Clearing-house review is now owed by nobody (before: one person).",
            "The house rule 'review' does not hold here any more: One pair of eyes is enough here. Head of settlement answers for it.",
            "The eService's team is now clearing (before: settlement).",
        ], words);
    }

    [Fact]
    public async Task A_deadline_that_moves_is_said()
    {
        var before = await Folders.BundleAsync(Key);
        var setting = before.Service.Settings.First(s => before.Service.Deadlines.Any(d => d.Time == $"settings.{s.Key}")).Key;
        var words = Words(before, await WithAsync("service.json", s =>
        {
            s["deadlines"]![2]!["time"] = "10:30";
            s["settings"]![setting]!["value"] = "18:00";
        }));

        Assert.Contains("The deadline 'Decision due' (decisionDue) moved: it is now on answers.buyInDate, counted in calendar days, at 10:30 (before: on answers.buyInDate, counted in calendar days, at 09:30).", words);
        Assert.Contains($"The setting '{setting}' is now 18:00 (before: 19:00): that moves the deadline 'Cut-off'.", words);
    }

    [Fact]
    public async Task A_second_approval_is_said_first()
    {
        var changes = ReleaseDifference.Between(await Folders.BundleAsync(Key), await WithAsync("workflow.json", w =>
        {
            Step(w, "approval")["quorum"] = JsonNode.Parse("""{ "typeName": "Int32", "expression": { "type": "Literal", "value": "2" } }""");
            Step(w, "review")["metadata"]!["displayText"] = "First review";
        })).Changes;

        Assert.Equal("Clearing-house approval now needs two people (step 'Second review'; before: one person).", changes[0].Words);
        Assert.Contains(changes, c => c.Words == "The step 'Review' is now called 'First review'.");
    }

    [Fact]
    public async Task Whoever_is_told_of_a_rejection_is_said_with_the_new_mail()
    {
        var before = await Folders.BundleAsync(Key);
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        foreach (var language in LocalText.Languages)
        {
            files[$"mail/rejected.{language}.liquid"] = "Subject: Rejected\n\nIt was rejected.\n";
        }

        var workflow = JsonNode.Parse(files["workflow.json"])!;
        Step(workflow, "tellRejectedByChecker")["template"]!["expression"]!["value"] = "rejected";
        files["workflow.json"] = workflow.ToJsonString();
        var words = Words(before, (await Folders.Loader).Load(Key, files).Bundle!);

        Assert.Contains("On rejection at 'Participant's check' the maker is told (new mail 'rejected').", words);
        Assert.Contains("On rejection at 'Participant's check' the maker is no longer told (mail 'rejected-by-checker').", words);
        Assert.Contains("The mail 'rejected' was added.", words);
    }

    [Fact]
    public async Task What_is_told_behind_a_new_approval_is_said_to_be_told_later_and_only_what_is_told_nowhere_to_be_gone()
    {
        var before = await Folders.BundleAsync(Key);
        var later = Words(before, await WithAsync("workflow.json", w => AddsAnApproval(w, "third", "Third review")));
        var gone = Words(before, await WithAsync("workflow.json", w =>
        {
            AddsAnApproval(w, "third", "Third review");
            Step(w, "tellSent")["to"]!["expression"]!["value"] = "[\"checker\"]";
        }));

        Assert.Contains("On approval at 'Second review' the maker and the checker and the contact are told later, on approval at 'Third review' (mail 'exemption-decision').", later);
        Assert.DoesNotContain(later, w => w.Contains("no longer told", StringComparison.Ordinal));
        Assert.Contains("On approval at 'Second review' the maker and the checker and the contact are told later, on approval at 'Third review' (mail 'exemption-decision').", gone);
        Assert.Contains("On approval at 'Participant's check' the maker and the checker are no longer told (mail 'sent').", gone);
    }

    [Theory]
    [InlineData("Nobody is warned or told when 'Third review' is late; 'Second review' has a warning and an escalation.", "warnings", "escalation")]
    [InlineData("Nobody is warned before 'Third review' is late; 'Second review' has a warning.", "warnings")]
    [InlineData("Nobody is told when 'Third review' is late; 'Second review' has an escalation.", "escalation")]
    [InlineData(null)]
    public async Task A_new_approval_of_whose_delay_nobody_hears_is_said_where_its_neighbour_is_heard_of(string? sentence, params string[] without)
    {
        var words = Words(await Folders.BundleAsync(Key), await WithAsync("workflow.json", w =>
        {
            AddsAnApproval(w, "third", "Third review");
            foreach (var input in without) Step(w, "third").Remove(input);
        }));

        if (sentence is null) Assert.DoesNotContain(words, w => w.StartsWith("Nobody is", StringComparison.Ordinal));
        else Assert.Contains(sentence, words);
    }

    [Fact]
    public async Task Fields_options_and_what_is_required_are_said()
    {
        var before = await Folders.BundleAsync(Key);
        var field = before.Form.Sections[0].Fields[0];
        var words = Words(before, await WithAsync("form.json", f =>
        {
            var fields = f["sections"]![0]!["fields"]!.AsArray();
            fields[0]!["label"]!["en"] = "Which market";
            fields[0]!["options"]!.AsArray().Add(JsonNode.Parse("""{ "value": "LON", "label": { "en": "London", "zh-Hant": "倫敦", "zh-Hans": "伦敦" } }"""));
            fields.Add(JsonNode.Parse("""{ "name": "contract", "type": "text", "required": true, "label": { "en": "Contract", "zh-Hant": "合約", "zh-Hans": "合约" } }"""));
        }));

        Assert.Contains($"The field 'Which market' ({field.Name}) now offers 'London' (LON).", words);
        Assert.Contains("The field 'Contract' (contract) was added: text, required.", words);
        Assert.Contains(words, w => w.StartsWith($"The field 'Which market' ({field.Name}): label is now 'Which market'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_reworded_and_a_story_added_are_said_last()
    {
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        var mail = files.Keys.First(f => f.EndsWith(".en.liquid", StringComparison.Ordinal));
        var story = files.First(f => f.Key.EndsWith(".yaml", StringComparison.Ordinal)).Value;
        files[mail] += "\nOne more line.\n";
        files["scenarios/another.yaml"] = story;
        var words = Words(await Folders.BundleAsync(Key), (await Folders.Loader).Load(Key, files).Bundle!);

        Assert.Equal($"The mail '{mail["mail/".Length..].Split('.')[0]}' was reworded in English: 2 lines new.", words[0]);
        Assert.Equal("The story 'another' was added.", words[1]);
    }

    [Fact]
    public async Task Moving_steps_on_the_canvas_is_no_change_to_a_request() =>
        Assert.StartsWith("The drawing of the flow was tidied", Assert.Single(Words(await Folders.BundleAsync(Key), await WithAsync("workflow.json", w => Step(w, "check")["metadata"]!["designer"]!["position"]!["x"] = 999))), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_written_on_the_drawing_itself_is_told_beside_what_else_changed()
    {
        var words = Words(await Folders.BundleAsync(Key), await WithAsync("workflow.json", w =>
        {
            w["root"]!["metadata"] = new JsonObject { ["displayText"] = "Written beside the step that was meant" };
            Step(w, "check")["metadata"]!["displayText"] = "Check by the firm";
        }));

        Assert.Contains(words, w => w.EndsWith("is now called 'Check by the firm'.", StringComparison.Ordinal));
        Assert.Contains(words, w => w.StartsWith("The drawing itself has other words: ", StringComparison.Ordinal) && w.Contains("Written beside the step that was meant'", StringComparison.Ordinal));
        Assert.Equal(2, words.Count);
    }

    private static List<string> Words(EServiceBundle before, EServiceBundle after) => [.. ReleaseDifference.Between(before, after).Changes.Select(c => c.Words)];

    private static void AreSentences(IReadOnlyList<ReleaseChange> changes) => Assert.All(changes, c =>
    {
        Assert.EndsWith(".", c.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"", c.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("\":", c.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("[\"", c.Words, StringComparison.Ordinal);
    });

    private static JsonObject Step(JsonNode workflow, string id) => workflow["root"]!["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == id)!.AsObject();

    // A copy of the exemption's own approval, behind it.
    private static void AddsAnApproval(JsonNode workflow, string id, string title)
    {
        var step = Step(workflow, "approval").DeepClone().AsObject();
        (step["id"], step["nodeId"]) = (id, $"Workflow1:Flowchart1:{id}");
        step["metadata"]!["displayText"] = title;
        workflow["root"]!["activities"]!.AsArray().Add(step);
        var connections = workflow["root"]!["connections"]!.AsArray();
        foreach (var own in connections.Where(c => c!["source"]!["activity"]!.GetValue<string>() == "approval").ToList())
        {
            var copy = own!.DeepClone();
            copy["source"]!["activity"] = id;
            connections.Add(copy);
            if (own["source"]!["port"]!.GetValue<string>() == "approve") own["target"]!["activity"] = id;
        }
    }

    private static async Task<EServiceBundle> WithAsync(string file, Action<JsonNode> change)
    {
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        var node = JsonNode.Parse(files[file])!;
        change(node);
        files[file] = node.ToJsonString();
        var reading = (await Folders.Loader).Load(Key, files);
        Assert.True(reading.Bundle is not null, string.Join('\n', reading.Faults));
        return reading.Bundle;
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Value is null ? [] : Leaves(m.Value)),
        JsonArray items => items.SelectMany(i => i is null ? [] : Leaves(i)),
        _ => [node.AsValue()],
    };

    private static JsonNode Other(JsonValue leaf) => leaf.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True => false,
        System.Text.Json.JsonValueKind.False => true,
        System.Text.Json.JsonValueKind.Number => leaf.GetValue<double>() + 1,
        _ => leaf.GetValue<string>() + "x",
    };
}
