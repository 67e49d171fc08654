using System.Text.RegularExpressions;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>Whether every rule is an expression, and what it names is there; a rule that finds a value may use only what stands above it.</summary>
internal sealed partial class RuleChecks(EServiceDefinition service, FormDefinition form, Sample? sample)
{
    private readonly List<BundleFault> faults = [];
    private readonly string[] settings = [.. service.Settings.Keys];

    public IReadOnlyList<BundleFault> Faults()
    {
        var all = Names(form.Fields);
        OfFields(form.Fields, "", "answers", [], "line");
        if (form.Decision is { } decision)
        {
            OfFields(decision.Fields, "decision.", "decision", new() { ["answers"] = all, ["line"] = Names(form.LineColumns) }, "line");
        }

        foreach (var milestone in form.Milestones ?? [])
        {
            // What a counterparty is asked must not depend on what it may not read.
            var outside = new Dictionary<string, IReadOnlyList<string>> { ["answers"] = milestone.IsAnswer ? [.. milestone.ShownAnswers] : all, ["milestone"] = Names(milestone.Fields) };
            if (milestone.IsAnswer) outside["line"] = [.. milestone.ShownColumns, "line"];
            OfFields(milestone.Fields, $"milestones.{milestone.Name}.", "milestone", outside, "line");
            OfFields(milestone.Lines, $"milestones.{milestone.Name}.line.", "reported", outside, "line");
        }

        OfService(all);
        OfSample(all);
        return faults;
    }

    private void OfFields(IReadOnlyList<FormField> fields, string prefix, string owner, Dictionary<string, IReadOnlyList<string>> outside, string inner)
    {
        foreach (var (i, field) in fields.Index())
        {
            var place = prefix + field.Name;
            var above = Sees(outside, owner, [.. fields.Take(i).Select(f => f.Name)]);
            var everything = Sees(outside, owner, Names(fields));
            foreach (var (name, rule) in Finding(field))
            {
                Check("form.json", $"{place}.{name}", rule, Scopes.OfForms, above, Names(fields), owner);
            }

            foreach (var (name, rule) in Checking(field))
            {
                Check("form.json", $"{place}.{name}", rule, Scopes.OfForms, everything);
            }

            foreach (var (column, rule) in field.Pick?.Fill ?? new Dictionary<string, Rule>())
            {
                Check("form.json", $"{place}.pick.fill.{column}", rule, new HashSet<string>(Scopes.OfForms) { "entry" }, everything);
            }

            Check("form.json", $"{place}.count.when", field.Count?.When, new HashSet<string>(Scopes.OfForms) { "entry" }, above, Names(fields), owner);
            Check("form.json", $"{place}.pick.when", field.Pick?.When, new HashSet<string>(Scopes.OfForms) { "entry" }, everything);
            OfFields(field.Columns, place + "[].", inner, above, inner);
        }
    }

    private void OfService(IReadOnlyList<string> answers)
    {
        var sees = new Dictionary<string, IReadOnlyList<string>> { ["answers"] = answers };
        Check("service.json", "processing.day", service.Processing.Day.Rule, Scopes.OfFacts, sees);
        foreach (var (i, deadline) in service.Deadlines.Index())
        {
            Check("service.json", $"deadlines[{i}].when", deadline.When, Scopes.OfFacts, sees);
            Check("service.json", $"deadlines[{i}].anchor", deadline.Anchor, Scopes.OfFacts, sees);
            Check("service.json", $"deadlines[{i}].days", deadline.Days.Rule, Scopes.OfFacts, sees);
        }
    }

