using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Enrolment;

/// <summary>Activities for the clearing house, who announces them and marks who came; and for a participant what its firm is enrolled for.</summary>
internal static class EnrolmentEndpoints
{
    public static void MapEnrolment(this IEndpointRouteBuilder app)
    {
        app.MapGet("/activities", ListAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapGet("/activities/new", NewAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapPost("/activities", SaveNewAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapGet("/activities/{number}/edit", EditAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapPost("/activities/{number}", SaveAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapGet("/occasions/{key}", RosterAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapGet("/occasions/{key}/roster.csv", ExportAsync).Needs(Permission.ReadRegister).ExcludeFromDescription();
        app.MapPost("/occasions/{key}/attendance", MarkAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapGet("/occasions/{key}/cancellation", AskToCancelAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapPost("/occasions/{key}/cancellation", CancelAsync).Needs(Permission.RunActivities).ExcludeFromDescription();
        app.MapGet("/enrolments", OwnAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
        app.MapGet("/requests/{id}/calendar.ics", CalendarAsync).Needs(Permission.ViewRequests).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext http, Activities activities, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        return Pages.Activities(await Frames.ForAsync(http, ct), new ActivitiesView(await activities.ListAsync(viewer, null, ct), PermissionTable.Allows(viewer, Permission.RunActivities)));
    }

    private static async Task<IResult> NewAsync(HttpContext http, ActivityForms forms, CancellationToken ct) =>
        Pages.ActivityForm(await Frames.ForAsync(http, ct), forms.Of(null, [], []));

    private static async Task<IResult> EditAsync(HttpContext http, Activities activities, ActivityForms forms, string number, CancellationToken ct)
    {
        var own = await OwnOfAsync(http, activities, number, ct);
        return own.Count == 0 ? await PortalCalls.NothingHereAsync(http, ct) : Pages.ActivityForm(await Frames.ForAsync(http, ct), forms.Of(number, ActivityForms.Written(own), own));
    }

    private static Task<IResult> SaveNewAsync(HttpContext http, SaveActivity save, Activities activities, ActivityForms forms, CancellationToken ct) => SaveAsync(http, save, activities, forms, null!, ct);

    private static async Task<IResult> SaveAsync(HttpContext http, SaveActivity save, Activities activities, ActivityForms forms, string number, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var written = FormFields.Answers(form);
        var saved = await save.HandleAsync(http.GetViewer(), number, written, PortalCalls.Operation(http, form), ct);
        if (!saved.IsRefused) return PortalCalls.SeeOther(PortalCalls.WithDone("/activities", "activity-saved", saved.Value));
        if (saved.Refusal is NothingHere) return await PortalCalls.NothingHereAsync(http, ct);
        var own = number is null ? [] : await OwnOfAsync(http, activities, number, ct);
        var view = forms.Of(number, written, own, saved.Refusal.Fields) with { Refused = saved.Refusal.Fields.Count > 0 ? null : PortalCalls.Texts(l => $"{Words.Of(saved.Refusal, l)} {Words.NextAfter(saved.Refusal, l)}") };
        return Pages.ActivityForm(await Frames.ForAsync(http, ct), view);
    }

    private static async Task<IReadOnlyList<OccasionCount>> OwnOfAsync(HttpContext http, Activities activities, string number, CancellationToken ct) =>
        [.. (await activities.ListAsync(http.GetViewer(), number, ct)).Where(c => c.Occasion.Activity.Number == number)];

    private static async Task<IResult> RosterAsync(HttpContext http, Roster rosters, BusinessClock clock, string key, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await rosters.ReadAsync(viewer, key, ct) is not { } roster) return await PortalCalls.NothingHereAsync(http, ct);
        var (occasion, today) = (roster.Count.Occasion, HongKong.DateIn(clock.GetUtcNow()));
        var runs = PermissionTable.Allows(viewer, Permission.RunActivities);
        return Pages.Roster(await Frames.ForAsync(http, ct), new RosterView(roster, runs && occasion.Status == OccasionStatus.Open && today >= occasion.Date, runs && MayBeCancelled(occasion, today)));
    }

    private static async Task<IResult> ExportAsync(HttpContext http, Roster rosters, string key, CancellationToken ct) =>
        await rosters.ReadAsync(http.GetViewer(), key, ct) is { } roster
            ? Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(roster.ToCsv())).ToArray(), "text/csv; charset=utf-8", $"{key}.csv")
            : await PortalCalls.NothingHereAsync(http, ct);

    private static async Task<IResult> MarkAsync(HttpContext http, MarkAttendance mark, string key, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var marks = (FormFields.Answers(form)["marks"] as JsonArray ?? []).OfType<JsonObject>().Select(Mark).OfType<AttendanceMark>().ToList();
        var marked = await mark.HandleAsync(http.GetViewer(), key, marks, ct);
        return marked.IsRefused
            ? await PortalCalls.RefusedAsync(http, marked.Refusal, ct, ($"/occasions/{key}", Words.Text("roster.title")))
            : PortalCalls.SeeOther(PortalCalls.WithDone($"/occasions/{key}", "attendance-marked"));
    }

    private static AttendanceMark? Mark(JsonObject mark) =>
        RequestId.From(mark["request"].Said()) is { } request && int.TryParse(mark["number"].Said(), CultureInfo.InvariantCulture, out var number)
            ? new AttendanceMark(request, number, YesNo(mark["attended"].Said()), YesNo(mark["passed"].Said()), mark["remark"].Said())
            : null;

    private static bool? YesNo(string? said) => said switch { "true" => true, "false" => false, _ => null };

    private static bool MayBeCancelled(Occasion occasion, DateOnly today) => occasion.Status == OccasionStatus.Open && today <= occasion.Date;

    private static async Task<IResult> AskToCancelAsync(HttpContext http, Roster rosters, BusinessClock clock, string key, CancellationToken ct)
    {
        if (await rosters.ReadAsync(http.GetViewer(), key, ct) is not { } roster) return await PortalCalls.NothingHereAsync(http, ct);
        var occasion = roster.Count.Occasion;
        if (!MayBeCancelled(occasion, HongKong.DateIn(clock.GetUtcNow()))) return PortalCalls.SeeOther($"/occasions/{key}");
        return Pages.Interruption(await Frames.ForAsync(http, ct), new InterruptionView(
            PortalCalls.Texts(l => Words.Of("roster.cancel-title", l, ("name", occasion.Activity.Title.In(l)))),
            [
                PortalCalls.Texts(l => Words.Of("roster.cancel-date", l, ("date", HongKongWords.Date(occasion.Date, l)), ("key", occasion.Key))),
                PortalCalls.Texts(l => Words.Of("roster.cancel-taken", l, ("taken", roster.Count.Taken.ToString(CultureInfo.InvariantCulture)), ("waiting", roster.Count.Waiting.ToString(CultureInfo.InvariantCulture)))),
                Words.Text("roster.cancel-lead"),
            ],
            $"/occasions/{key}/cancellation", Words.Text("roster.cancel"), $"/occasions/{key}")
        {
            Current = "activities",
        });
    }

    private static async Task<IResult> CancelAsync(HttpContext http, CancelOccasion cancel, string key, CancellationToken ct)
    {
        var cancelled = await cancel.HandleAsync(http.GetViewer(), key, ct);
        return cancelled.IsRefused
            ? await PortalCalls.RefusedAsync(http, cancelled.Refusal, ct, ("/activities", Words.Text("activities.title")))
            : PortalCalls.SeeOther(PortalCalls.WithDone($"/occasions/{key}", "occasion-cancelled"));
    }

    private static async Task<IResult> OwnAsync(HttpContext http, EnrolmentsOf enrolments, CancellationToken ct) =>
        Pages.Enrolments(await Frames.ForAsync(http, ct), new EnrolmentsView(await enrolments.ReadAsync(http.GetViewer(), ct)));

    private static async Task<IResult> CalendarAsync(HttpContext http, EnrolmentsOf enrolments, BusinessClock clock, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } request || await enrolments.FindAsync(viewer, request, ct) is not { State: EnrolmentState.Enrolled } own) return await PortalCalls.NothingHereAsync(http, ct);
        var url = $"{http.Request.Scheme}://{http.Request.Host}/requests/{request}";
        return Results.File(Encoding.UTF8.GetBytes(CalendarFile.Of(own.Occasion, viewer.Language, clock.GetUtcNow(), url)), CalendarFile.Type, $"{own.Occasion.Key}.ics");
    }
}
