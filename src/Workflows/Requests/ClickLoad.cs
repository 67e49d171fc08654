using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The first round trip of a click: session, request, register values, and what the click adds. Files, and facts that few eServices speak of, are
/// read along where a request has them: PostgreSQL opens their tables whether it then looks into them or not, and every click would pay for it.
/// </summary>
public sealed class ClickLoad
{
    // Whose an entry is is asked so that no index can answer it: by the one of memberships PostgreSQL would read all that a firm holds, and where the
    // register has not been counted yet it does.
    private const string OwnColumns =
        """
        r.id, r.number, r.eservice, r.membership_id, r.firm_id, r.status, r.draft_revision, r.revision, r.sequence, r.head_hash,
               r.answers, r.draft, r.bundle_hash, r.run, r.outcomes, r.proposal, r.parts, r.plan, r.remarks, r.register_refs, r.touch_refs,
               r.file_refs, r.created_by, r.created_at, r.sent_by, r.submitted_at, r.is_late,
               m.clearing_house, m.participant_id, m.kind, m.is_china_connect, f.name_en, f.name_zh_hant, f.name_zh_hans,
               r.updated_at, r.updated_by, r.milestones, r.follow_ups,
               (SELECT array_agg(ARRAY[e.kind, e.key, e.membership_id, e.values::text])
                FROM register.entry e WHERE e.ref = ANY (r.register_refs) AND e.valid_to IS NULL AND coalesce(e.membership_id, r.membership_id) = r.membership_id)
        """;

    private const string Files =
        """
        (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'purpose', a.purpose, 'name', a.name, 'size', a.size, 'sha256', a.sha256, 'scan', a.scan, 'examined', a.examined))
         FROM files.attachment a WHERE a.id = ANY (r.file_refs) AND a.firm_id = r.firm_id AND a.message_id IS NULL)
        """;

    private const string From = "requests.service_request r JOIN access.membership m ON m.id = r.membership_id JOIN access.firm f ON f.id = r.firm_id";

    // Each statement costs as much again to begin and end as it does to find a row: what every click reads is one.
    private const string Session =
        """
        (SELECT u.stamp FROM access.session s JOIN access.user_account u ON u.id = s.user_id
         WHERE s.token_hash = $2 AND s.ended_at IS NULL AND s.expires_at > $3 AND NOT u.is_disabled)
        """;

    private const int Own = 39;
    private const int MostRemembered = 10_000;

    private static readonly Dictionary<string, JsonNode?> NoFacts = [];

    // Requests that have more to read than most, by their own id and by what they were found by.
    private readonly ConcurrentDictionary<Guid, bool> having = new();
    private readonly ConcurrentDictionary<string, bool> speakingReleases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(Type? Row, bool All), string> statements = new();
    private readonly Catalogue catalogue;
    private readonly BusinessClock clock;
    private readonly IReadOnlyList<IRequestFact> facts;

    public ClickLoad(Catalogue catalogue, BusinessClock clock, IEnumerable<IRequestFact> facts) =>
        (this.catalogue, this.clock, this.facts) = (catalogue, clock, [.. facts]);

    /// <summary>One round trip; a second one where the request has more to read than most and this host has not met it before.</summary>
    internal async Task<ClickReading> ReadAsync(ClickConnection connection, ClickTarget target, Viewer viewer, DateTimeOffset machineNow, CancellationToken ct)
    {
        var all = having.ContainsKey(target.Id);
        var reading = await ReadAsync(all);
        if (all || reading.Request is not { } request || !HasMore(request)) return reading;
        if (having.Count >= MostRemembered) having.Clear();
        having[target.Id] = having[request.Id.Value] = true;
        return await ReadAsync(true);

        Task<ClickReading> ReadAsync(bool all) => connection.ReadAsync(
            batch => batch.Add(statements.GetOrAdd((target.Row?.GetType(), all), key => Statement(target.Row, key.All)), target.Id, viewer.Session, machineNow),
            (reader, token) => OneAsync(reader, target, all, token),
            ct);
    }

    private bool HasMore(LoadedRequest request) => request.FileRefs.Count > 0
        || (request.IsReadable && speakingReleases.GetOrAdd(request.Bundle.Hash, _ => facts.SelectMany(f => f.Words).Any(request.Bundle.SpeaksOf)));

    private async Task<ClickReading> OneAsync(NpgsqlDataReader reader, ClickTarget target, bool all, CancellationToken ct)
    {
        var (isThere, stamp) = (await reader.ReadAsync(ct), all ? Own + 1 + facts.Count : Own);
        target.Row?.Read(reader, isThere ? stamp + 1 : null);
        return isThere ? new ClickReading(reader.IsDBNull(stamp) ? null : reader.GetInt32(stamp), Map(reader, all)) : new ClickReading(null, null);
    }

    private string Columns(bool all) => all ? string.Join(", ", facts.Select(f => f.Sql).Prepend(Files).Prepend(OwnColumns)) : OwnColumns;

