using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>
/// Asks for places at an occasion, one for each line. Whether there are enough is among the facts; where the facts say nothing of the occasion,
/// places are taken to be free, and what writes the effect refuses where they are not.
/// </summary>
internal sealed record Enrolling(Input Occasion, Values Attendees) : Instant([Flow.Ports.Enrolled, Flow.Ports.WaitingList])
{
    public override string? Leave(Visit visit)
    {
        var occasion = visit.Text(Occasion);
        if (string.IsNullOrEmpty(occasion))
        {
            visit.Stop("its occasion came to nothing, so there is nothing to enrol for");
            return null;
        }

        var attendees = Lines(visit).Select(line => Attendees.Of(visit, visit.ScopeWith(line))).ToList();
        if (visit.IsStopped)
        {
            return null;
        }

        var free = visit.Facts["places"]?[occasion];
        var has = free is null || (Conversion.Whole(free["waiting"]) == 0 && Conversion.Whole(free["free"]) >= attendees.Count);
        visit.Emit(new Enrol(visit.Id, visit.Number, occasion, has, attendees));
        return has ? Flow.Ports.Enrolled : Flow.Ports.WaitingList;
    }

    private static IEnumerable<JsonObject> Lines(Visit visit) =>
        visit.Facts["lines"] is JsonObject lines && lines["items"] is JsonArray items ? items.OfType<JsonObject>() : [];
}

/// <summary>The token rests on the waiting list until places are given, or until the deadline.</summary>
internal sealed record PlaceWait(string? Deadline) : Waiting([Flow.Ports.Done, Flow.Ports.DeadlinePassed], Deadline)
{
    public override void Enter(Visit visit)
    {
        if (Deadline is not null)
        {
            visit.Emit(new ArmDeadline(visit.Id, visit.Number, Deadline, DeadlineKind.Passes, TimeSpan.Zero, null, []));
        }
    }

    public override void Leave(Visit visit, string outcome, bool answered)
    {
        if (Deadline is not null)
        {
            visit.Emit(new ClearDeadline(visit.Id, visit.Number, Deadline));
        }

        if (outcome == Flow.Ports.DeadlinePassed)
        {
            visit.Emit(new GiveUpPlaces(visit.Id, visit.Number));
        }
    }
}
