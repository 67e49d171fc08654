using System.Collections.Concurrent;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>The first round trip of a click: session, request, register values and files, and what the click adds.</summary>
internal sealed class ClickLoad(ClickConnection connection, Catalogue catalogue, BusinessClock clock, TimeProvider machine, RequestImages images)
{
    // Each statement costs as much again to begin and end as it does to find a row: what every click reads is one.
    private const string Session =
        """
        (SELECT u.stamp FROM access.session s JOIN access.user_account u ON u.id = s.user_id
         WHERE s.token_hash = $2 AND s.ended_at IS NULL AND s.expires_at > $3 AND NOT u.is_disabled)
        """;

    private const string Version = "r.draft_revision, r.sequence";
    private const int VersionCount = 2;

    private static readonly ConcurrentDictionary<(string Key, bool IsKnown), string> Statements = new();

    private readonly RequestColumns columns = new(catalogue, clock);

    /// <summary>Reads all of it, for a page; whoever clicks on that page has it in mind.</summary>
    public async Task<ClickReading> ShowAsync(Viewer viewer, ClickTarget target, CancellationToken ct) =>
        (await ReadAsync(viewer, target, null, image => images.Remember(target.Id, image), ct))!;

    /// <summary>Reads what may have changed since this host looked, for a click: a second time, and all of it, where the request has.</summary>
    public async Task<ClickReading> ReadAsync(Viewer viewer, ClickTarget target, CancellationToken ct) =>
        (images.Recall(target.Id) is { } image ? await ReadAsync(viewer, target, image, _ => { }, ct) : null) ?? (await ReadAsync(viewer, target, null, _ => { }, ct))!;

    private Task<ClickReading?> ReadAsync(Viewer viewer, ClickTarget target, RequestImage? known, Action<RequestImage> remember, CancellationToken ct) => connection.ReadAsync(
        batch =>
        {
            batch.Add(StatementFor(target.Row, known is not null), target.Id, viewer.Session, machine.GetUtcNow());
            foreach (var part in target.Parts)
            {
                part.Add(batch);
            }
        },
        (reader, token) => ReadAsync(reader, target, known, remember, token),
        ct);

    /// <summary>Null where the request is no longer the one that is known.</summary>
    private async Task<ClickReading?> ReadAsync(NpgsqlDataReader reader, ClickTarget target, RequestImage? known, Action<RequestImage> remember, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        var isThere = !await reader.IsDBNullAsync(0, ct);
        if (known is not null && !(isThere && reader.GetInt32(0) == known.DraftRevision && reader.GetInt32(1) == known.Sequence)) return null;

        var fresh = known is null ? RequestColumns.KeptCount : VersionCount;
        var stamp = await reader.IsDBNullAsync(fresh + 2, ct) ? (int?)null : reader.GetInt32(fresh + 2);
        target.Row?.Read(reader, isThere ? fresh + 3 : null);
        LoadedRequest? request = null;
        if (isThere)
        {
            var image = known ?? RequestColumns.ImageIn(reader);
            remember(image);
            request = columns.Map(image, reader, fresh);
        }

        foreach (var part in target.Parts)
        {
            await reader.NextResultAsync(ct);
            await part.ReadAsync(reader, ct);
        }

        return new ClickReading(stamp, request);
    }

    private static string StatementFor(IClickRow? row, bool isKnown) => Statements.GetOrAdd((row?.Key ?? "r.id", isKnown), _ =>
        $"""
        SELECT {(isKnown ? Version : RequestColumns.Kept)}, {RequestColumns.Fresh}, {Session}{(row is null ? "" : $", {row.Columns}")}
        FROM (SELECT 1) one LEFT JOIN {Joined(isKnown ? "requests.service_request r" : RequestColumns.From, row?.Join)} ON {row?.Key ?? "r.id"} = $1
        """);

    // Parentheses hold a join, and nothing less.
    private static string Joined(string from, string? join) => join is null && !from.Contains("JOIN", StringComparison.Ordinal) ? from : $"({from} {join})";
}

/// <param name="Stamp">The viewer's rights stamp in force; null where the session has ended.</param>
/// <param name="Request">Null where there is no such request.</param>
internal sealed record ClickReading(int? Stamp, LoadedRequest? Request);