    private string Statement(IClickRow? row, bool all) => row is null
        ? $"SELECT {Columns(all)}, {Session} FROM {From} WHERE r.id = $1"
        : $"SELECT {Columns(all)}, {Session}, {row.Columns} FROM {From} {row.Join} WHERE {row.Key} = $1";

    /// <summary>Many requests at once, on a connection that holds their locks. System read, for the sweep.</summary>
    public async Task<IReadOnlyList<LoadedRequest>> ManyAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT {Columns(all: true)} FROM {From} WHERE r.id = ANY ($1)", connection);
        command.Parameters.Add(((SqlValue)ids).ToParameter());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var requests = new List<LoadedRequest>();
        while (await reader.ReadAsync(ct))
        {
            requests.Add(Map(reader, all: true));
        }

        return requests;
    }

    private LoadedRequest Map(NpgsqlDataReader row, bool all)
    {
        var hash = Text(row, 12);
        var draft = Object(row, 11);
        return new LoadedRequest
        {
            Id = new RequestId(row.GetGuid(0)),
            Number = Text(row, 1),
            EService = row.GetString(2),
            Membership = new HeldMembership(new MembershipId(row.GetString(3)), Enum.Parse<ClearingHouse>(row.GetString(27)), row.GetString(28), row.GetString(29), row.GetBoolean(30)),
            Firm = new FirmId(row.GetGuid(4)),
            FirmName = new LocalText(row.GetString(31), Text(row, 32), Text(row, 33)),
            Status = Enum.Parse<RequestStatus>(row.GetString(5)),
            DraftRevision = row.GetInt32(6),
            Revision = row.GetInt32(7),
            Sequence = row.GetInt32(8),
            Head = row.IsDBNull(9) ? Events.HashChain.Start : row.GetFieldValue<byte[]>(9),
            Answers = Object(row, 10)!,
            Draft = draft,
            Left = LeftAnswers.TakenFrom(draft),
            Release = hash,
            Bundle = hash is null ? catalogue.InForce(row.GetString(2), clock.GetUtcNow()) : catalogue.ByHash(hash),
            Run = Text(row, 13) is { } run ? FlowState.FromJson(run) : FlowState.New,
            Outcomes = Text(row, 14) is { } outcomes ? JsonNode.Parse(outcomes) as JsonArray : null,
            Proposal = Object(row, 15),
            Parts = Requests.Parts.From(Object(row, 16)!),
            Plan = Object(row, 17),
            Remarks = Text(row, 18) is { } remarks ? JsonNode.Parse(remarks) as JsonArray : null,
            RegisterRefs = row.GetFieldValue<string[]>(19),
            TouchRefs = row.GetFieldValue<string[]>(20),
            FileRefs = row.GetFieldValue<Guid[]>(21),
            CreatedBy = new UserId(row.GetGuid(22)),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(23),
            SentBy = row.IsDBNull(24) ? null : new UserId(row.GetGuid(24)),
            SubmittedAt = row.IsDBNull(25) ? null : row.GetFieldValue<DateTimeOffset>(25),
            IsLate = row.GetBoolean(26),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(34),
            UpdatedBy = new UserId(row.GetGuid(35)),
            Milestones = Object(row, 36),
            FollowUps = Text(row, 37) is { } followUps ? JsonNode.Parse(followUps) as JsonArray : null,
            Register = row.IsDBNull(38) ? [] : EntriesIn(row.GetFieldValue<string?[,]>(38)),
            Files = all && !row.IsDBNull(Own) ? FilesIn(row.GetString(Own)) : [],
            Facts = all ? FactsIn(row) : NoFacts,
        };
    }

    private Dictionary<string, JsonNode?> FactsIn(NpgsqlDataReader row)
    {
        var known = new Dictionary<string, JsonNode?>(facts.Count);
        foreach (var (i, fact) in facts.Index())
        {
            if (!row.IsDBNull(Own + 1 + i)) known[fact.Name] = JsonNode.Parse(row.GetString(Own + 1 + i));
        }

        return known;
    }

    // As texts in an array: JSON made of JSON would be written and read twice.
    private static HeldEntry[] EntriesIn(string?[,] rows) =>
        [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => new HeldEntry(
            rows[i, 0]!, rows[i, 1]!, rows[i, 2] is { } membership ? new MembershipId(membership) : null, (JsonObject)JsonNode.Parse(rows[i, 3]!)!))];

    private static List<RequestFile> FilesIn(string rows) => JsonSerializer.Deserialize<List<FileInRow>>(rows, JsonSerializerOptions.Web)!
        .ConvertAll(f => new RequestFile(new AttachmentId(f.Id), f.Purpose, f.Name, f.Size, f.Sha256, f.Scan) { Examined = f.Examined });

    private sealed record FileInRow(Guid Id, string Purpose, string Name, long Size, string Sha256, string Scan, JsonObject? Examined);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonObject? Object(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : (JsonObject?)JsonNode.Parse(row.GetString(column));
}

/// <param name="Stamp">The viewer's rights stamp in force; null where the session has ended, and where there is no such request.</param>
/// <param name="Request">Null where there is no such request.</param>
internal sealed record ClickReading(int? Stamp, LoadedRequest? Request);
