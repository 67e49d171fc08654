using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>
/// Every field of every form, with everything that is wrong for its type and limits (ASVS 2.2.1, 2.2.2): refused at the field's path,
/// now or when it is sent, or kept as the text that it is. Never our fault.
/// </summary>
[Collection(nameof(ApiCollection))]
public sealed class WrongInputTests(PortalWithMail market)
{
    private const int FewestOfAForm = 200;

    // Asked only where the very same content was received before: the story of the same content tells it.
    private static readonly HashSet<string> AfterAnother = ["sentOnPurpose"];

    [Fact]
    public async Task Every_field_refuses_what_is_wrong_for_it_or_keeps_it_as_text()
    {
        var maker = await market.As(Cast.Maker);
        var keys = (await maker.SeesEServices()).Json.AsArray().Select(e => e.Text("key")).ToList();
        Assert.Equal(Directory.GetDirectories(Repository.Workflows).Select(Path.GetFileName).Where(n => !n!.StartsWith('_')).Order(), keys.Order());

        foreach (var key in keys)
        {
            var wrong = new List<string>();
            var tried = 0;
            var fields = (await maker.SeesEService(key)).Json["form"]!["sections"]!.AsArray().SelectMany(s => WrongInputs.Filled(s!["fields"])).ToList();
            var sample = await maker.SampleOf(key);
            foreach (var (field, path, group) in fields.SelectMany(f => Places(f)).Where(p => !AfterAnother.Contains(p.Path)))
            {
                var (visible, membership) = await WhereItIsAsked(maker, key, sample, fields, path, group);
                foreach (var input in WrongInputs.Of(field, path).Concat(await OthersAsync(field, path, key)))
                {
                    tried++;
                    if (await WhatIsWrong(maker, key, membership, With(visible, input), input) is { } fault) wrong.Add($"{input.Path} {input.What}: {fault}");
                }
            }

            Assert.True(wrong.Count == 0, $"{wrong.Count} of {tried}:\n{string.Join('\n', wrong.Take(40))}");
            Assert.True(tried >= FewestOfAForm, $"{key}: only {tried} cases");
        }
    }

    // A field, and the columns of its first line.
    private static IEnumerable<(JsonObject Field, string Path, string? Group)> Places(JsonObject field) =>
        new (JsonObject, string, string?)[] { (field, field.Text("name"), null) }
            .Concat(WrongInputs.Filled(field["columns"]).Select(c => (c, $"{field.Text("name")}[0].{c.Text("name")}", (string?)field.Text("name"))));

    // What another firm has: its file here; its numbers where the form has some of its own.
    private async Task<IEnumerable<WrongInput>> OthersAsync(JsonObject field, string path, string key)
    {
        var other = await market.As((await OthersOf(key)).Maker);
        if (field.Text("type") == "files")
        {
            var draft = (await other.StartsDraft(key, [])).Id();
            var file = (await other.AttachesFile(draft, field.Text("name"), "theirs.csv", "a,b\n"u8.ToArray())).Id();
            return [new WrongInput(path, "another firm's file", new JsonArray(file), true)];
        }

        return path.Contains('.', StringComparison.Ordinal) && (theirs[key] = theirs.GetValueOrDefault(key) ?? await other.SampleOf(key))[path.Split('[')[0]]?[0]?[field.Text("name")] is { } value
            ? [new WrongInput(path, "what another firm has there", value.DeepClone(), false)]
            : [];
    }

    private readonly Dictionary<string, JsonObject> theirs = [];

    // Another firm that may use the eService too: not every one is a participant of every clearing house.
    private async Task<Firm> OthersOf(string key)
    {
        foreach (var firm in Cast.Firms.Skip(1))
        {
            if ((await (await market.As(firm.Maker)).SeesEService(key)).IsSuccess) return firm;
        }

        throw new InvalidOperationException($"Nobody else may use {key}.");
    }

