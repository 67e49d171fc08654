using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/activities</c>, <c>/api/occasions</c> and <c>/api/enrolments</c>: what there is to enrol for, who comes, and what one's firm has.</summary>
internal static class ActivitiesApi
{
    public static void MapActivities(this RouteGroupBuilder api)
    {
        api.MapGet("/activities", List).Needs(Permission.ViewRequests).WithSummary("The dates of all activities with their places: for the clearing house all of them, for a participant those that are ahead and for it.").Produces<IReadOnlyList<OccasionModel>>();
        api.MapPost("/activities", (HttpContext http, SaveActivity save, CancellationToken ct) => Save(http, save, null, ct)).Needs(Permission.RunActivities).Takes<ActivityModel>().WithSummary("Announces an activity with its dates.").Produces<ActivitySavedModel>();
        api.MapPut("/activities/{number}", (HttpContext http, SaveActivity save, string number, CancellationToken ct) => Save(http, save, number, ct)).Needs(Permission.RunActivities).Takes<ActivityModel>().WithSummary("Changes an activity; a date that is to stay says its key, one that is left out stays as it is.").Produces<ActivitySavedModel>();
        api.MapGet("/occasions/{key}/roster", ReadRoster).Needs(Permission.ReadRegister).WithSummary("Who comes to a date, and who waits.").Produces<IReadOnlyList<AttendeeModel>>();
        api.MapPut("/occasions/{key}/attendance", Mark).Needs(Permission.RunActivities).Takes<AttendanceModel>().WithSummary("Marks who attended, with what result.").Produces<MarkedModel>();
        api.MapPost("/occasions/{key}/cancellation", Cancel).Needs(Permission.RunActivities).WithSummary("The date does not take place: everybody enrolled is told, and their requests end.").Produces(StatusCodes.Status204NoContent);
        api.MapGet("/enrolments", Own).Needs(Permission.ViewRequests).WithSummary("What your firm is enrolled for, or waits for.").Produces<IReadOnlyList<EnrolmentModel>>();
    }

    /// <summary>One date of an activity.</summary>
    /// <param name="Free">Places that whoever comes next may have.</param>
    /// <param name="Taken">Places that people have; null for participants.</param>
    /// <param name="Waiting">Requests on the waiting list; null for participants.</param>
    /// <param name="Questions">What whoever enrols is asked.</param>
    public sealed record OccasionModel(
        string Key, string Activity, LocalText Title, string Type, IReadOnlyList<string> Audience, bool Mandatory, DateOnly Date, string Starts, string Ends, string Venue, string? Link, int Capacity, int Free, bool WaitingList,
        DateOnly Opens, DateOnly Closes, DateOnly CancelBy, int? MostPerFirm, bool Checker, bool IsCancelled, int? Taken, int? Waiting, IReadOnlyList<QuestionModel> Questions);

    /// <summary>An activity to be announced.</summary>
    /// <param name="Title">In all three languages: {"en": …, "zh-Hant": …, "zh-Hans": …}.</param>
    /// <param name="Audience">Kinds of membership; left out or empty for all.</param>
    public sealed record ActivityModel(
        JsonObject Title, string Type, IReadOnlyList<string>? Audience, bool? Mandatory, string Opens, string Closes, string CancelBy, int? MostPerFirm, bool? WaitingList, bool? Checker, IReadOnlyList<DateModel> Occasions, IReadOnlyList<QuestionModel>? Questions);

    /// <summary>One of its dates.</summary>
    /// <param name="Key">Of a date that is there already; left out for a new one.</param>
    /// <param name="Capacity">0 or left out where nobody comes and the activity only asks: then times and venue may be left out too.</param>
    public sealed record DateModel(string? Key, string Date, string? Starts, string? Ends, string? Venue, string? Link, int? Capacity);

    /// <summary>What an activity asks whoever enrols.</summary>
    /// <param name="Name">Of a question that is there already; left out for a new one.</param>
    /// <param name="Type"><c>text</c>, <c>longText</c>, <c>integer</c>, <c>date</c>, <c>choice</c>, <c>yesNo</c> or <c>declaration</c>.</param>
    /// <param name="Label">In all three languages.</param>
    /// <param name="Each">Of each attendee; else once.</param>
    /// <param name="Options">What may be chosen.</param>
    public sealed record QuestionModel(string? Name, string Type, JsonObject Label, bool? Required, bool? Each, IReadOnlyList<QuestionOptionModel>? Options);

    /// <summary>One option, in all three languages.</summary>
    public sealed record QuestionOptionModel(string? Value, JsonObject Label);

    /// <summary>What was said to one question.</summary>
    public sealed record AnswerModel(string Name, LocalText Label, string Answer);

    /// <summary>The activity's number.</summary>
    public sealed record ActivitySavedModel(string Number);

    /// <summary>One attendee.</summary>
    /// <param name="Number">0 where nobody comes: a request that answered.</param>
    /// <param name="State"><c>enrolled</c> or <c>waiting</c>.</param>
    public sealed record AttendeeModel(
        string RequestId, string? RequestNumber, int Number, string Firm, string ParticipantId, string State, int Position, string Name, string? Title, string Email, string? Phone, string? Part, bool? Attended, bool? Passed, string? Remark, IReadOnlyList<AnswerModel> Answers);

    /// <summary>Marks of several attendees.</summary>
    public sealed record AttendanceModel(IReadOnlyList<MarkModel> Marks);

