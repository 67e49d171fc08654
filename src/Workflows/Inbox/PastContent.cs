using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// Finds out what somebody had on the screen, from the hash that came with the decision: while a task is open, answers and files
/// stand still, so what can have changed is what the register holds, and the register keeps what it held.
/// </summary>
public sealed class PastContent(RequestReader requests, NpgsqlDataSource source)
{
    /// <summary>The same refusal with the differences, where the content behind <paramref name="seen"/> can be found again.</summary>
    internal async Task<ContentHasChanged> ExplainAsync(Viewer viewer, TaskId id, string seen, ContentHasChanged refusal, CancellationToken ct)
    {
        var found = new ClickTask();
        if (await requests.FindAsync(viewer, found.Of(id), ct) is not { } request) return refusal;
        var now = RequestContent.Of(request);
        foreach (var before in await PastReadingsAsync(request, ct))
        {
            if (RequestContent.HashOf(before) == seen) return refusal with { Differences = RequestContent.Compare(RequestContent.Of(before), now) };
        }

        return refusal;
    }

    private async Task<IReadOnlyList<LoadedRequest>> PastReadingsAsync(LoadedRequest request, CancellationToken ct)
    {
        var history = await HistoryAsync(request, ct);
        var readings = new List<LoadedRequest>();
        foreach (var moment in history.Select(h => h.From).Distinct().OrderDescending())
        {
            var held = history.Where(h => h.From <= moment && (h.To is null || h.To > moment)).Select(h => h.Value).ToList();
            readings.Add(request with { Register = held });
            readings.Add(request with { Register = held, Proposal = null });
        }

        return readings;
    }

    private async Task<List<(DateTimeOffset From, DateTimeOffset? To, HeldEntry Value)>> HistoryAsync(LoadedRequest request, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        new ClickBatch(batch).Add(
            "SELECT kind, key, values, valid_from, valid_to, membership_id FROM register.entry WHERE ref = ANY ($1) AND (membership_id IS NULL OR membership_id = $2) ORDER BY valid_from LIMIT 500",
            request.RegisterRefs.ToArray(), request.Membership.Id.Value);
        var history = new List<(DateTimeOffset, DateTimeOffset?, HeldEntry)>();
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            history.Add((row.GetFieldValue<DateTimeOffset>(3), await row.IsDBNullAsync(4, ct) ? null : row.GetFieldValue<DateTimeOffset>(4),
                new HeldEntry(row.GetString(0), row.GetString(1), await row.IsDBNullAsync(5, ct) ? null : new MembershipId(row.GetString(5)), (JsonObject)JsonNode.Parse(row.GetString(2))!)));
        }

        return history;
    }
}
