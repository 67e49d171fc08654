namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>A step that opens work for somebody and waits for the answer, or for the deadline.</summary>
/// <param name="Alarms">What is armed beside the deadline itself: reminders, the late notice, warnings, the escalation.</param>
internal sealed record People(TaskKind Kind, IReadOnlyList<string> Ports, Input? Team, Input? Quorum, string? Deadline, IReadOnlyList<Alarm> Alarms) : Waiting(Ports, Deadline)
{
    /// <summary>What is reported, by its name in form.json; null for steps that report none.</summary>
    public string? Milestone { get; init; }

    /// <summary>The answer that names the participant who is asked; null where nobody outside is.</summary>
    public string? Participant { get; init; }

    private readonly string[] armed = [.. Alarms.Select(a => a.Deadline).Prepend(Deadline).OfType<string>().Distinct(StringComparer.Ordinal)];

    public override void Enter(Visit visit)
    {
        var quorum = Quorum is null ? 1 : visit.Whole(Quorum);
        if (quorum is null or < 1)
        {
            visit.Stop("its quorum is not a whole number of one or more");
            return;
        }

        visit.Emit(new OpenTask(visit.Id, visit.Number, Kind, visit.Step.Title, visit.Text(Team), quorum.Value, Deadline) { Participant = Participant });
        if (Deadline is not null)
        {
            visit.Emit(new ArmDeadline(visit.Id, visit.Number, Deadline, DeadlineKind.Passes, TimeSpan.Zero, null, []));
        }

        foreach (var alarm in Alarms)
        {
            visit.Emit(new ArmDeadline(visit.Id, visit.Number, alarm.Deadline, alarm.Kind, alarm.Before, alarm.Template, alarm.To));
        }
    }

    public override void Leave(Visit visit, string outcome, bool answered)
    {
        if (answered)
        {
            visit.Emit(new RecordDecision(visit.Id, visit.Number, Kind, outcome));
        }

        visit.Emit(new CloseTask(visit.Id, visit.Number, outcome));
        foreach (var deadline in armed)
        {
            visit.Emit(new ClearDeadline(visit.Id, visit.Number, deadline));
        }
    }
}

/// <summary>Somebody is told at a moment before, at or after a deadline.</summary>
internal sealed record Alarm(string Deadline, DeadlineKind Kind, TimeSpan Before, string Template, IReadOnlyList<string> To);

/// <summary>Nobody works; the token rests until the moment that service.json gives the name.</summary>
internal sealed record Pause(string Until, IReadOnlyList<Alarm> Reminders) : Waiting([Flow.Ports.Done], null)
{
    public override void Enter(Visit visit)
    {
        visit.Emit(new ArmDeadline(visit.Id, visit.Number, Until, DeadlineKind.Wait, TimeSpan.Zero, null, []));
        foreach (var reminder in Reminders)
        {
            visit.Emit(new ArmDeadline(visit.Id, visit.Number, reminder.Deadline, reminder.Kind, reminder.Before, reminder.Template, reminder.To));
        }
    }

    public override void Leave(Visit visit, string outcome, bool answered) => visit.Emit(new ClearDeadline(visit.Id, visit.Number, Until));
}