    // A field that is asked under a condition is tried where one or two of its group's choices, for one of the memberships, have made it appear.
    private static async Task<(JsonObject Answers, string Membership)> WhereItIsAsked(Person maker, string key, JsonObject sample, List<JsonObject> fields, string path, string? group)
    {
        var siblings = group is null ? fields : WrongInputs.Filled(fields.Single(f => f.Text("name") == group)["columns"]).ToList();
        var usual = await maker.MembershipFor(key);
        var memberships = (await maker.SeesEService(key)).Json["eService"]!["memberships"]!.AsArray().Select(m => m!.GetValue<string>()).OrderByDescending(m => m == usual).ToList();
        var once = Chosen(sample, siblings, group).ToList();
        IEnumerable<JsonObject>[] attempts =
        [
            once, once.SelectMany(one => Chosen(one, siblings, group)),
            // Lines that are asked for only by a choice above them.
            .. group is null ? Array.Empty<IEnumerable<JsonObject>>() : [Chosen(sample, fields, null), Chosen(sample, fields, null).SelectMany(one => Chosen(one, siblings, group)), Picked(key, sample)],
        ];
        foreach (var variants in attempts)
        {
            foreach (var (answers, membership) in variants.Prepend(sample).SelectMany(answers => memberships.Select(m => (answers, m))))
            {
                var probe = await maker.StartsDraft(key, With(answers, path, new JsonObject { ["a"] = 1 }), membership);
                if (probe.Problem?.Faults.Keys.Any(p => p == path || p.StartsWith(path + "[", StringComparison.Ordinal)) == true) return (answers, membership);
            }
        }

        throw new InvalidOperationException($"{key} asks for {path} under none of its choices, or takes an object for it.");
    }

    private static IEnumerable<JsonObject> Chosen(JsonObject answers, List<JsonObject> siblings, string? group) =>
        siblings.Where(f => f.Text("type") is "choice" or "choices").SelectMany(f => f["options"]!.AsArray().Select(o => With(
            answers,
            group is null ? f.Text("name") : $"{group}[0].{f.Text("name")}",
            f.Text("type") == "choices" ? new JsonArray(o!["value"]!.DeepClone()) : o!["value"]!)));

    // What is picked from the register is nobody's choice in the form: the demonstration market's entries are.
    private static IEnumerable<JsonObject> Picked(string key, JsonObject answers)
    {
        JsonArray Read(string file, string member) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Workflows, file)))![member]!.AsArray();
        var entries = Read("_shared/demonstration.json", "entries");
        return from section in Read($"{key}/form.json", "sections")
               from field in section!["fields"]!.AsArray()
               where field!["pick"]?["kind"] is not null
               from entry in entries
               where entry!["kind"]!.GetValue<string>() == field!["pick"]!["kind"]!.GetValue<string>()
               select With(answers, field!["name"]!.GetValue<string>(), entry!["key"]!);
    }

    // Null where it is right.
    private static async Task<string?> WhatIsWrong(Person maker, string key, string membership, JsonObject answers, WrongInput input)
    {
        var begun = await maker.StartsDraft(key, answers, membership);

        // Where what depends on a missing value is refused first, it is left out as well: then the missing one is named.
        if (input.Value is null && begun.Problem is { } first && !IsAt(first, input.Path)) begun = await maker.StartsDraft(key, Without(answers, first.Faults.Keys), membership);
        if (begun.Problem is { Status: 422 } refused) return IsAt(refused, input.Path) ? null : $"not refused at its path: {begun}";
        if (!begun.IsSuccess) return begun.ToString();
        var sent = input.IsRefused ? await maker.SubmitsRequest(begun.Id()) : null;
        if (sent is not null) return sent.Problem is { Status: 422 } late && IsAt(late, input.Path) ? null : $"not refused when it is sent: {sent}";
        var kept = At((await maker.SeesRequest(begun.Id())).Accepted().Json["answers"]!, input.Path)?.ToString();
        return Plain(kept) == Plain(input.Value?.ToString()) ? null : $"kept as {kept}";
    }

    private static JsonObject Without(JsonObject answers, IEnumerable<string> paths) =>
        new(answers.Where(a => paths.All(p => p.Split('[', '.')[0] != a.Key)).Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone())));

    private static bool IsAt(Problem problem, string path) => problem.Faults.Keys.Any(p => p == path || p.StartsWith(path + "[", StringComparison.Ordinal));

    // How a form evens out typing is its own affair: upper case, white space, and its zeros.
    private static string Plain(string? text) => string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    private static JsonObject With(JsonObject answers, WrongInput input) => With(answers, input.Path, input.Value);

    private static JsonObject With(JsonObject answers, string path, JsonNode? value)
    {
        var changed = answers.DeepClone().AsObject();
        var group = path.Split('[')[0];
        if (path.Contains('.', StringComparison.Ordinal) && changed[group] is not JsonArray { Count: > 0 }) changed[group] = new JsonArray(new JsonObject());
        var owner = path.Contains('.', StringComparison.Ordinal) ? changed[group]![0]!.AsObject() : changed;
        owner[path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]] = value?.DeepClone();
        return changed;
    }

    private static JsonNode? At(JsonNode answers, string path) =>
        path.Contains('.', StringComparison.Ordinal) ? answers[path.Split('[')[0]]![0]![path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]] : answers[path];
}
