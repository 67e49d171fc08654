using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>There is nothing left to make an example from.</summary>
public sealed record NoSampleLeft() : Refusal(RefusalKind.Conflict);

/// <summary>A complete example of an eService for a membership, to be sent as it is.</summary>
public sealed record SampleRequest(string EService, string Membership, JsonObject Answers);

/// <summary>
/// Makes examples from what the register holds, for demonstrations and tests. What an open request touches is not used, and what
/// was handed out lately only when nothing else is left, so that many in a row can all be sent.
/// </summary>
public sealed class Samples(Catalogue catalogue, RegisterReader register, CalendarStore calendars, BusinessClock clock, NpgsqlDataSource source, DraftAnswers drafts)
{
    private readonly HashSet<string> handedOut = [];
    private readonly Lock gate = new();

    /// <param name="membership">Null for the first one that may make it.</param>
    public async Task<Result<SampleRequest>> HandleAsync(Viewer viewer, string eService, string? membership, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (catalogue.InForce(eService, now) is not { } bundle) return new NothingHere();
        if (viewer.Memberships.FirstOrDefault(m => (membership is null || m.Id.Value == membership) && viewer.MayMake(eService, m.Id) && bundle.Service.IsFor(m)) is not { } held) return new NotForThisMembership();

        var (files, known) = await FilesAsync(viewer.Firm, ct);
        var entries = bundle.Sample?.Lines is { } lines ? await register.OfKindAsync(viewer, lines.Kind, held.Id, ct) : [];
        var securities = await LookedUpAsync(viewer, bundle, held.Id, ct);
        var context = new FormContext(now, calendars.Current, held, viewer.FirmName, (kind, key) => securities.GetValueOrDefault($"{kind}:{key}"), bundle.Service.SettingValues(), known, new FormPerson(viewer.Name, viewer.Email)) { Memberships = await drafts.MembershipsAsync(bundle, viewer.Firm, ct) };
        var touched = await TouchedAsync(ct);
        var free = entries.Where(e => !bundle.Service.Touches.Any(t => touched.Contains(AnswerPaths.Touch(t, e.Key)))).Select(e => new HeldEntry(e.Kind, e.Key, e.Membership, e.Values));
        return Made(bundle, context, [.. free], files) is { } answers ? new SampleRequest(eService, held.Id.Value, answers) : new NoSampleLeft();
    }

    private JsonObject? Made(EServiceBundle bundle, FormContext context, IReadOnlyList<HeldEntry> free, JsonObject files)
    {
        lock (gate)
        {
            var fresh = free.Where(e => !handedOut.Contains($"{e.Kind}:{e.Key}")).ToList();
            var answers = SampleAnswers.For(bundle, context, fresh, files);
            if (answers is null)
            {
                handedOut.Clear();
                answers = SampleAnswers.For(bundle, context, free, files);
            }

            var text = answers?.ToJsonString() ?? string.Empty;
            handedOut.UnionWith(free.Where(e => text.Contains($"\"{e.Key}\"", StringComparison.Ordinal)).Select(e => $"{e.Kind}:{e.Key}"));
            return answers;
        }
    }

    private async Task<Dictionary<string, HeldEntry>> LookedUpAsync(Viewer viewer, EServiceBundle bundle, MembershipId membership, CancellationToken ct)
    {
        var kinds = bundle.Form.Fields.SelectMany(f => f.Columns.Prepend(f)).Select(f => f.Lookup?.Kind).OfType<string>().Distinct();
        var held = new Dictionary<string, HeldEntry>(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            foreach (var entry in await register.OfKindAsync(viewer, kind, membership, ct))
            {
                held[entry.Ref] = new HeldEntry(entry.Kind, entry.Key, entry.Membership, entry.Values);
            }
        }

        return held;
    }

    private async Task<(JsonObject Files, IReadOnlyDictionary<AttachmentId, AttachedFile> Known)> FilesAsync(FirmId firm, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT id, purpose, name, size, sha256 FROM files.attachment WHERE firm_id = $1 AND demonstration ORDER BY uploaded_at, id");
        command.Parameters.Add(new() { Value = firm.Value });
        var files = new JsonObject();
        var known = new Dictionary<AttachmentId, AttachedFile>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            known[new AttachmentId(row.GetGuid(0))] = new AttachedFile(row.GetString(2), row.GetInt64(3), row.GetString(4));
            (files[row.GetString(1)] ??= new JsonArray()).AsArray().Add((JsonNode)row.GetGuid(0).ToString());
        }

        return (files, known);
    }

    private async Task<HashSet<string>> TouchedAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT key FROM requests.touch");
        var touched = new HashSet<string>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            touched.Add(row.GetString(0));
        }

        return touched;
    }
}
