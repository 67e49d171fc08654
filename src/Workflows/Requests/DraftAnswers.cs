using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>Answers as the form makes them: cleaned, computed, checked, and what they refer to.</summary>
/// <param name="Register">The entries that the form asked for and that there are.</param>
public sealed record CheckedAnswers(FormEvaluation Form, IReadOnlyList<HeldEntry> Register, IReadOnlyList<string> RegisterRefs, IReadOnlyList<string> TouchRefs, IReadOnlyList<Guid> FileRefs);

/// <summary>
/// Evaluates a form against the register. The form says which entries it looks up only while it is evaluated, so they are fetched
/// as they are asked for, until it asks for nothing new (a look-up by a looked-up value).
/// </summary>
public sealed class DraftAnswers(RegisterReader register, CalendarStore calendars, NpgsqlDataSource source)
{
    private const int Rounds = 4;

    /// <summary>Of a draft or a correction. Where only some lines are open, all else is put back, and what was to be changed there is a fault of the draft.</summary>
    public async Task<CheckedAnswers> CheckAsync(LoadedRequest request, Viewer viewer, JsonObject answers, DateTimeOffset now, CancellationToken ct)
    {
        var form = request.Bundle.Form;
        if (Outcomes.Open(request) is not { } open) return await CheckAsync(request.Bundle, viewer, request.Membership, answers, request.IsDraft ? null : request.Answers, null, now, ct);
        var kept = await CheckAsync(request.Bundle, viewer, request.Membership, OpenLines.PutBack(form, answers, request.Answers, open), request.Answers, open, now, ct);
        var typed = FormEvaluator.Evaluate(form, answers, ContextOf(request, now) with { OpenLines = null });
        return kept with { Form = kept.Form with { DraftFaults = [.. kept.Form.DraftFaults, .. OpenLines.Changed(form, typed.Answers, request.Answers, open)] } };
    }

    /// <summary>Of a draft that is begun.</summary>
    public Task<CheckedAnswers> CheckAsync(EServiceBundle bundle, Viewer viewer, HeldMembership membership, JsonObject answers, DateTimeOffset now, CancellationToken ct) =>
        CheckAsync(bundle, viewer, membership, answers, null, null, now, ct);

    private async Task<CheckedAnswers> CheckAsync(
        EServiceBundle bundle, Viewer viewer, HeldMembership membership, JsonObject answers, JsonObject? sent, IReadOnlySet<int>? open, DateTimeOffset now, CancellationToken ct)
    {
        var files = FormFiles.In(bundle.Form, answers);
        var held = new Dictionary<RegisterAsk, HeldEntry?>();
        foreach (var own in await register.OwnAsync(FormEvaluator.Counts(bundle.Form), membership.Id, ct))
        {
            held[new(own.Kind, own.Key)] = new HeldEntry(own.Kind, own.Key, own.Membership, own.Values);
        }

        var context = new FormContext(now, calendars.Current, membership, viewer.FirmName, (kind, key) => held.GetValueOrDefault(new(kind, key)), bundle.Service.SettingValues(),
            await OwnFilesAsync(viewer.Firm, files, ct), new FormPerson(viewer.Name, viewer.Email), sent)
        { OpenLines = open, Own = OwnIn(held.Values, membership.Id), Memberships = await MembershipsAsync(bundle, viewer.Firm, ct) };
        for (var round = 0; round < Rounds; round++)
        {
            var missing = FormEvaluator.Asks(bundle.Form, answers, context).Where(a => !held.ContainsKey(a)).ToList();
            if (missing.Count == 0) break;
            var found = await register.FindAsync([.. missing.Select(a => a.Ref)], membership.Id, ct);
            foreach (var ask in missing)
            {
                held[ask] = found.FirstOrDefault(e => e.Kind == ask.Kind && e.Key == ask.Key) is { } entry ? new HeldEntry(entry.Kind, entry.Key, entry.Membership, entry.Values) : null;
            }
        }

        var form = FormEvaluator.Evaluate(bundle.Form, answers, context);
        var refs = held.Keys.Union(AnswerPaths.Shown(bundle.Service, form.Answers)).Select(a => a.Ref).Order(StringComparer.Ordinal);
        var touches = AnswerPaths.Touches(bundle.Service, form.Answers).Where(t => t.Exclusive).Select(t => t.Key);
        return new CheckedAnswers(form, [.. held.Values.OfType<HeldEntry>()], [.. refs], [.. touches], [.. files]);
    }

    /// <summary>
    /// The same with what was loaded already: nothing is fetched, what was not loaded is not known. What register entries ask is what they ask now
    /// while it is filled in, and what they asked once it was sent.
    /// </summary>
    public FormEvaluation Check(LoadedRequest request, DateTimeOffset now) =>
        FormEvaluator.EvaluateStored(request.Draft is null ? request.Form : request.Bundle.Form, request.CurrentAnswers, ContextOf(request, now));

    /// <summary>Entries that a click may come to need while it is decided; for one click.</summary>
    public AskedEntries Entries() => new(register);

    /// <summary>What the request's form and decision may know, from what was loaded with it.</summary>
    public FormContext ContextOf(LoadedRequest request, DateTimeOffset now) => new(
        now, calendars.Current, request.Membership, request.FirmName.En,
        (kind, key) => request.Register.FirstOrDefault(r => r.Kind == kind && r.Key == key),
        request.Bundle.Service.SettingValues(),
        request.Files.ToDictionary(f => f.Id, f => new AttachedFile(f.Name, f.Size, f.Sha256, f.Examined)),
        Sent: request.IsDraft ? null : request.Answers)
    { OpenLines = Outcomes.Open(request), Own = OwnIn(request.Register, request.Membership.Id), Memberships = Memberships.For(request.Bundle, Memberships.Read(request.Facts.GetValueOrDefault("memberships"))) };

    /// <summary>The firm's memberships that the form may name; nothing is read where it names none.</summary>
    internal async Task<IReadOnlyList<HeldMembership>> MembershipsAsync(EServiceBundle bundle, FirmId firm, CancellationToken ct)
    {
        if (!Memberships.AreNamed(bundle.Form)) return [];
        await using var command = source.CreateCommand(MembershipsFact.Of("x.firm_id = $1"));
        command.Parameters.Add(new() { Value = firm.Value });
        return Memberships.For(bundle, Memberships.Read(await command.ExecuteScalarAsync(ct) is string found ? JsonNode.Parse(found) : null));
    }

    private static Func<string, IReadOnlyList<HeldEntry>> OwnIn(IEnumerable<HeldEntry?> entries, MembershipId membership) =>
        kind => [.. entries.OfType<HeldEntry>().Where(e => e.Kind == kind && e.Membership == membership)];

    private async Task<IReadOnlyDictionary<AttachmentId, AttachedFile>> OwnFilesAsync(FirmId firm, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var own = new Dictionary<AttachmentId, AttachedFile>();
        if (ids.Count == 0) return own;
        await using var command = source.CreateCommand("SELECT id, name, size, sha256, examined FROM files.attachment WHERE firm_id = $1 AND id = ANY ($2)");
        command.Parameters.Add(new() { Value = firm.Value });
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            own[new AttachmentId(row.GetGuid(0))] = new AttachedFile(row.GetString(1), row.GetInt64(2), row.GetString(3), row.IsDBNull(4) ? null : JsonNode.Parse(row.GetString(4)) as JsonObject);
        }

        return own;
    }
}
