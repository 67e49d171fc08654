using System.Text.Json.Nodes;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>Whether a step came out as the story says.</summary>
internal sealed class Expectations(Records records, Troupe troupe, Scene before, Scene after)
{
    /// <summary>What did not, in sentences.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync(ScenarioStep step, Problem? refusal)
    {
        var expect = step.Expect ?? new ScenarioExpectation();
        var broken = new List<string>();
        Compare(broken, "the refusal", expect.Refusal, refusal?.Code ?? "");
        if (expect.Faults.Count > 0)
        {
            Compare(broken, "what is refused", string.Join(", ", expect.Faults.Order(StringComparer.Ordinal)), string.Join(", ", (refusal?.Faults ?? new Dictionary<string, string>()).Select(f => $"{f.Key} {f.Value}").Order(StringComparer.Ordinal)));
        }

        foreach (var (name, held) in expect.Holds)
        {
            await CompareHeldAsync(broken, name, held);
        }

        if (refusal is not null || after.Request is not { } request)
        {
            return broken;
        }

        if (expect.Status.Length > 0) Compare(broken, "the status", expect.Status, request.Status);
        if (expect.Waits.Length > 0) Compare(broken, "what waits", expect.Waits, string.Join(", ", request.Waits));
        if (expect.Late is { } late) Compare(broken, "late", late, request.IsLate);
        foreach (var (kind, count) in expect.Register)
        {
            Compare(broken, $"the number of {kind} entries", count, after.Entries.Count(e => e.Kind == kind && !e.IsEnded));
        }

        if (expect.Notices.Count > 0)
        {
            Compare(broken, "the notices", await ExpectedAsync(expect), Said(after.NoticesSince(before).Select(n => (n.Template, n.Email))));
        }

        return broken;
    }

    private async Task CompareHeldAsync(List<string> broken, string name, object? expected)
    {
        var words = name.Split(' ', 2);
        var (key, whose) = words[1].Split(" of ") is [var of, var membership] ? (of, membership) : (words[1], troupe.Membership);
        var held = await records.HeldAsync(words[0], key, whose);
        if (expected is not IDictionary<object, object?> values || held is null)
        {
            Compare(broken, $"what the register holds as {name}", expected is string said ? said : "an entry", held is null ? "nothing" : held.ToJsonString());
            return;
        }

        foreach (var (value, wanted) in values)
        {
            Compare(broken, $"{value} of {name}", Overlay.Json(wanted)?.ToJsonString(), held[(string)value]?.ToJsonString());
        }
    }

    // A person who is meant by two names is told once.
    private async Task<string> ExpectedAsync(ScenarioExpectation expect)
    {
        var all = new List<(string, string)>();
        foreach (var words in expect.Notices.Select(n => n.Split(" to ")))
        {
            all.AddRange((await troupe.AddressesOfAsync(words[1], after)).Select(address => (words[0], address)));
        }

        return Said(all.Distinct());
    }

    private static string Said(IEnumerable<(string Template, string Email)> notices) => string.Join(", ", notices.Select(n => $"{n.Template} to {n.Email}").Order(StringComparer.Ordinal));

    private static void Compare<T>(List<string> broken, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            broken.Add($"{what} should be \"{expected}\" and is \"{actual}\".");
        }
    }
}
