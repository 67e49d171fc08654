using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Register;

/// <summary>By which request or import entries came, and by whom, as the viewer may know it.</summary>
internal sealed class EntrySources(RequestReader requests, RequestTimeline timelines, RegisterImports imports, FirmDirectory directory)
{
    /// <summary>Requests that are asked about at once: a key with a longer history names the others without a link.</summary>
    private const int Most = 25;

    public async Task<Found> OfAsync(Viewer viewer, IReadOnlyList<DatedEntry> entries, CancellationToken ct)
    {
        var seen = new Dictionary<RequestId, (LoadedRequest Request, IReadOnlyList<TimelineEntry> Entries)>();
        foreach (var id in entries.SelectMany(e => new[] { e.Entry.Request, e.EndedBy }).OfType<RequestId>().Distinct().Take(Most))
        {
            if (await requests.FindAsync(viewer, id, ct) is { } request) seen[id] = (request, await timelines.OfAsync(viewer, request, ct));
        }

        var files = new Dictionary<Guid, RegisterImport>();
        foreach (var id in entries.SelectMany(e => new[] { e.Import, e.EndedByImport }).OfType<Guid>().Distinct().Take(Most))
        {
            if (await imports.FindAsync(viewer, id, ct) is { } import) files[id] = import;
        }

        return new Found(viewer, seen, files, await directory.PeopleAsync(viewer, files.Values.Select(i => i.ImportedBy).OfType<UserId>(), ct));
    }

    /// <summary>What was found out about some entries.</summary>
    internal sealed record Found(
        Viewer Viewer, IReadOnlyDictionary<RequestId, (LoadedRequest Request, IReadOnlyList<TimelineEntry> Entries)> Requests, IReadOnlyDictionary<Guid, RegisterImport> Imports, IReadOnlyDictionary<UserId, PersonCard> People)
    {
        public SourceView Brought(DatedEntry entry) =>
            entry.Entry.Request is { } request ? OfRequest(request, entry.Entry.ValidFrom) : entry.Import is { } import ? OfImport(import) : new SourceView(Words.Text("register.from-elsewhere"));

        public SourceView? Ended(DatedEntry entry) =>
            entry.EndedBy is { } request ? OfRequest(request, entry.Until ?? entry.Entry.ValidFrom) : entry.EndedByImport is { } import ? OfImport(import)
            : entry.EndedAfter is not null ? new SourceView(Words.Text("register.last-day-over")) : null;

        private SourceView OfRequest(RequestId id, DateTimeOffset at)
        {
            if (!Requests.TryGetValue(id, out var found)) return new SourceView(Words.Text("register.by-request"));
            // What takes effect later was decided before; what was decided twice, by the last before it took effect.
            var decided = found.Entries.Where(e => e.What is "approval.approve" or "milestone.done").OrderBy(e => e.At).ToList();
            var deed = decided.LastOrDefault(e => e.At <= at) ?? decided.FirstOrDefault();
            return new SourceView(new LocalText(found.Request.Number ?? id.ToString()), $"/requests/{id}", deed is null ? null : TimelineViews.By(deed.By, Viewer));
        }

        // Participants know that a file of the clearing house brought it, and no more.
        private SourceView OfImport(Guid id)
        {
            if (!Imports.TryGetValue(id, out var import)) return new SourceView(Words.Text("register.by-file"));
            var name = import.ImportedBy is { } by ? People.GetValueOrDefault(by)?.Name : null;
            return new SourceView(PortalCalls.Texts(l => Words.Of("register.by-import", l, ("name", import.Name))), $"/register/imports/{id}", name is null ? null : PortalCalls.Texts(l => $"{name}, {Words.Of("role.supervisor", l)}"));
        }
    }
}