    private void OfSample(IReadOnlyList<string> answers)
    {
        if (sample is null)
        {
            return;
        }

        var names = new HashSet<string>(Scopes.OfForms) { "entry", "files", "latest", "next" };
        IReadOnlyList<string> columns = Names(form.Fields.FirstOrDefault(f => f.Name == sample.Lines?.Field)?.Columns ?? []);
        var sees = new Dictionary<string, IReadOnlyList<string>> { ["answers"] = answers, ["line"] = columns };
        foreach (var (place, name, rule, known) in sample.Answers.Select(a => ($"answers.{a.Key}", a.Key, a.Value, answers))
            .Concat((sample.Lines?.Columns ?? new Dictionary<string, Rule>()).Select(c => ($"lines.columns.{c.Key}", c.Key, c.Value, columns))))
        {
            Check("sample.json", place, rule, names, sees);
            if (!known.Contains(name))
            {
                faults.Add(new("sample.json", place, $"The form has no field \"{name}\".{Spelling.Hint(name, known)}") { Code = FaultCodes.UnknownName });
            }
        }

        Check("sample.json", "lines.when", sample.Lines?.When, names, sees);
    }

    private void Check(string file, string place, Rule? rule, IReadOnlySet<string> names, Dictionary<string, IReadOnlyList<string>> members, IReadOnlyList<string>? below = null, string? owner = null)
    {
        if (rule?.Fault is not null)
        {
            faults.Add(new(file, place, rule.Fault) { Code = FaultCodes.Expression });
        }

        if (rule?.Expression is not { } expression)
        {
            return;
        }

        foreach (var name in expression.Names.Except(names))
        {
            faults.Add(new(file, place, $"\"{name}\" isn't known here; rules may use {string.Join(", ", names.Order(StringComparer.Ordinal))}.") { Code = FaultCodes.UnknownName });
        }

        foreach (var (of, member) in Members(expression.Text))
        {
            var known = of == "settings" ? settings : members.GetValueOrDefault(of);
            if (known?.Contains(member) == false)
            {
                faults.Add(new(file, place, of == owner && below?.Contains(member) == true
                    ? $"{of}.{member} stands further down: only what is above can be used here."
                    : $"There is no {of}.{member}.{Spelling.Hint(member, known)}")
                { Code = FaultCodes.UnknownName });
            }
        }
    }

    private static IEnumerable<(string Of, string Member)> Members(string text) =>
        Member().Matches(Literal().Replace(text, "''")).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    private static IEnumerable<(string Name, Rule Rule)> Finding(FormField field) =>
        Some(("visibleWhen", field.VisibleWhen), ("value", field.Value), ("default", field.Default), ("lookup.key", field.Lookup?.Key),
            ("calendar.from", field.Calendar?.From), ("calendar.plus", field.Calendar?.Plus), ("calendar.days", field.Calendar?.Days.Rule))
            .Concat(field.Options.SelectMany((o, i) => Some(($"options[{i}].visibleWhen", o.VisibleWhen))));

    private static IEnumerable<(string Name, Rule Rule)> Checking(FormField field) =>
        Some(("required", field.Required), ("min", field.Min), ("max", field.Max), ("leadsTo.when", field.LeadsTo?.When), ("dayKind", field.DayKind?.Rule),
            ("transmission.extensions", field.Transmission?.Extensions), ("transmission.largest", field.Transmission?.Largest), ("transmission.structure", field.Transmission?.Structure),
            ("transmission.template.name", field.Transmission?.Template?.Name), ("transmission.template.columns", field.Transmission?.Template?.Columns))
            .Concat(field.Checks.Select((c, i) => ($"checks[{i}].when", c.When)));

    private static IEnumerable<(string Name, Rule Rule)> Some(params (string Name, Rule? Rule)[] rules) =>
        rules.Where(r => r.Rule is not null).Select(r => (r.Name, r.Rule!));

    private static Dictionary<string, IReadOnlyList<string>> Sees(Dictionary<string, IReadOnlyList<string>> outside, string owner, IReadOnlyList<string> own) =>
        new(outside) { [owner] = own };

    private static IReadOnlyList<string> Names(IReadOnlyList<FormField> fields) => [.. fields.Select(f => f.Name)];

    [GeneratedRegex(@"(?<![\w.])(?:facts\.)?(answers|line|decision|milestone|reported|settings)\??\.([A-Za-z_]\w*)")]
    private static partial Regex Member();

    [GeneratedRegex(@"'(?:[^'\\]|\\.)*'|""(?:[^""\\]|\\.)*""")]
    private static partial Regex Literal();
}