    /// <summary>What is marked of one attendee; what is left out is cleared.</summary>
    public sealed record MarkModel(string RequestId, int Number, bool? Attended, bool? Passed, string? Remark);

    /// <summary>How many attendees were marked.</summary>
    public sealed record MarkedModel(int Marked);

    /// <summary>Your firm's places, or its turn.</summary>
    /// <param name="State"><c>enrolled</c>, <c>waiting</c> or <c>givenUp</c>.</param>
    /// <param name="Ahead">Requests that wait before it; null where it does not wait.</param>
    public sealed record EnrolmentModel(string RequestId, string? RequestNumber, string Occasion, LocalText Title, DateOnly Date, string State, int Places, int? Ahead);

    private static async Task<IResult> List(HttpContext http, Activities activities, CancellationToken ct)
    {
        var sees = PermissionTable.Allows(http.GetViewer(), Permission.ReadRegister);
        return Results.Json((await activities.ListAsync(http.GetViewer(), null, ct)).Select(c => Model(c, sees)));
    }

    private static OccasionModel Model(OccasionCount count, bool sees)
    {
        var (occasion, activity) = (count.Occasion, count.Occasion.Activity);
        return new OccasionModel(
            occasion.Key, activity.Number, activity.Title, activity.Type, activity.Audience, activity.IsMandatory, occasion.Date, Time(occasion.Starts), Time(occasion.Ends), occasion.Venue, occasion.Link, occasion.Capacity, count.Free,
            activity.HasWaitingList, activity.Opens, activity.Closes, activity.CancelBy, activity.MostPerFirm, activity.NeedsChecker, occasion.Status == OccasionStatus.Cancelled, sees ? count.Taken : null, sees ? count.Waiting : null, [.. activity.Questions.Select(Model)]);
    }

    private static QuestionModel Model(EntryQuestion question) => new(
        question.Name, EntryQuestions.Word(question.Type), Words(question.Label), question.IsRequired, question.OfLines, [.. question.Options.Select(o => new QuestionOptionModel(o.Value, Words(o.Label)))]);

    private static JsonObject Words(LocalText text) => (JsonObject)JsonSerializer.SerializeToNode(text)!;

    private static async Task<IResult> Save(HttpContext http, SaveActivity save, string? number, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (body, problem) = await JsonBody.ReadAsync<ActivityModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var saved = await save.HandleAsync(viewer, number, body, operation, ct);
        return saved.IsRefused ? Problems.Of(saved.Refusal, viewer.Language) : Results.Json(new ActivitySavedModel(saved.Value));
    }

    private static async Task<IResult> ReadRoster(HttpContext http, Roster rosters, string key, CancellationToken ct) =>
        await rosters.ReadAsync(http.GetViewer(), key, ct) is { } roster
            ? Results.Json(roster.Rows.Select(r => new AttendeeModel(r.Request.ToString(), r.RequestNumber, r.Number, r.Firm, r.ParticipantId, Camel(r.State), r.Position, r.Name, r.Title, r.Email, r.Phone, r.Part, r.HasAttended, r.HasPassed, r.Remark, [.. r.Answers.Select(a => new AnswerModel(a.Field.Name, a.Field.Label, a.Text))])))
            : Problems.Of(new NothingHere(), http.GetViewer().Language);

    private static async Task<IResult> Mark(HttpContext http, MarkAttendance mark, KeptAnswers answers, string key, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (body, problem) = await JsonBody.ReadAsync<AttendanceModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var marks = ((JsonArray)body["marks"]!).OfType<JsonObject>().Select(m => (Id: RequestId.From(m.Text("requestId")), Json: m)).ToList();
        var unknown = marks.Index().Where(m => m.Item.Id is null).Select(m => new FieldFault($"marks[{m.Index}].requestId", "not-an-option")).ToList();
        if (unknown.Count > 0) return Problems.Of(new AnswersAreIncomplete(unknown), viewer.Language);
        var marked = await answers.OnceAsync(viewer, operation, () => mark.HandleAsync(viewer, key,
            [.. marks.Select(m => new AttendanceMark(m.Id!.Value, (int)m.Json["number"]!.GetValue<decimal>(), (bool?)m.Json["attended"], (bool?)m.Json["passed"], m.Json.Text("remark")))], ct), ct);
        return marked.IsRefused ? Problems.Of(marked.Refusal, viewer.Language) : Results.Json(new MarkedModel(marked.Value));
    }

    private static async Task<IResult> Cancel(HttpContext http, CancelOccasion cancel, KeptAnswers answers, string key, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        if (problem is not null) return problem;
        var cancelled = await answers.OnceAsync(viewer, operation, () => cancel.HandleAsync(viewer, key, ct), ct);
        return cancelled.IsRefused ? Problems.Of(cancelled.Refusal, viewer.Language) : Results.NoContent();
    }

    private static async Task<IResult> Own(HttpContext http, EnrolmentsOf enrolments, CancellationToken ct) =>
        Results.Json((await enrolments.ReadAsync(http.GetViewer(), ct)).Select(e => new EnrolmentModel(e.Request.ToString(), e.RequestNumber, e.Occasion.Key, e.Occasion.Activity.Title, e.Occasion.Date, Camel(e.State), e.Places, e.Ahead)));

    private static string Time(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Camel(EnrolmentState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
