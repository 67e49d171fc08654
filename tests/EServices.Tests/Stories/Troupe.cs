using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>Who has played which part in the story so far, and so whom a notice "to checkers" has to reach.</summary>
internal sealed class Troupe(Records records)
{
    private readonly HashSet<string> editors = [];
    private readonly Dictionary<string, string> last = [];
    private readonly List<string> agreed = [];

    public void Played(ScenarioStep step, Scene before)
    {
        var part = step.Does switch
        {
            "draft" or "submit" or "correct" => "maker",
            "check" => "checker",
            "decide" when before.Tasks.Any(t => t.Kind == "review") => "reviewer",
            "decide" => "approver",
            _ => "",
        };
        last[part] = step.By;
        if (part == "maker") agreed.Clear();
        if (part == "checker" && step.Answer == "approve") agreed.Add(step.By);
        if (part == "maker" || step.Does == "answer")
        {
            editors.Add(step.By);
        }
    }

    /// <summary>The addresses behind a recipient's name.</summary>
    public async Task<IEnumerable<string>> AddressesOfAsync(string recipient, Scene scene) => recipient switch
    {
        "checker" when agreed.Count > 0 => agreed,
        "maker" or "checker" or "reviewer" or "approver" => last.TryGetValue(recipient, out var one) ? [one] : [],
        "contact" => [scene.Request!.Answers["contactEmail"]!.GetValue<string>()],
        "makers" => await records.WithRightAsync("may_make", Membership),
        "checkers" => (await records.WithRightAsync("may_check", Membership)).Except(editors),
        "reviewers" => await records.WithRoleAsync("Reviewer"),
        "approvers" => await records.WithRoleAsync("Approver"),
        "counterparty" => await records.OfCounterpartyAsync(Request),
        "supervisors" => await records.WithRoleAsync("Supervisor"),
        _ => throw new InvalidOperationException($"Nobody is called {recipient}."),
    };

    /// <summary>The request that the story tells of now.</summary>
    public string Request { get; set; } = "";

    /// <summary>For whom the story's maker asks.</summary>
    public string Membership { get; set; } = "";
}
