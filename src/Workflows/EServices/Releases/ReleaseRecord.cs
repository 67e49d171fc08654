using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>What happened to an eService's releases; the names in the table are these, beginning small, and never change.</summary>
public enum ReleaseHappening
{
    /// <summary>A draft was begun from a release.</summary>
    DraftStarted,

    /// <summary>Somebody changed the draft for the first time.</summary>
    DraftEdited,

    /// <summary>A draft was thrown away.</summary>
    DraftDiscarded,

    /// <summary>A release was proposed.</summary>
    Proposed,

    /// <summary>A proposal was given or taken back.</summary>
    Returned,

    /// <summary>A proposal was released.</summary>
    Released,

    /// <summary>A release was cancelled before its moment came.</summary>
    Cancelled,

    /// <summary>A build brought a folder that is in force at once.</summary>
    Seeded,
}

/// <summary>One entry of the record of an eService's releases.</summary>
/// <param name="Hash">The release that it is about; for a draft the one that it was made from.</param>
/// <param name="By">Null where a host's start did it.</param>
public sealed record ReleaseEntry(int Sequence, ReleaseHappening What, DateTimeOffset At, UserId? By, string Hash, DateTimeOffset? EffectiveFrom, string? Words);

/// <summary>
/// The record of what was done to releases: append-only, a hash chain per eService, written in the transaction of what it tells.
/// </summary>
public sealed class ReleaseRecord(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The latest first; empty for whom the designer is closed.</summary>
    public async Task<IReadOnlyList<ReleaseEntry>> OfAsync(Viewer viewer, string eService, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewEServices)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<ReleaseEventRow>().AsNoTracking().Where(e => e.EService == eService).OrderByDescending(e => e.Sequence).ToListAsync(ct);
        return [.. rows.Select(Entry)];
    }

    /// <summary>The first row that does not follow from the one before it, in words; null where all do.</summary>
    public async Task<string?> FirstBadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        ReleaseEventRow? before = null;
        await foreach (var row in db.Set<ReleaseEventRow>().AsNoTracking().OrderBy(e => e.EService).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (before?.EService != row.EService) before = null;
            var follows = row.Sequence == (before?.Sequence ?? 0) + 1 && row.Previous.AsSpan().SequenceEqual(before?.Hash ?? HashChain.Start);
            if (!follows || !row.Hash.AsSpan().SequenceEqual(Link(row.Previous, row.EService, row.Sequence, row.Type, row.At, row.UserId, JsonNode.Parse(row.Data)!)))
            {
                return $"Release event {row.Sequence.ToString(CultureInfo.InvariantCulture)} of {row.EService} ({row.Type}): it is not what was recorded, or one before it is missing.";
            }

            before = row;
        }

        return null;
    }

    /// <summary>Adds an entry to what is about to be saved; of two at once, one violates <c>release_event_key</c>.</summary>
    /// <returns>The entry's number.</returns>
    internal static async Task<int> AddAsync(PortalDb db, string eService, ReleaseHappening what, DateTimeOffset at, UserId? by, JsonObject data, CancellationToken ct)
    {
        var last = await db.Set<ReleaseEventRow>().AsNoTracking().Where(e => e.EService == eService).OrderByDescending(e => e.Sequence).FirstOrDefaultAsync(ct);
        var previous = db.ChangeTracker.Entries<ReleaseEventRow>().Select(e => e.Entity).Where(e => e.EService == eService).MaxBy(e => e.Sequence) ?? last;
        var (sequence, before, moment) = ((previous?.Sequence ?? 0) + 1, previous?.Hash ?? HashChain.Start, HashChain.Rounded(at));
        db.Add(new ReleaseEventRow
        {
            EService = eService,
            Sequence = sequence,
            Type = NameOf(what),
            At = moment,
            UserId = by,
            Data = data.ToJsonString(),
            Previous = before,
            Hash = Link(before, eService, sequence, NameOf(what), moment, by, data),
        });
        return sequence;
    }

    private static ReleaseEntry Entry(ReleaseEventRow row)
    {
        var data = JsonNode.Parse(row.Data)!;
        var from = data["effectiveFrom"].Text() is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        return new ReleaseEntry(row.Sequence, Enum.Parse<ReleaseHappening>(row.Type, ignoreCase: true), row.At, row.UserId, data["release"].Text() ?? "", from, data["words"].Text() is { Length: > 0 } words ? words : null);
    }

    private static string NameOf(ReleaseHappening what) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(what.ToString());

    private static byte[] Link(byte[] previous, string eService, int sequence, string type, DateTimeOffset at, UserId? user, JsonNode data) => CanonicalJson.HashBytesOfMembers(
    [
        new("previous", Convert.ToHexStringLower(previous)),
        new("eService", eService),
        new("sequence", sequence),
        new("type", type),
        new("at", HashChain.Instant(at)),
        new("user", user?.ToString()),
        new("data", data),
    ]);
}
