using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Inbox;

/// <summary>A saved view of the inbox, as the viewer sees it.</summary>
/// <param name="Team">The team that shares it; null for the viewer's own.</param>
/// <param name="Count">How many tasks it holds for this viewer, counted up to one hundred.</param>
/// <param name="MayRemove">A team's view goes by the hand that saved it, or a supervisor's.</param>
public sealed record SavedView(Guid Id, string Name, string? Team, InboxFilter Filter, int Count, bool MayRemove);

/// <summary>The views that a viewer finds beside the inbox: the own ones, then those of the viewer's teams.</summary>
public sealed class SavedViews(IDbContextFactory<PortalDb> databases, InboxOf inbox, Catalogue catalogue, BusinessClock clock)
{
    public async Task<IReadOnlyList<SavedView>> OfAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await Seen(db, viewer, TeamsOf(viewer)).AsNoTracking().OrderBy(v => v.Team != null).ThenBy(v => v.Name).ToListAsync(ct);
        var filters = rows.Select(v => InboxFilter.From((JsonObject)JsonNode.Parse(v.Filter)!)).ToList();
        var counts = await inbox.CountAsync(viewer, filters, ct);
        return [.. rows.Select((v, i) => new SavedView(v.Id, v.Name, v.Team, filters[i], counts[i], MayChange(viewer, v)))];
    }

    /// <summary>The teams that the viewer could share a view with; empty for participants and for those who only read.</summary>
    public IReadOnlyList<string> TeamsOf(Viewer viewer) => !viewer.IsClearingHouse ? []
        : [.. catalogue.AllInForce(clock.GetUtcNow()).Select(b => b.Service.Team).Distinct(StringComparer.Ordinal).Where(viewer.WorksIn).Order(StringComparer.Ordinal)];

    internal static IQueryable<SavedViewRow> Seen(PortalDb db, Viewer viewer, IReadOnlyList<string> teams) =>
        db.Set<SavedViewRow>().Where(v => v.UserId == viewer.User || (v.Team != null && teams.Contains(v.Team)));

    internal static bool MayChange(Viewer viewer, SavedViewRow view) => view.UserId == viewer.User || view.SavedBy == viewer.User || viewer.Is(Role.Supervisor);
}
