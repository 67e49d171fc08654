using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace ClientConnect.Workflows.Register;

/// <summary>Where an entry stands in time.</summary>
public enum EntryState
{
    InForce,

    /// <summary>It takes effect later.</summary>
    ToCome,

    Ended,
}

/// <summary>What a list of entries is cut to; null and empty mean all.</summary>
/// <param name="Text">Part of the key, of the membership or of a value.</param>
/// <param name="Page">From 1.</param>
public sealed record RegisterFilter(string? Text = null, MembershipId? Membership = null, EntryState? State = EntryState.InForce, int Page = 1, int Size = 25);

/// <summary>An entry with its time, and what brought and ended it.</summary>
/// <param name="Until">Exclusive; null while no end is known.</param>
/// <param name="Import">The import that brought it; null for all else.</param>
/// <param name="EndedBy">The request that ended it with nothing in its place.</param>
/// <param name="EndedByImport">The import that no longer brought it.</param>
/// <param name="EndedAfter">Its last day, where it ended because that was over.</param>
public sealed record DatedEntry(RegisterEntry Entry, DateTimeOffset? Until, Guid? Import, RequestId? EndedBy, Guid? EndedByImport, DateOnly? EndedAfter)
{
    public EntryState StateAt(DateTimeOffset now) => Entry.ValidFrom > now ? EntryState.ToCome : Until <= now ? EntryState.Ended : EntryState.InForce;
}

/// <summary>How many entries of a kind a viewer sees.</summary>
public sealed record KindCount(string Kind, int InForce, int ToCome);

/// <summary>
/// The register as people look things up in it, at any time: the clearing house all of it, a participant what is its own or nobody's. What is
/// another firm's is not there, and a kind that nobody named is nobody's to look up.
/// </summary>
public sealed class RegisterSearch(NpgsqlDataSource source, IRegisterKinds kinds, BusinessClock clock)
{
    /// <summary>Earlier and later entries of one key that are read at once.</summary>
    private const int MostOfAKey = 100;

    private const string Columns = "e.id, e.kind, e.key, e.membership_id, e.firm_id, e.values, e.valid_from, e.request_id, e.line, e.valid_to, e.import_id, e.ended_by, e.ended_by_import, e.ended_after";

    private const string Visible = "(@all OR e.membership_id = ANY (@own) OR (e.membership_id IS NULL AND (e.firm_id IS NULL OR e.firm_id = @firm)))";

    private const string IsInForce = "e.valid_from <= @now AND (e.valid_to IS NULL OR e.valid_to > @now)";

    private const string Cut =
        $"""
        FROM register.entry e
        WHERE e.kind = @kind AND {Visible} AND (@membership::text IS NULL OR e.membership_id = @membership)
          AND (@text::text IS NULL OR e.key ILIKE @text OR e.membership_id ILIKE @text OR EXISTS (SELECT FROM jsonb_each_text(e.values) v WHERE v.value ILIKE @text))
        """;

