namespace ClientConnect.EServices.Tests.Stories;

/// <summary>All that the tables hold about the story's request at one moment.</summary>
internal sealed record Scene(StoredRequest? Request, IReadOnlyList<StoredTask> Tasks, IReadOnlyList<StoredDeadline> Deadlines, IReadOnlyList<StoredNotice> Notices, IReadOnlyList<StoredEntry> Entries)
{
    public static readonly Scene Empty = new(null, [], [], [], []);

    public static async Task<Scene> OfAsync(Records records, string request) => request.Length == 0
        ? Empty
        : new(await records.RequestAsync(request), await records.OpenTasksAsync(request), await records.DeadlinesAsync(request), await records.NoticesAsync(request), await records.EntriesAsync(request));

    /// <summary>Notices that were queued since.</summary>
    public IReadOnlyList<StoredNotice> NoticesSince(Scene before) => [.. Notices.ExceptBy(before.Notices.Select(n => n.Id), n => n.Id)];

    /// <summary>Deadlines that are new, or in another state than before.</summary>
    public IReadOnlyList<StoredDeadline> DeadlinesSince(Scene before) => [.. Deadlines.Where(d => before.Deadlines.All(b => (b.Id, b.State) != (d.Id, d.State)))];

    public IReadOnlyList<StoredEntry> EntriesSince(Scene before) => [.. Entries.Except(before.Entries)];
}
