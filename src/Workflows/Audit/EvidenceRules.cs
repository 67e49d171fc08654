using System.Globalization;
using Npgsql;

namespace ClientConnect.Workflows.Audit;

/// <summary>O1, O4 and O6: what somebody outside wrote down or received, against the rows.</summary>
internal sealed class EvidenceRules(NpgsqlConnection connection, AuditEvidence evidence, Action<string, string, string> differs)
{
    public async Task CheckAsync(CancellationToken ct)
    {
        foreach (var click in evidence.Acknowledged) await AcknowledgedAsync(click, ct);
        foreach (var head in evidence.PublishedHeads) await PublishedAsync(head, ct);
        if (evidence.MessageIds is not null) await ArrivedAsync(evidence.MessageIds, ct);
    }

    private async Task AcknowledgedAsync(AcknowledgedClick click, CancellationToken ct)
    {
        var where = click.Request.ToString();
        (int Revision, int Sequence)? stored = null;
        await AuditedRequests.EachAsync(connection, "SELECT draft_revision, sequence FROM requests.service_request WHERE id = $1", [click.Request.Value],
            r => stored = (r.GetInt32(0), r.GetInt32(1)), ct);
        var said = click.Version.Split('.').Select(n => int.TryParse(n, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue).ToArray();
        if (stored is not { } now) differs("O1", where, $"the acknowledged version {click.Version} is lost with its request");
        else if (said.Length != 2 || now.Revision < said[0] || now.Sequence < said[1]) differs("O1", where, $"version {click.Version} was acknowledged, {now.Revision}.{now.Sequence} is stored");
        if (click.Key is not { } key) return;

        var answers = new List<string?>();
        await AuditedRequests.EachAsync(connection, "SELECT answer->>'version' FROM requests.operation WHERE key = $1 AND answer->>'id' = $2", [key, where],
            r => answers.Add(AuditedRequests.Text(r, 0)), ct);
        if (answers.Count == 0) differs("O1", where, $"the acknowledged operation '{key}' is not stored");
        else if (!answers.Contains(click.Version)) differs("O1", where, $"the operation '{key}' was acknowledged with version {click.Version} and is stored with {string.Join(", ", answers)}");
    }

    private async Task PublishedAsync(PublishedHead head, CancellationToken ct)
    {
        string? hash = null;
        await AuditedRequests.EachAsync(connection, "SELECT encode(hash, 'hex') FROM events.event WHERE request_id = $1 AND sequence = $2", [head.Request.Value, head.Sequence], r => hash = r.GetString(0), ct);
        if (hash is null) differs("O4", head.Request.ToString(), $"event {head.Sequence}, whose hash was published, is not there");
        else if (!string.Equals(hash, head.Hash, StringComparison.OrdinalIgnoreCase)) differs("O4", head.Request.ToString(), $"event {head.Sequence} has another hash than the one that was published: its chain was written anew");
    }

    private async Task ArrivedAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var arrived = ids.GroupBy(i => i, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        await AuditedRequests.EachAsync(connection, "SELECT message_id, coalesce(request_id::text, 'the portal''s own'), template, email FROM notices.notice WHERE state = 'Sent' AND message_id IS NOT NULL", [],
            r =>
            {
                if (!arrived.ContainsKey(r.GetString(0))) differs("O6", r.GetString(1), $"'{r.GetString(2)}' to {r.GetString(3)} counts as sent and never arrived ({r.GetString(0)})");
            }, ct);
        var twice = arrived.Where(a => a.Value > 1).ToList();
        if (twice.Sum(a => a.Value - 1) <= evidence.InFlight) return;
        foreach (var (id, times) in twice) differs("O6", id, $"the mail arrived {times} times");
    }
}
