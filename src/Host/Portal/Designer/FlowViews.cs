using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>Fills the designer's pages: releases from the catalogue, running requests from the database.</summary>
internal sealed class FlowViews(Catalogue catalogue, RunningRequests running)
{
    public async Task<DesignerView> AllAsync(Viewer viewer, DateTimeOffset now, CancellationToken ct)
    {
        var counts = await running.OfAsync(viewer, ct);
        return new DesignerView([.. catalogue.AllInForce(now).Select(bundle => new DesignerRow(
            bundle.Key, bundle.Service.Id, bundle.Service.Name, Releases(bundle.Key, now, counts).Last(r => r.IsInForce), counts.Where(c => c.EService == bundle.Key).Sum(c => c.Requests)))]);
    }

    /// <summary>Null where there is no such eService, or no such release of it.</summary>
    /// <param name="number">Null for the release in force.</param>
    public async Task<FlowView?> OneAsync(Viewer viewer, DateTimeOffset now, string key, int? number, CancellationToken ct)
    {
        var releases = Releases(key, now, await running.OfAsync(viewer, ct));
        var shown = releases.LastOrDefault(r => number is { } wanted ? r.Number == wanted : r.IsInForce);
        if (shown is null || catalogue.ByHash(shown.Hash) is not { } bundle) return null;
        return new FlowView(key, bundle.Service.Id, bundle.Service.Name, shown, [.. releases.AsEnumerable().Reverse()], bundle.Flow.Steps.Count, FlowOutline.Lines(bundle.Flow, bundle.Labels))
        {
            MayDraw = PermissionTable.Allows(viewer, Permission.EditEServices),
        };
    }

    private List<ReleaseView> Releases(string key, DateTimeOffset now, IReadOnlyList<RunningCount> counts)
    {
        var inForce = catalogue.ReleaseInForce(key, now)?.Number;
        return [.. catalogue.ReleasesOf(key).Select(r => new ReleaseView(r.Number, r.Bundle.Hash, r.From <= DateTimeOffset.UnixEpoch ? null : r.From, counts.FirstOrDefault(c => c.Release == r.Bundle.Hash)?.Requests ?? 0, r.Number == inForce))];
    }
}
