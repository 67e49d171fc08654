using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>Reads one request for a viewer: what the viewer may not see is not there.</summary>
public sealed class RequestReader(ClickConnection connection, Catalogue catalogue, BusinessClock clock, TimeProvider machine, IEnumerable<IRequestFact> facts)
{
    private readonly ClickLoad load = new(catalogue, clock, facts);

    /// <summary>Null where there is no such request, or none for this viewer.</summary>
    public Task<LoadedRequest?> FindAsync(Viewer viewer, RequestId id, CancellationToken ct) => FindAsync(viewer, ClickTarget.Of(id), ct);

    /// <summary>The same, with parts that another module reads along; they are read even where the request is not there for the viewer.</summary>
    public Task<LoadedRequest?> FindAsync(Viewer viewer, ClickTarget target, CancellationToken ct) => FindAsync(viewer, target, request => RequestAccess.MaySee(viewer, request), ct);

    /// <summary>The same where the parts that are read along say who sees it.</summary>
    internal async Task<LoadedRequest?> FindAsync(Viewer viewer, ClickTarget target, Func<LoadedRequest, bool> maySee, CancellationToken ct)
    {
        var reading = await load.ReadAsync(connection, target, viewer, machine.GetUtcNow(), ct);
        return reading.Request is { } request && maySee(request) ? request.AsSeenBy(viewer) : null;
    }
}
