using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>A request under way, for who changes its flow.</summary>
/// <param name="Release">Number of the release that it goes by; null where that one never came into force.</param>
/// <param name="Waits">Titles of the steps that it waits at.</param>
public sealed record RunRow(string Id, string Number, string Status, int? Release, IReadOnlyList<string> Waits, DateTimeOffset ChangedAt)
{
    public string Href => $"{StudioFiles.Address}/requests/{Id}";
}

/// <summary>The requests under way by an eService's releases.</summary>
/// <param name="Total">How many there are; more than are shown, maybe.</param>
/// <param name="Unsent">Those that are still with their firms, counted.</param>
public sealed record RunList(IReadOnlyList<RunRow> Rows, int Total, IReadOnlyList<UnsentRuns> Unsent);

/// <summary>The page that holds Studio's viewer of one request's way.</summary>
/// <param name="EService">As the market knows it: "Set 1".</param>
/// <param name="Short">Enough of the release's hash to tell releases apart.</param>
/// <param name="Outline">The flow in words, for where Studio can't be shown.</param>
/// <param name="Waiting">The lines of it, by their place, at which the request waits.</param>
public sealed record RunView(RunRow Row, string Key, string EService, string Short, StudioView Studio, IReadOnlyList<OutlineLine> Outline, IReadOnlySet<int> Waiting)
{
    /// <summary>The request's own page; null for whom it is closed.</summary>
    public string? RequestHref { get; init; }

    public string WordsHref => Row.Release is { } number ? $"/designer/{Key}?release={number.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : $"/designer/{Key}";
}

/// <summary>Fills what the designer shows of requests under way.</summary>
internal sealed class RunViews(RequestRuns runs, StudioFiles files)
{
    private const int MostShown = 25;

    /// <summary>Null for whom runs are closed.</summary>
    public async Task<RunList?> OfAsync(Viewer viewer, string key, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.EditEServices)) return null;
        var found = await runs.ListAsync(viewer, new RunFilter([key], IsOpen: true, Take: MostShown), ct);
        return new RunList([.. found.Items.Select(Row)], found.Total, await runs.UnsentAsync(viewer, key, ct));
    }

    /// <summary>Null where there is no such run for this viewer.</summary>
    /// <param name="api">The whole address of the API that Studio speaks to.</param>
    public async Task<RunView?> OneAsync(Viewer viewer, string id, string api, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } request || await runs.FindAsync(viewer, request, ct) is not { } run) return null;
        var outline = FlowOutline.Lines(run.Bundle.Flow, run.Bundle.Labels);
        var waiting = outline.Index().Where(l => run.State.Tokens.Any(t => t.Step == l.Item.Step)).Select(l => l.Index).ToHashSet();
        var row = Row(run);
        var about = row.Release is { } number ? $"{run.Bundle.Key}@{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : run.Bundle.Key;
        return new RunView(row, run.Bundle.Key, run.Bundle.Service.Id, run.Bundle.Hash[..12], new StudioView(api, files.AreHere, about), outline, waiting)
        {
            RequestHref = run.IsReadable ? $"/requests/{run.Id}" : null,
        };
    }

    private static RunRow Row(RequestRun run) => new(
        run.Id.ToString(), run.Number, run.Status.Code(), run.Release, [.. run.State.Tokens.Select(t => run.Bundle.Flow.Steps.FirstOrDefault(s => s.Id == t.Step)?.Title ?? t.Step)], run.UpdatedAt);
}
