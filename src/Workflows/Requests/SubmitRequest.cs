using System.Globalization;
using System.Text.Json;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// A maker sends a request, or its correction, to the firm's checkers. The first time it gets its number, its release is pinned
/// and its record begins; after a return the revision rises and the number stays.
/// </summary>
public sealed class SubmitRequest(RequestClicks clicks, RequestMoves moves, DraftAnswers drafts, ProcessingDays days)
{
    public Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, RequestId id, string? seen, OperationKey? operation, CancellationToken ct)
    {
        var part = new SendPart(id);
        return clicks.RunAsync(viewer, part.Target, operation, click => Decide(click, seen, part), ct);
    }

    private Result<RequestChange> Decide(LoadedClick click, string? seen, SendPart part)
    {
        var (request, viewer, now) = click;
        if (RequestAccess.WhyNotEdit(viewer, request) is { } notYours) return notYours;
        if (request.Draft is null) return new RequestHasMovedOn(request.Status);
        if (seen is not null && seen != request.Version) return new SomebodyElseHasSaved(request.Version);
        var form = drafts.Check(request, now);
        if (form.Faults.Count > 0) return new AnswersAreIncomplete(form.Faults);
        if (RequestAccess.WhyNotForAll(request, m => viewer.MayMake(request.EService, m)) is { } notForAll) return notForAll;
        if (FilesAtFault(request) is { } files) return files;
        if (part.TakenBy(request) is { } taken) return taken;

        var sent = Sent(request, viewer, form.Answers, part, now);
        var moved = Moved(sent, StimulusOf(request), now);
        if (moved.IsRefused) return moved.Refusal;

        var move = moved.Value;
        var changes = request.IsDraft ? [] : RequestContent.Compare(request.Answers, sent.Answers).Select(d => d.Path).ToList();
        var what = new SentToChecker(sent.Number!, sent.Revision, sent.Bundle.Hash, sent.Answers, [.. sent.Parts.Edit.Select(u => u.ToString())], changes, move.After.Plan!, move.After.Status.Code());
        return new RequestChange(move.After, what, move.Effects, move.Plan, RequestContent.HashOf(sent), batch => part.Add(batch, request));
    }

    // Where nobody of the participant checks, the maker's click is the one that counts: in time or late by the deadline that a check would have.
    private Result<RequestMove> Moved(LoadedRequest sent, Stimulus stimulus, DateTimeOffset now)
    {
        var moved = moves.Advance(sent, stimulus, now);
        if (moved.IsRefused) return moved;
        var move = moved.Value;
        var opened = move.Effects.OfType<OpenTask>().FirstOrDefault();
        var isChecked = opened?.Kind is TaskKind.Check || move.After.Status == RequestStatus.PendingChecker;
        var due = (isChecked ? opened?.Deadline : sent.SubmittedAt is null ? sent.Bundle.Flow.CheckDeadline : null) is { } name ? move.Plan[name] : null;
        if (RequestMoves.TooLate(due, now) is { } late) return late;
        if (isChecked) return moved;
        return days.WhyNotNow(sent, now) is { } notToday
            ? notToday
            : moves.Advance(sent with { SubmittedAt = sent.SubmittedAt ?? now, IsLate = sent.IsLate || due?.DueAt <= now }, stimulus, now);
    }

    private static LoadedRequest Sent(LoadedRequest request, Viewer viewer, System.Text.Json.Nodes.JsonObject answers, SendPart part, DateTimeOffset now) => request with
    {
        Answers = answers,
        Draft = null,
        Number = request.Number ?? part.NumberFor(request.Bundle.Service.Code, HongKong.DateIn(now)),
        Revision = request.IsDraft ? request.Revision : request.Revision + 1,
        Parts = request.Parts.Adding(Part.Edit, viewer.User) with { Agreed = [] },
        SentBy = viewer.User,
        Remarks = null,
        Proposal = null,
        Outcomes = Requests.Outcomes.Standing(request) is { Count: > 0 } standing ? Requests.Outcomes.ToJson(standing) : null,
    };

    internal static Stimulus StimulusOf(LoadedRequest request) =>
        request.Waiting.Where(w => LoadedRequest.IsCorrection(w.Step)).Select(w => (Stimulus)new TaskAnswered(w.Step.Id, w.Visit, "Done"))
            .FirstOrDefault(new RunStarted());

    private static Refusal? FilesAtFault(LoadedRequest request)
    {
        if (request.Files.FirstOrDefault(f => f.Scan == "Waiting") is { } waiting) return new FilesAreWaitingForTheScan(waiting.Name);
        var faults = request.Files.Where(f => f.Scan == "Infected").Select(f => new FieldFault(f.Purpose, "infected")).ToList();
        return faults.Count > 0 ? new AnswersAreIncomplete(faults) : null;
    }

    /// <summary>
    /// The next number, and what other open requests keep to themselves of the things that this one speaks of. A click that comes to
    /// nothing leaves a gap among the numbers, which is allowed: no row is counted up.
    /// </summary>
    private sealed class SendPart(RequestId id) : IClickRow
    {
        private List<Taken> taken = [];
        private long next;

        public string Join => string.Empty;

        public string Key => "r.id";

        public string Columns =>
            """
            nextval('requests.request_number'),
            (SELECT json_agg(json_build_object('key', t.key, 'request', t.request_id, 'number', o.number, 'firm', o.firm_id))
             FROM requests.touch t JOIN requests.service_request o ON o.id = t.request_id WHERE t.key = ANY (r.touch_refs))
            """;

        public ClickTarget Target => ClickTarget.By(id.Value, this);

        public void Read(NpgsqlDataReader row, int? first)
        {
            if (first is not { } f) return;
            next = row.GetInt64(f);
            taken = row.IsDBNull(f + 1) ? [] : JsonSerializer.Deserialize<List<Taken>>(row.GetString(f + 1), JsonSerializerOptions.Web)!;
        }

        public string NumberFor(string code, DateOnly today) => string.Create(CultureInfo.InvariantCulture, $"{code}-{today:yyyyMMdd}-{next:00000}");

        // Another firm's request is not named: for this firm it does not exist.
        public AnotherRequestIsOpenForThis? TakenBy(LoadedRequest request) => taken.Where(t => t.Request != id.Value)
            .Select(t => new AnotherRequestIsOpenForThis(t.Key, t.Firm == request.Firm.Value ? t.Number : null)).FirstOrDefault();

        public void Add(ClickBatch batch, LoadedRequest request)
        {
            if (!request.IsDraft)
            {
                batch.AddBeside("DELETE FROM requests.touch WHERE request_id = $1 AND NOT key = ANY ($2)", id.Value, request.TouchRefs.ToArray());
            }

            var more = request.TouchRefs.Distinct().Where(k => taken.TrueForAll(t => t.Key != k)).ToArray();
            if (more.Length > 0)
            {
                batch.AddBeside("INSERT INTO requests.touch (key, request_id) SELECT k, $2 FROM unnest($1) k", more, id.Value);
            }
        }

        private sealed record Taken(string Key, Guid Request, string? Number, Guid Firm);
    }
}
