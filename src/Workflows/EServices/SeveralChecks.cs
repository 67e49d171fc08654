using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>Whether what a request does for several memberships, beside itself, and to the firm's name fits together.</summary>
internal sealed class SeveralChecks(EServiceDefinition service, FormDefinition form, FlowDefinition? flow)
{
    public IEnumerable<BundleFault> Faults() => [.. OfMemberships(), .. OfFollowUps(), .. OfFirmNames()];

    private IEnumerable<BundleFault> OfMemberships()
    {
        var offered = form.Fields.Where(f => f.NamesMemberships).Select(f => f.Name).ToList();
        foreach (var answer in (flow?.MembershipAnswers ?? new HashSet<string>()).Except(offered))
        {
            yield return Drawn("memberships", answer, $"The form has no choices \"{answer}\" whose options are the firm's memberships (optionsFrom: \"{FormField.OfMemberships}\").{Spelling.Hint(answer, offered)}");
        }
    }

    private IEnumerable<BundleFault> OfFollowUps()
    {
        foreach (var (milestone, items) in flow?.FollowUps ?? [])
        {
            if (!form.Fields.Any(f => f.Name == items && f.Type == FieldType.Choices && f.Options.Count > 0))
            {
                yield return Drawn("items", items, $"The form has no choices \"{items}\" whose options could be followed up.{Spelling.Hint(items, form.Fields.Where(f => f.Type == FieldType.Choices).Select(f => f.Name))}");
            }

            if (form.Milestones?.FirstOrDefault(m => m.Name == milestone) is { } said && (said.Lines.Count > 0 || said.IsAnswer))
            {
                yield return new("form.json", $"milestones.{milestone}", "Of what is followed up something is said once: it has no \"line\" and no \"shows\".") { Code = BundleFaultCodes.Lines };
            }

            if (flow!.Steps.Any(s => s.Type != "ClientConnect.FollowUp" && s.Inputs.GetValueOrDefault("milestone") == milestone))
            {
                yield return new("form.json", $"milestones.{milestone}", "It is waited for and followed up: what is said by one would stand for the other. Give each its own.") { Code = BundleFaultCodes.DuplicateName };
            }
        }
    }

    private IEnumerable<BundleFault> OfFirmNames()
    {
        foreach (var (kind, names) in service.Kinds.Where(k => k.Value.FirmName is not null).Select(k => (k.Key, k.Value)))
        {
            foreach (var unknown in names.FirmName!.Values.Except(names.Values.Keys))
            {
                yield return new("service.json", $"kinds.{kind}.firmName", $"The kind has no value \"{unknown}\".{Spelling.Hint(unknown, names.Values.Keys)}") { Code = FaultCodes.UnknownName };
            }

            foreach (var step in (flow?.Steps ?? []).Where(s => s.Type == "ClientConnect.ApplyToRegister" && s.Inputs.GetValueOrDefault("kind") == kind && s.Inputs.GetValueOrDefault("effectiveOn") is { Length: > 0 }))
            {
                yield return new("workflow.json", step.Id, $"'{step.Title}': the entry gives the firm its name at once, so its day can't lie ahead. Draw 'Wait until' before it, and leave '{PaletteWords.Input("effectiveOn")}' empty.") { Code = FaultCodes.Input, Title = step.Title };
            }
        }
    }

    private BundleFault Drawn(string input, string written, string message)
    {
        var step = flow?.Steps.FirstOrDefault(s => s.Inputs.GetValueOrDefault(input) == written);
        return new("workflow.json", step?.Id ?? "", message) { Code = FaultCodes.UnknownName, Title = step?.Title ?? "" };
    }
}
