using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>A request's row, with its holder's, as it was read; whoever makes a request of it gets objects of its own.</summary>
internal sealed class RequestImage(object?[] values)
{
    public Guid Id => Value<Guid>(0);

    public int DraftRevision => Number(6);

    public int Sequence => Number(8);

    /// <summary>Characters of all that was filled in and decided, and then some.</summary>
    public long Size { get; } = 2_000 + values.Sum(v => v is string text ? text.Length : 0L);

    public string? TextOrNull(int column) => (string?)values[column];

    public string Text(int column) => (string)values[column]!;

    public int Number(int column) => (int)values[column]!;

    public bool Is(int column) => (bool)values[column]!;

    public T? Value<T>(int column) => (T?)values[column];

    public DateTimeOffset? Moment(int column) => values[column] is DateTime at ? new DateTimeOffset(at) : null;

    public JsonObject? Object(int column) => (JsonObject?)Node(column);

    public JsonArray? Array(int column) => (JsonArray?)Node(column);

    private JsonNode? Node(int column) => values[column] is string text ? JsonNode.Parse(text) : null;
}

/// <summary>What is read of a request, and the request that it makes.</summary>
internal sealed class RequestColumns(Catalogue catalogue, BusinessClock clock)
{
    /// <summary>What changes with the request's version, and what hardly ever does: its membership and firm.</summary>
    public const string Kept =
        """
        r.id, r.number, r.eservice, r.membership_id, r.firm_id, r.status, r.draft_revision, r.revision, r.sequence, r.head_hash,
               r.answers, r.draft, r.bundle_hash, r.run, r.outcomes, r.proposal, r.parts, r.plan, r.remarks, r.register_refs, r.touch_refs,
               r.file_refs, r.created_by, r.created_at, r.sent_by, r.submitted_at, r.is_late,
               m.clearing_house, m.participant_id, m.kind, m.is_china_connect, f.name_en, f.name_zh_hant, f.name_zh_hans,
               r.updated_at, r.updated_by
        """;

    /// <summary>How many columns <see cref="Kept"/> has.</summary>
    public const int KeptCount = 36;

    /// <summary>What may change while the request stands still: the scan of its files, and what the register holds of what it speaks of.</summary>
    public const string Fresh =
        """
        CASE WHEN r.file_refs <> '{}' THEN (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'purpose', a.purpose, 'name', a.name, 'size', a.size, 'sha256', a.sha256, 'scan', a.scan))
                 FROM files.attachment a WHERE a.id = ANY (r.file_refs) AND a.firm_id = r.firm_id) END,
               (SELECT json_agg(json_build_object('kind', e.kind, 'key', e.key, 'membership', e.membership_id, 'values', e.values))
                FROM register.entry e WHERE e.ref = ANY (r.register_refs) AND e.valid_to IS NULL AND (e.membership_id IS NULL OR e.membership_id = r.membership_id))
        """;

    public const string From = "requests.service_request r JOIN access.membership m ON m.id = r.membership_id JOIN access.firm f ON f.id = r.firm_id";

    /// <summary>The columns of <see cref="Kept"/>, from the first one on.</summary>
    public static RequestImage ImageIn(NpgsqlDataReader row)
    {
        var values = new object?[KeptCount];
        for (var i = 0; i < KeptCount; i++) values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
        return new RequestImage(values);
    }

    /// <param name="first">Place of the first column of <see cref="Fresh"/>.</param>
    public LoadedRequest Map(RequestImage image, NpgsqlDataReader row, int first)
    {
        var (eService, hash, draft) = (image.Text(2), image.TextOrNull(12), image.Object(11));
        var left = LeftAnswers.TakenFrom(draft);
        return new LoadedRequest
        {
            Id = new RequestId(image.Id),
            Number = image.TextOrNull(1),
            EService = eService,
            Membership = new HeldMembership(new MembershipId(image.Text(3)), Enum.Parse<ClearingHouse>(image.Text(27)), image.Text(28), image.Text(29), image.Is(30)),
            Firm = new FirmId(image.Value<Guid>(4)),
            FirmName = new LocalText(image.Text(31), image.TextOrNull(32), image.TextOrNull(33)),
            Status = Enum.Parse<RequestStatus>(image.Text(5)),
            DraftRevision = image.DraftRevision,
            Revision = image.Number(7),
            Sequence = image.Sequence,
            Head = image.Value<byte[]>(9) ?? Events.HashChain.Start,
            Answers = image.Object(10)!,
            Draft = draft,
            Left = left,
            Bundle = (hash is null ? catalogue.InForce(eService, clock.GetUtcNow()) : catalogue.ByHash(hash))
                ?? throw new InvalidOperationException($"Release {hash ?? "in force"} of {eService} is not loaded."),
            Run = image.TextOrNull(13) is { } run ? FlowState.FromJson(run) : FlowState.New,
            Outcomes = image.Array(14),
            Proposal = image.Object(15),
            Parts = Parts.From(image.Object(16)!),
            Plan = image.Object(17),
            Remarks = image.Array(18),
            RegisterRefs = image.Value<string[]>(19)!,
            TouchRefs = image.Value<string[]>(20)!,
            FileRefs = image.Value<Guid[]>(21)!,
            CreatedBy = new UserId(image.Value<Guid>(22)),
            CreatedAt = image.Moment(23)!.Value,
            SentBy = image.Value<Guid?>(24) is { } sender ? new UserId(sender) : null,
            SubmittedAt = image.Moment(25),
            IsLate = image.Is(26),
            UpdatedAt = image.Moment(34)!.Value,
            UpdatedBy = new UserId(image.Value<Guid>(35)),
            Files = row.IsDBNull(first) ? [] : FilesIn(row.GetString(first)),
            Register = row.IsDBNull(first + 1) ? [] : [.. ((JsonArray)JsonNode.Parse(row.GetString(first + 1))!).Select(EntryIn)],
        };
    }

    private static HeldEntry EntryIn(JsonNode? entry)
    {
        var values = (JsonObject)entry!["values"]!;
        entry.AsObject().Remove("values");
        return new HeldEntry((string)entry["kind"]!, (string)entry["key"]!, (string?)entry["membership"] is { } membership ? new MembershipId(membership) : null, values);
    }

    private static List<RequestFile> FilesIn(string rows) => JsonSerializer.Deserialize<List<FileInRow>>(rows, JsonSerializerOptions.Web)!
        .ConvertAll(f => new RequestFile(new AttachmentId(f.Id), f.Purpose, f.Name, f.Size, f.Sha256, f.Scan));

    private sealed record FileInRow(Guid Id, string Purpose, string Name, long Size, string Sha256, string Scan);
}
