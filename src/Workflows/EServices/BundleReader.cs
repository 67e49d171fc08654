using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>One reading of one folder: collects what is there, and all that is wrong.</summary>
internal sealed partial class BundleReader(Schemas schemas, IReadOnlyDictionary<string, RegisterKind>? kinds, string key, IReadOnlyDictionary<string, string> files)
{
    private const string Header = "_shared/header.json";
    private const string Layout = "_shared/mail/layout.liquid";
    private static readonly string[] Known = ["service.json", "form.json", "workflow.json", "sample.json", "outline.txt", "README.md"];

    private readonly List<BundleFault> faults = [];
    private readonly SortedSet<string> used = new(StringComparer.Ordinal);

    public BundleReading Read()
    {
        NameFaults();
        var service = Read<EServiceDefinition>("service.json", "service");
        var form = Form();
        var sample = files.ContainsKey("sample.json") ? Read<Sample>("sample.json", "sample") : null;
        var flow = Flow(service);
        var mails = Mails(flow, service);
        var scenarios = Scenarios();
        if (service is not null && form is not null)
        {
            faults.AddRange(new BundleChecks(key, service, form, flow, sample, mails, kinds).Faults());
        }

        if (faults.Count > 0 || service is null || form is null || flow is null)
        {
            return new(null, [.. faults.DistinctBy(f => (f.File, f.Place, f.Message))]);
        }

        var layout = files.GetValueOrDefault(Layout, "");
        var document = Document();
        return new(new EServiceBundle(CanonicalJson.Hash(document), service, form, flow, mails, layout, scenarios, sample, document), []);
    }

    internal static JsonNode? WithoutSchema(JsonNode? node)
    {
        (node as JsonObject)?.Remove("$schema");
        return node;
    }

    private void NameFaults()
    {
        foreach (var file in files.Keys.Where(f => !f.StartsWith("_shared/", StringComparison.Ordinal) && !Known.Contains(f) && !MailFile().IsMatch(f) && !ScenarioFile().IsMatch(f)))
        {
            Fault(BundleFaultCodes.FileUnknown, file, "", $"No file of that name belongs here.{Spelling.Hint(file, [.. Known, "mail/name.en.liquid", "scenarios/name.yaml"])}");
        }
    }

