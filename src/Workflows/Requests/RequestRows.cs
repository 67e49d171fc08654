using System.Collections.Concurrent;
using ClientConnect.Workflows.Database;

namespace ClientConnect.Workflows.Requests;

/// <summary>The rows of several requests at once: those of which the same columns change are one UPDATE.</summary>
internal static class RequestRows
{
    private static readonly ConcurrentDictionary<string, string> Statements = new(StringComparer.Ordinal);

    /// <param name="changes">Each found by id, draft revision and sequence, and of columns that hold no arrays.</param>
    public static void AddTo(ClickBatch batch, IReadOnlyList<RowChange> changes)
    {
        foreach (var alike in changes.GroupBy(c => string.Join(',', c.Columns)))
        {
            var rows = new RowSet();
            foreach (var change in alike)
            {
                rows.Add([.. change.Values]);
            }

            rows.AddTo(batch, Statements.GetOrAdd(alike.Key, _ => Statement(alike.First().Columns)), rows.Count);
        }
    }

    // A row that is no longer the one that was loaded is not found, and then all of them are rolled back.
    private static string Statement(IReadOnlyList<string> columns) =>
        $"""
        WITH written AS (
          UPDATE requests.service_request r SET {string.Join(", ", columns.Select(c => $"{c} = s.{c}"))}
          FROM unnest({RowSet.Places(columns.Count + 3)}) AS s (seen_id, seen_draft, seen_sequence, {string.Join(", ", columns)})
          WHERE r.id = s.seen_id AND r.draft_revision = s.seen_draft AND r.sequence = s.seen_sequence RETURNING 1)
        SELECT setup.expect(count(*) = ${columns.Count + 4}) FROM written
        """;
}
