using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>An entry that another system feeds into the register.</summary>
/// <param name="Membership">Whose it is; null for what everybody reads.</param>
public sealed record EntryImport(string Kind, string Key, MembershipId? Membership, FirmId? Firm, JsonObject Values);

/// <summary>
/// Takes a feed of entries into the register: what is missing is added, what is there stays as it is. All in one statement, so
/// thousands cost little; two hosts may take in the same feed at once. System use case.
/// </summary>
public sealed class ImportEntries(ClickConnection connection)
{
    private const string Add =
        """
        INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from)
        SELECT gen_random_uuid(), e.kind, e.key, e.membership, e.firm, e.values, $2
        FROM jsonb_to_recordset($1) AS e (kind text, key text, membership text, firm uuid, values jsonb)
        WHERE NOT ($3 AND EXISTS (SELECT FROM register.entry h WHERE h.kind = e.kind AND h.key = e.key AND h.membership_id IS NOT DISTINCT FROM e.membership))
        ON CONFLICT (kind, key, membership_id) WHERE valid_to IS NULL DO NOTHING
        RETURNING 1
        """;

    /// <param name="validFrom">Business time from which they are in force.</param>
    /// <param name="onlyOnce">What was there once and has ended since stays ended.</param>
    /// <returns>How many were new.</returns>
    public async Task<Result<int>> HandleAsync(IReadOnlyList<EntryImport> entries, DateTimeOffset validFrom, CancellationToken ct, bool onlyOnce = false)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        var rows = new JsonArray([.. entries.Select(Row)]);
        return await connection.ReadAsync(
            batch => batch.Add(Add, rows, validFrom, onlyOnce),
            async (reader, token) =>
            {
                var added = 0;
                while (await reader.ReadAsync(token)) added++;
                return added;
            },
            ct);
    }

    private static JsonObject Row(EntryImport entry) => new()
    {
        ["kind"] = entry.Kind,
        ["key"] = entry.Key,
        ["membership"] = entry.Membership?.Value,
        ["firm"] = entry.Firm?.ToString(),
        ["values"] = entry.Values.DeepClone(),
    };
}
