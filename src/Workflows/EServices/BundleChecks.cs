using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>Whether the files of a folder fit each other: what one names, another must have.</summary>
internal sealed class BundleChecks(
    string key,
    EServiceDefinition service,
    FormDefinition form,
    FlowDefinition? flow,
    Sample? sample,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> mails,
    IReadOnlyDictionary<string, RegisterKind>? sharedKinds)
{
    public IEnumerable<BundleFault> Faults() =>
        [.. OfService(), .. OfExemptions(), .. OfIdleExemptions(), .. OfFlow(), .. OfKinds(), .. new SeveralChecks(service, form, flow).Faults(), .. new FormChecks(form).Faults(), .. new RuleChecks(service, form, sample).Faults()];

    private IEnumerable<BundleFault> OfService()
    {
        if (service.Key != key)
        {
            yield return Service(BundleFaultCodes.Key, "key", $"It says \"{service.Key}\", but the folder is \"{key}\".");
        }

        foreach (var (place, time) in service.Deadlines.SelectMany((d, i) => new[] { ($"deadlines[{i}].time", d.Time), ($"deadlines[{i}].late.time", d.Late?.Time) }))
        {
            if (time is not null && DeadlinePlanner.TimeOf(service, time) is null && (DeadlinePlanner.AnswerOf(time) is not { } answer || !form.Fields.Any(f => f.Name == answer)))
            {
                yield return Service(BundleFaultCodes.DeadlineRule, place, $"\"{time}\" is neither a time (\"19:00\") nor the name of a setting or an answer that holds one (\"settings.cutOffTime\").");
            }
        }

        foreach (var same in service.Deadlines.Index().GroupBy(d => d.Item.Name).Where(g => g.SkipLast(1).Any(d => d.Item.When is null)))
        {
            yield return Service(BundleFaultCodes.DeadlineRule, $"deadlines[{same.First().Index}]", $"Several rules are named \"{same.Key}\": all but the last need \"when\".");
        }

        if (service.Downloads is { } downloads && Downloaded.KeepDays(service) is null)
        {
            yield return Service(FaultCodes.UnknownName, "downloads.keepDays", $"\"{downloads.KeepDays}\" is not the name of a setting that holds a number of days (\"settings.retentionDays\").");
        }

        foreach (var wrong in OfWithdrawal()) yield return wrong;

        foreach (var (place, path) in Paths().Where(p => !IsPlace(p.Path)))
        {
            yield return Service(FaultCodes.UnknownName, place, $"The form has no field \"{path}\".");
        }
    }

    private IEnumerable<BundleFault> OfExemptions()
    {
        foreach (var part in NobodysParts().Where(p => !service.Exemptions.Any(e => e.Rule == p)))
        {
            yield return Service(BundleFaultCodes.Part, $"parts.{part}", $"Nobody does the {part}: that needs an exemption for the rule \"{part}\", with its reason and owner.");
        }

        var rules = HouseRules.All.Select(r => r.Name).ToList();
        foreach (var (i, exemption) in service.Exemptions.Index())
        {
            if (!rules.Contains(exemption.Rule))
            {
                yield return Service(BundleFaultCodes.Exemption, $"exemptions[{i}].rule", $"\"{exemption.Rule}\" is no house rule. Use one of {string.Join(", ", rules)}.{Spelling.Hint(exemption.Rule, rules)}");
            }

            if (string.IsNullOrWhiteSpace(exemption.Reason) || string.IsNullOrWhiteSpace(exemption.Owner))
            {
                yield return Service(BundleFaultCodes.Exemption, $"exemptions[{i}]", "An exemption says its reason, and who answers for it.");
            }

            if (exemption.Step is { } step && flow?.Steps.Any(s => s.Id == step) == false)
            {
                yield return Service(FaultCodes.UnknownName, $"exemptions[{i}].step", $"The flow has no step \"{step}\".{Spelling.Hint(step, flow.Steps.Select(s => s.Id))}");
            }

            if (service.Exemptions.Take(i).Any(e => e.Rule == exemption.Rule && e.Step == exemption.Step))
            {
                yield return Service(BundleFaultCodes.Exemption, $"exemptions[{i}].rule", $"The rule \"{exemption.Rule}\" is exempted twice. Leave one of the two.");
            }
        }
    }

    // What is stored was judged when it was made: that a rule has come to hold takes no release away.
    private IEnumerable<BundleFault> OfIdleExemptions()
    {
        if (flow is null || sharedKinds is null)
        {
            yield break;
        }

        var broken = HouseRules.Broken(flow, Owed() with { Exempt = [] }).ToList();
        var elsewhere = NobodysParts().Concat(IdleDeadlines(flow).Select(_ => HouseRules.Deadline)).ToHashSet();
        foreach (var (i, exemption) in service.Exemptions.Index().Where(e => HouseRules.All.Any(r => r.Name == e.Item.Rule) && !broken.Exists(e.Item.Covers) && !(e.Item.Step is null && elsewhere.Contains(e.Item.Rule))))
        {
            yield return Service(BundleFaultCodes.Exemption, $"exemptions[{i}]", $"The rule \"{exemption.Rule}\" holds here without an exemption. Remove it: it would hide the first slip.");
        }
    }

    private IEnumerable<BundleFault> OfWithdrawal()
    {
        foreach (var status in (service.Withdrawal?.While ?? []).Except(FlowVocabulary.Statuses))
        {
            yield return Service(FaultCodes.UnknownName, "withdrawal.while", $"\"{status}\" is no status.{Spelling.Hint(status, FlowVocabulary.Statuses)}");
        }

        var deadlines = service.Deadlines.Select(d => d.Name).ToList();
        foreach (var until in (service.Withdrawal?.Until ?? new Dictionary<string, string>()).Where(u => !deadlines.Contains(u.Value) || !service.Withdrawal!.While.Contains(u.Key)))
        {
            yield return Service(FaultCodes.UnknownName, "withdrawal.until", $"\"{until.Key}\": \"{until.Value}\" must name a status of \"while\" and a deadline.{Spelling.Hint(until.Value, deadlines)}");
        }

        foreach (var to in (service.Withdrawal?.To ?? []).Concat(service.Cancellation?.To ?? []).Except(FlowVocabulary.Recipients))
        {
            yield return Service(FaultCodes.UnknownName, "withdrawal.to", $"\"{to}\" is nobody that a notice can go to.{Spelling.Hint(to, FlowVocabulary.Recipients)}");
        }
    }

    private IEnumerable<string> NobodysParts() =>
        new[] { ("check", service.Parts.Check), ("review", service.Parts.Review), ("approval", service.Parts.Approval) }.Where(p => p.Item2 < 1).Select(p => p.Item1);

    private IEnumerable<string> IdleDeadlines(FlowDefinition drawn) => service.Deadlines.Select(d => d.Name).Except(drawn.Deadlines).Except(service.Withdrawal?.Until.Values ?? []);

    private Owed Owed() => new(service.Parts.Check, service.Parts.Review, service.Parts.Approval)
    {
        // Until when something may be taken back is nobody's to be waited for.
        Deadlines = [.. service.Deadlines.Select(d => d.Name).Distinct().Except(service.Withdrawal?.Until.Values ?? [])],
        MovingDeadlines = [.. service.Deadlines.Where(d => d.MovesOn).Select(d => d.Name)],
        Exempt = [.. service.Exemptions.Where(e => e.Step is null).Select(e => e.Rule)],
    };

    private IEnumerable<BundleFault> OfFlow()
    {
        if (flow is null)
        {
            yield break;
        }

        foreach (var broken in HouseRules.Broken(flow, Owed()).Where(f => !service.Exemptions.Any(e => e.Covers(f))).Concat(new FlowNames(service, form).Faults(flow)))
        {
            yield return BundleFault.Of(broken);
        }

        foreach (var idle in IdleDeadlines(flow).Where(_ => !service.Exemptions.Any(e => e.Rule == HouseRules.Deadline)))
        {
            yield return Service(HouseRules.Deadline, $"deadlines[{service.Deadlines.Index().First(d => d.Item.Name == idle).Index}]", $"No step waits under the deadline \"{idle}\", waits for it or warns of it. Name it at a step of the flow, or remove it.");
        }

        var milestones = (form.Milestones ?? []).Select(m => m.Name).ToList();
        foreach (var milestone in flow.Milestones.Except(milestones))
        {
            yield return Named(milestone, $"form.json has no milestone \"{milestone}\".{Spelling.Hint(milestone, milestones)}");
        }

        foreach (var idle in milestones.Except(flow.Milestones))
        {
            yield return new("form.json", $"milestones.{idle}", $"No step of the flow waits for the milestone \"{idle}\". Name it at a step, or remove it.") { Code = FaultCodes.UnknownName };
        }

        foreach (var fault in OfAnswers(flow))
        {
            yield return fault;
        }

        foreach (var deadline in flow.Deadlines.Except(service.Deadlines.Select(d => d.Name)))
        {
            yield return Named(deadline, $"service.json has no deadline \"{deadline}\".{Spelling.Hint(deadline, service.Deadlines.Select(d => d.Name))}");
        }

        foreach (var template in flow.Templates.Append(service.Withdrawal?.Template).Append(service.Cancellation?.Template).OfType<string>().Where(t => !mails.ContainsKey(t)))
        {
            yield return Named(template, $"There is no mail \"{template}\": neither in mail/ nor in _shared/mail/.{Spelling.Hint(template, mails.Keys)}");
        }
    }

    // Who answers and who reports is said twice, by the step and by what the form shows: both must mean the same.
    private IEnumerable<BundleFault> OfAnswers(FlowDefinition drawn)
    {
        var asked = drawn.Asked.Select(a => a.Milestone).ToHashSet(StringComparer.Ordinal);
        foreach (var milestone in (form.Milestones ?? []).Where(m => drawn.Milestones.Contains(m.Name) && m.IsAnswer != asked.Contains(m.Name)))
        {
            var wrong = milestone.IsAnswer
                ? "It shows answers to a counterparty, and no step asks one. Draw 'Answer of a counterparty', or remove \"shows\"."
                : "A counterparty is asked for it, and nothing says what it may read. Name it under \"shows\".";
            yield return new("form.json", $"milestones.{milestone.Name}", wrong) { Code = FaultCodes.UnknownName };
        }

        foreach (var (milestone, participant) in drawn.Asked.Where(a => !form.Fields.Any(f => f.Name == a.Participant && f.Type is FieldType.Text or FieldType.Choice)))
        {
            yield return Named(milestone, $"The form has no answer \"{participant}\" that could name the participant.{Spelling.Hint(participant, form.Fields.Select(f => f.Name))}");
        }

        if (asked.Count == 0 && drawn.Recipients.Concat(service.Withdrawal?.To ?? []).Contains("counterparty"))
        {
            yield return Named("counterparty", "A notice goes to the counterparty, and no step asks one.");
        }
    }

    private IEnumerable<BundleFault> OfKinds()
    {
        if (sharedKinds is null)
        {
            yield break;
        }

        var kinds = sharedKinds.Keys.Concat(service.Kinds.Keys).ToHashSet();
        var named = (flow?.RegisterKinds ?? (IEnumerable<string>)[]).Select(k => ("workflow.json", Step(k), k))
            .Concat(service.Register.Select((r, i) => ("service.json", $"register[{i}].kind", r.Kind)))
            .Concat(form.Fields.Concat(form.Decision?.Fields ?? []).Concat((form.Milestones ?? []).SelectMany(m => m.Fields.Concat(m.Lines))).SelectMany(f => f.Columns.Prepend(f)).SelectMany(f => new[] { f.Lookup?.Kind, f.Count?.Kind, f.Pick?.Kind }.OfType<string>().Select(k => ("form.json", f.Name, k))));
        foreach (var (file, place, kind) in named.Where(n => !kinds.Contains(n.Item3)))
        {
            yield return new(file, place, $"The register has no kind \"{kind}\".{Spelling.Hint(kind, kinds)}") { Code = FaultCodes.UnknownName };
        }

        foreach (var wrong in new LastDayChecks(service, form, flow, sharedKinds).Faults()) yield return wrong;
    }

    private IEnumerable<(string Place, string Path)> Paths() =>
        service.Register.Select((r, i) => ($"register[{i}].key", r.Key))
            .Concat(service.Touches.SelectMany((t, i) => AnswerPaths.PlacesIn(t.Key).Select(p => ($"touches[{i}].key", p))));

    private bool IsPlace(string path) => path.Split("[].") switch
    {
        [var field] when field.EndsWith("[]", StringComparison.Ordinal) => form.Fields.Any(f => f.Name == field[..^2] && f.Type == FieldType.Choices),
        [var field] => form.Fields.Any(f => f.Name == field && f.Type != FieldType.Lines),
        [var lines, var column] => form.Fields.Any(f => f.Name == lines && f.Columns.Any(c => c.Name == column)),
        _ => false,
    };

    private BundleFault Named(string name, string message)
    {
        var step = flow?.Steps.FirstOrDefault(s => s.Id == Step(name));
        return new("workflow.json", step?.Id ?? "", message) { Code = FaultCodes.UnknownName, Title = step?.Title ?? "" };
    }

    private string Step(string named) => flow?.Steps.FirstOrDefault(s => s.Inputs.Values.Any(v => v.Contains(named, StringComparison.Ordinal)))?.Id ?? "";

    private static BundleFault Service(string code, string place, string message) => new("service.json", place, message) { Code = code };
}
