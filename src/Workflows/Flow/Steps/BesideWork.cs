using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>Work that is to be done beside the request, for each item that an answer has chosen; where none is, there is none.</summary>
/// <param name="Milestone">What is reported of each, by its name in form.json.</param>
/// <param name="Items">The answer.</param>
internal sealed record BesideWork(string Milestone, string Items, Input? Team) : Instant([Flow.Ports.Done])
{
    public override string? Leave(Visit visit)
    {
        var chosen = (visit.Facts["answers"]?[Items] as JsonArray ?? []).Select(Conversion.Text).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var team = visit.Text(Team);
        if (visit.IsStopped)
        {
            return null;
        }

        if (chosen.Count > 0)
        {
            visit.Emit(new FollowUp(visit.Id, visit.Number, Milestone, visit.Step.Title, team, Items, chosen));
        }

        return Flow.Ports.Done;
    }
}