    private T? Read<T>(string file, string schema)
        where T : class
    {
        if (!files.TryGetValue(file, out var text))
        {
            Fault(BundleFaultCodes.FileMissing, file, "", "The file is missing.");
            return null;
        }

        used.Add(file);
        try
        {
            var node = WithoutSchema(Json.ParseFile(text));
            var wrong = schemas.Check(schema, file, text).ToList();
            faults.AddRange(wrong);
            return wrong.Count > 0 ? null : node.Deserialize<T>(Json.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            Fault(BundleFaultCodes.NotReadable, file, (e as JsonException)?.Path ?? "", $"It can't be read: {e.Message}");
            return null;
        }
    }

    private FormDefinition? Form()
    {
        var form = Read<FormInFile>("form.json", "form");
        if (form is null)
        {
            return null;
        }

        var sections = form.Header && Read<HeaderInFile>(Header, "header") is { } header ? form.Sections.Concat(header.Sections) : form.Sections;
        return new FormDefinition(form.Version, [.. sections.Select(s => s with { Fields = [.. s.Fields.Select(WithOptions)] })], form.Decision, form.Milestones);
    }

    private FormField WithOptions(FormField field)
    {
        field = field with { Columns = [.. field.Columns.Select(WithOptions)] };
        if (field.NamesMemberships || field.OptionsFrom?.Split('#') is not [var file, var list])
        {
            return field;
        }

        if (Read<Dictionary<string, IReadOnlyList<FieldOption>>>(file, "options")?.GetValueOrDefault(list) is { } options)
        {
            return field with { Options = options };
        }

        Fault(FaultCodes.UnknownName, "form.json", field.Name, $"There is no list \"{list}\" in {file}.");
        return field;
    }

    private FlowDefinition? Flow(EServiceDefinition? service)
    {
        if (!files.TryGetValue("workflow.json", out var text))
        {
            Fault(BundleFaultCodes.FileMissing, "workflow.json", "", "The file is missing.");
            return null;
        }

        try
        {
            Json.ParseFile(text);
            used.Add("workflow.json");
        }
        catch (JsonException e)
        {
            Fault(BundleFaultCodes.NotReadable, "workflow.json", "", $"It can't be read: {e.Message}");
            return null;
        }

        var reading = FlowDefinition.Read(text);
        var loose = reading.LooseEnds.Where(f => service?.Exemptions.Any(e => e.Rule == f.Code) != true);
        faults.AddRange(reading.Faults.Concat(loose).Select(BundleFault.Of));
        return reading.Definition;
    }

    // The folder's own mails, and of the shared ones those that the eService sends and does not word itself.
    private Dictionary<string, IReadOnlyDictionary<string, string>> Mails(FlowDefinition? flow, EServiceDefinition? service)
    {
        var sent = (flow?.Templates ?? (IEnumerable<string>)[]).Append(service?.Withdrawal?.Template).Append(service?.Cancellation?.Template).ToHashSet();
        var own = files.Keys.Select(f => MailFile().Match(f)).Where(m => m.Success).ToList();
        var mails = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var group in own.Where(m => m.Groups["shared"].Length == 0 || sent.Contains(m.Groups["name"].Value)).GroupBy(m => m.Groups["name"].Value, StringComparer.Ordinal))
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in group.OrderBy(m => m.Groups["shared"].Length).DistinctBy(m => m.Groups["language"].Value))
            {
                used.Add(file.Value);
                texts[file.Groups["language"].Value] = files[file.Value].ReplaceLineEndings("\n");
                if (!texts[file.Groups["language"].Value].StartsWith("Subject: ", StringComparison.Ordinal))
                {
                    Fault(BundleFaultCodes.MailSubject, file.Value, "", "The first line must begin with \"Subject: \".");
                }
            }

            foreach (var missing in LocalText.Languages.Where(l => !texts.ContainsKey(l)))
            {
                Fault(BundleFaultCodes.MailLanguage, $"mail/{group.Key}.{missing}.liquid", "", "The mail is missing in this language.");
            }

            mails[group.Key] = texts;
        }

        return mails;
    }

    private Dictionary<string, string> Scenarios()
    {
        var stories = files.Where(f => ScenarioFile().IsMatch(f.Key) && f.Key.EndsWith(".yaml", StringComparison.Ordinal)).ToDictionary(f => f.Key["scenarios/".Length..], f => f.Value.ReplaceLineEndings("\n"), StringComparer.Ordinal);
        foreach (var (name, text) in stories)
        {
            used.Add($"scenarios/{name}");
            foreach (var message in Scenario.Read(text).Faults)
            {
                Fault(BundleFaultCodes.Story, $"scenarios/{name}", "", message);
            }
        }

        return stories;
    }

    private JsonObject Document() => new()
    {
        ["files"] = new JsonObject(used.Concat(files.Keys.Where(f => f == Layout)).Select(file => KeyValuePair.Create(file, (JsonNode?)(file.EndsWith(".json", StringComparison.Ordinal) ? Json.ParseFile(files[file]) : JsonValue.Create(files[file].ReplaceLineEndings("\n")))))),
    };

    private void Fault(string code, string file, string place, string message) => faults.Add(new(file, place, message) { Code = code });

    private sealed record FormInFile(int Version, IReadOnlyList<FormSection> Sections, DecisionForm? Decision = null, IReadOnlyList<MilestoneForm>? Milestones = null, bool Header = true);

    private sealed record HeaderInFile(IReadOnlyList<FormSection> Sections);

    [GeneratedRegex(@"^(?<shared>_shared/)?mail/(?<name>[a-z0-9]+(-[a-z0-9]+)*)\.(?<language>en|zh-Hant|zh-Hans)\.liquid\z")]
    private static partial Regex MailFile();

    [GeneratedRegex(@"^scenarios/[a-z0-9]+(-[a-z0-9]+)*\.(yaml|expected\.txt)\z")]
    private static partial Regex ScenarioFile();
}
