using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>The told story as text: per step what changed, then the ledger of deadlines and the timelines. Without ids and hashes.</summary>
internal sealed partial class Transcript
{
    private readonly StringBuilder text = new();

    public void Begin(string title) => text.AppendLine(title);

    public void Step(int number, string clock, ScenarioStep step, string? refusal, Scene before, Scene after)
    {
        var what = step.Does is "" or "sweep" ? "time passes" : $"{step.By} {string.Join(' ', new[] { step.Does, step.Answer }.Where(w => w.Length > 0))}";
        var about = step.Request.Length > 0 ? $"[{step.Request}] " : "";
        Line("").Line($"{number,2}. {Day(Parse(clock))}  {about}{what}{(refusal is null ? "" : $" REFUSED: {refusal}")}");
        if (after.Request is not { } request)
        {
            return;
        }

        Line($"    {request.Status}, revision {request.Revision}{(request.IsLate ? ", late" : "")}{(request.Number is { } n ? $", {Number(n)}" : "")}");
        foreach (var task in after.Tasks)
        {
            Line($"    waits     {task.Step}{(task.Item is { } item ? $" {item}" : "")}: {task.Kind}{(task.Team is { } team ? $" by {team}" : "")}{(task.ClaimedBy is { } who ? $", claimed by {who}" : "")}{(task.IsEscalated ? ", escalated" : "")}");
        }

        foreach (var wait in request.Waits.Except(after.Tasks.Select(t => t.Step)))
        {
            Line($"    waits     {wait}");
        }

        foreach (var group in after.DeadlinesSince(before).GroupBy(d => (d.State, d.Step, d.Name)).OrderBy(g => g.Key.State, StringComparer.Ordinal))
        {
            Line($"    {group.Key.State,-9} {group.Key.Step}.{group.Key.Name}: {string.Join(", ", group.Select(Moment))}");
        }

        foreach (var notice in after.NoticesSince(before).GroupBy(n => n.Template))
        {
            Line($"    told      {notice.Key}: {string.Join(", ", notice.Select(n => n.HasAccount ? n.Email : $"{n.Email} (no account)"))}");
        }

        foreach (var entry in after.EntriesSince(before))
        {
            Line($"    register  {(entry.IsEnded ? "ends " : "")}{entry.Kind} {entry.Key}{(entry.Membership is { } whose ? $" of {whose}" : "")} {Plain((JsonObject)JsonNode.Parse(entry.Values)!)}");
        }
    }

    public void Ledger(Scene end)
    {
        Line("").Line("Ledger of deadlines");
        foreach (var rows in end.Deadlines.GroupBy(d => $"{Day(d.DueAt)}  {d.Step}.{d.Name} {d.Kind}: {d.State}{(d.FiredAt is { } at ? $" {Day(at)}" : "")}"))
        {
            Line($"    {rows.Key}{(rows.Count() > 1 ? $" ({rows.Count()} times)" : "")}");
        }
    }

    public void Timeline(string title, Answer timeline)
    {
        Line("").Line(title);
        if (!timeline.IsSuccess)
        {
            Line($"    nothing ({timeline.Problem?.Code})");
            return;
        }

        foreach (var entry in timeline.Json.AsArray().Reverse())
        {
            Line($"    {Entry(entry!.AsObject())}");
        }
    }

    public override string ToString() => text.ToString();

    private static string Entry(JsonObject entry)
    {
        var by = entry["by"]!;
        var who = string.Join(", ", new[] { (string?)by["role"], (string?)by["firm"], (string?)by["name"] }.OfType<string>());
        var words = new List<string> { $"{entry["sequence"],2}. {Day(DateTimeOffset.Parse((string)entry["at"]!, CultureInfo.InvariantCulture))}  {entry["title"]} ({entry["what"]}) by {who}: {entry["status"]}" };
        if ((string?)entry["reason"] is { } reason) words.Add($"\"{reason}\"");
        if (entry["lines"] is JsonArray lines) words.Add(string.Join(", ", lines.Select(l => $"line {l!["line"]} {l["outcome"]}")));
        if (entry["changes"] is JsonArray { Count: > 0 } changes) words.Add($"changed {string.Join(", ", changes)}");
        if (entry["remarks"] is JsonArray { Count: > 0 } remarks) words.Add($"{remarks.Count} to correct");
        return string.Join("; ", words);
    }

    private static string Moment(StoredDeadline d) =>
        $"{d.Kind} {d.DueAt.ToHongKong().ToString("ddd dd MMM HH:mm", CultureInfo.InvariantCulture)}{(d.Effect is { } effect ? $" ({effect})" : "")}";

    private Transcript Line(string line)
    {
        text.AppendLine(line.TrimEnd());
        return this;
    }

    private static string Plain(JsonObject values) => string.Join(", ", values.Select(v => $"{v.Key} {(v.Value is JsonArray list ? list.ToJsonString() : v.Value)}").Order(StringComparer.Ordinal));

    // Numbers have gaps where a click was tried twice.
    private static string Number(string number) => LastPart().Replace(number, "N");

    private static DateTimeOffset Parse(string clock) => new(DateTime.ParseExact(clock, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static string Day(DateTimeOffset at) => at.ToHongKong().ToString("ddd dd MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex LastPart();
}