    /// <summary>The kinds that hold anything for the viewer, by name.</summary>
    public async Task<IReadOnlyList<KindCount>> KindsAsync(Viewer viewer, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewRegister)) return [];
        await using var command = Command(
            $"""
            SELECT k.kind, (SELECT count(*) FROM register.entry e WHERE e.kind = k.kind AND {Visible} AND {IsInForce}),
              (SELECT count(*) FROM register.entry e WHERE e.kind = k.kind AND {Visible} AND e.valid_from > @now AND e.valid_to IS NULL)
            FROM unnest(@kinds) AS k (kind) WHERE EXISTS (SELECT FROM register.entry e WHERE e.kind = k.kind AND {Visible}) ORDER BY k.kind
            """, viewer);
        Add(command, "kinds", NpgsqlDbType.Array | NpgsqlDbType.Text, kinds.All().Where(k => Sees(viewer, k.Value)).Select(k => k.Key).ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<KindCount>();
        while (await row.ReadAsync(ct)) found.Add(new KindCount(row.GetString(0), (int)row.GetInt64(1), (int)row.GetInt64(2)));
        return found;
    }

    /// <summary>One page of a kind's entries, and how many there are in all; null where the viewer sees no such kind.</summary>
    public async Task<(IReadOnlyList<DatedEntry> Items, int Total)?> ListAsync(Viewer viewer, string kind, RegisterFilter filter, CancellationToken ct)
    {
        if (!Sees(viewer, kind)) return null;
        await using var count = Command($"SELECT count(*) {Cut} AND {In(filter.State)}", viewer);
        Narrow(count, kind, filter);
        var total = (int)(long)(await count.ExecuteScalarAsync(ct))!;
        var size = Math.Clamp(filter.Size, 1, 100);
        var skip = ((long)Math.Max(1, filter.Page) - 1) * size;
        return (await ReadAsync(viewer, kind, filter, string.Create(CultureInfo.InvariantCulture, $"LIMIT {size} OFFSET {skip}"), ct), total);
    }

    /// <summary>All that the list holds, as a CSV file; a column for each value that any entry has. For the clearing house.</summary>
    public async Task<Result<string>> ExportAsync(Viewer viewer, string kind, RegisterFilter filter, CancellationToken ct) =>
        PermissionTable.Allows(viewer, Permission.ReadRegister) && Sees(viewer, kind) ? RegisterCsv.Of(await ReadAsync(viewer, kind, filter, "", ct)) : new NothingHere();

    /// <summary>Earlier and later entries of one key, latest first; empty where there is nothing for the viewer.</summary>
    /// <param name="membership">Null for all that the viewer sees.</param>
    public async Task<IReadOnlyList<DatedEntry>> FindAsync(Viewer viewer, string kind, string key, MembershipId? membership, CancellationToken ct)
    {
        if (!Sees(viewer, kind)) return [];
        await using var command = Command($"SELECT {Columns} {Cut} AND e.key = @key ORDER BY e.membership_id, e.valid_from DESC, e.valid_to DESC NULLS FIRST LIMIT {MostOfAKey}", viewer);
        Narrow(command, kind, new RegisterFilter(Membership: membership));
        Add(command, "key", NpgsqlDbType.Text, key);
        return await ReadAsync(command, ct);
    }

    /// <summary>What a request brought into the register, as the viewer sees it.</summary>
    public async Task<IReadOnlyList<DatedEntry>> OfRequestAsync(Viewer viewer, RequestId request, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewRegister)) return [];
        await using var command = Command($"SELECT {Columns} FROM register.entry e WHERE e.request_id = @request AND {Visible} ORDER BY e.line, e.kind, e.key LIMIT {MostOfAKey}", viewer);
        Add(command, "request", NpgsqlDbType.Uuid, request.Value);
        return [.. (await ReadAsync(command, ct)).Where(e => Sees(viewer, e.Entry.Kind))];
    }

    private async Task<IReadOnlyList<DatedEntry>> ReadAsync(Viewer viewer, string kind, RegisterFilter filter, string part, CancellationToken ct)
    {
        await using var command = Command($"SELECT {Columns} {Cut} AND {In(filter.State)} ORDER BY e.key, e.membership_id, e.valid_from DESC, e.id {part}", viewer);
        Narrow(command, kind, filter);
        return await ReadAsync(command, ct);
    }

    private static bool Sees(Viewer viewer, KindRule rule) => !rule.ForClearingHouse || PermissionTable.Allows(viewer, Permission.ReadRegister);

    private bool Sees(Viewer viewer, string kind) => PermissionTable.Allows(viewer, Permission.ViewRegister) && kinds.All().TryGetValue(kind, out var rule) && Sees(viewer, rule);

    private static string In(EntryState? state) => state switch
    {
        EntryState.InForce => IsInForce,
        EntryState.ToCome => "e.valid_from > @now",
        EntryState.Ended => "e.valid_from <= @now AND e.valid_to <= @now",
        _ => "true",
    };

    private NpgsqlCommand Command(string sql, Viewer viewer)
    {
        var command = source.CreateCommand(sql);
        Add(command, "all", NpgsqlDbType.Boolean, PermissionTable.Allows(viewer, Permission.ReadRegister));
        Add(command, "own", NpgsqlDbType.Array | NpgsqlDbType.Text, viewer.Memberships.Select(m => m.Id.Value).ToArray());
        Add(command, "firm", NpgsqlDbType.Uuid, viewer.Firm.Value);
        Add(command, "now", NpgsqlDbType.TimestampTz, clock.GetUtcNow().ToUniversalTime());
        return command;
    }

    private static void Narrow(NpgsqlCommand command, string kind, RegisterFilter filter)
    {
        Add(command, "kind", NpgsqlDbType.Text, kind);
        Add(command, "membership", NpgsqlDbType.Text, filter.Membership?.Value);
        Add(command, "text", NpgsqlDbType.Text, filter.Text?.Trim() is { Length: > 0 } text ? $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%" : null);
    }

    private static void Add(NpgsqlCommand command, string name, NpgsqlDbType type, object? value) => command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });

    private static async Task<IReadOnlyList<DatedEntry>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<DatedEntry>();
        while (await row.ReadAsync(ct)) found.Add(Entry(row));
        return found;
    }

    private static DatedEntry Entry(NpgsqlDataReader row) => new(
        new RegisterEntry(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : new MembershipId(row.GetString(3)), row.IsDBNull(4) ? null : new FirmId(row.GetGuid(4)),
            (JsonObject)JsonNode.Parse(row.GetString(5))!, row.GetFieldValue<DateTimeOffset>(6), Request(row, 7), row.IsDBNull(8) ? null : row.GetInt32(8)),
        row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9), Id(row, 10), Request(row, 11), Id(row, 12), row.IsDBNull(13) ? null : row.GetFieldValue<DateOnly>(13));

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static RequestId? Request(NpgsqlDataReader row, int column) => Id(row, column) is { } id ? new RequestId(id) : null;
}
