using ClientConnect.Host.Portal.Access;
using ClientConnect.Host.Portal.Designer;
using ClientConnect.Host.Portal.Dev;
using ClientConnect.Host.Portal.Enrolment;
using ClientConnect.Host.Portal.EServices;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Files;
using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Notices;
using ClientConnect.Host.Portal.Operations;
using ClientConnect.Host.Portal.Register;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClientConnect.Host.Portal;

/// <summary>All pages, typed: an endpoint fills a view record and returns one of these. A page with faults answers 422.</summary>
public static class Pages
{
    public static IResult SignIn(Frame frame, SignInView view) => Page<SignInPage, SignInView>(frame, view, view.Refused is null or "sign-in.session-over" ? 200 : 422);

    public static IResult Totp(Frame frame, TotpView view) => Page<TotpPage, TotpView>(frame, view, view.Refused is null ? 200 : 422);

    public static IResult TotpSetUp(Frame frame, TotpSetUpView view) => Page<TotpSetUpPage, TotpSetUpView>(frame, view, view.Refused is null ? 200 : 422);

    public static IResult Account(Frame frame, AccountView view) => Page<AccountPage, AccountView>(frame, view, StatusFor(view.Faults.Count));

    public static IResult HouseHome(Frame frame, HouseHomeView view) => Page<HouseHomePage, HouseHomeView>(frame, view);

    public static IResult Home(Frame frame, HomeView view) => Page<HomePage, HomeView>(frame, view);

    public static IResult Catalogue(Frame frame, CatalogueView view) => Page<CataloguePage, CatalogueView>(frame, view);

    public static IResult EService(Frame frame, EServiceView view) => Page<EServicePage, EServiceView>(frame, view, StatusFor(view.Fault is null ? 0 : 1));

    /// <summary>The form; after <c>refresh</c> or with script too: the browser takes <c>#form-body</c> out of it.</summary>
    public static IResult Form(Frame frame, FormView view) =>
        Page<FormPage, FormView>(frame, view, view.Saved.Conflict ? StatusCodes.Status412PreconditionFailed : StatusFor(view.Faults.Count));

    /// <summary>The whole answer to <c>do=autosave</c>: whether it is saved, and the draft's new revision.</summary>
    public static IResult FormSaved(Frame frame, SavedView view) => Page<SavedFragment, SavedView>(frame, view, view.Conflict ? 409 : 200);

    public static IResult Check(Frame frame, CheckView view, int status = StatusCodes.Status200OK) => Page<CheckPage, CheckView>(frame, view, status);

    /// <summary>What a spreadsheet would bring into the lines.</summary>
    public static IResult SheetTrial(Frame frame, SheetTrialView view) => Page<SheetTrialPage, SheetTrialView>(frame, view, StatusFor(view.Bad.Count + view.Headings.Count));

    public static IResult Tracker(Frame frame, TrackerView view) => Page<TrackerPage, TrackerView>(frame, view, StatusFor(view.Messages?.Faults.Count ?? 0));

    public static IResult Requests(Frame frame, RequestsView view) => Page<RequestsPage, RequestsView>(frame, view);

    public static IResult Interruption(Frame frame, InterruptionView view) => Page<InterruptionPage, InterruptionView>(frame, view, StatusFor(view.Faults.Count));

    public static IResult Inbox(Frame frame, InboxView view) => Page<InboxPage, InboxView>(frame, view, StatusFor(view.Save?.Typed.Faults.Count ?? 0));

    public static IResult Task(Frame frame, TaskView view) => Page<TaskPage, TaskView>(frame, view, view.IsStale ? StatusCodes.Status409Conflict : StatusFor((view.Decision?.Faults.Count ?? 0) + (view.Messages?.Faults.Count ?? 0)));

    public static IResult Notices(Frame frame, NoticesView view) => Page<NoticesPage, NoticesView>(frame, view);

    public static IResult Designer(Frame frame, DesignerView view) => Page<DesignerPage, DesignerView>(frame, view);

    public static IResult Flow(Frame frame, FlowView view) => Page<FlowPage, FlowView>(frame, view);

    public static IResult Canvas(Frame frame, CanvasView view) => Page<CanvasPage, CanvasView>(frame, view);

    public static IResult Run(Frame frame, RunView view) => Page<RunPage, RunView>(frame, view);

    public static IResult Draft(Frame frame, DraftView view) => Page<DraftPage, DraftView>(frame, view);

    /// <summary>A part of the canvas' page alone: who edits, and what is wrong.</summary>
    public static IResult DraftState(Frame frame, DraftView view, int status) => Page<DraftStateFragment, DraftView>(frame, view, status);

    public static IResult Proposal(Frame frame, ReleaseProposalView view) => Page<ProposalPage, ReleaseProposalView>(frame, view, StatusFor(view.Wrong.Count));

    public static IResult Comparison(Frame frame, ComparisonView view) => Page<ComparisonPage, ComparisonView>(frame, view);

    public static IResult Downloads(Frame frame, DownloadsView view) => Page<DownloadsPage, DownloadsView>(frame, view, StatusFor(view.Fault is null ? 0 : 1));

    public static IResult Publications(Frame frame, PublicationsView view) => Page<PublicationsPage, PublicationsView>(frame, view);

    public static IResult Publication(Frame frame, PublicationView view) => Page<PublicationPage, PublicationView>(frame, view);

    public static IResult Publish(Frame frame, PublishView view) => Page<PublishPage, PublishView>(frame, view, StatusFor(view.Faults.Count));

    public static IResult Register(Frame frame, RegisterView view) => Page<RegisterPage, RegisterView>(frame, view);

    public static IResult Entries(Frame frame, EntriesView view) => Page<EntriesPage, EntriesView>(frame, view);

    public static IResult Entry(Frame frame, EntryView view) => Page<EntryPage, EntryView>(frame, view);

    public static IResult Imports(Frame frame, ImportsView view) => Page<ImportsPage, ImportsView>(frame, view);

    public static IResult ImportForm(Frame frame, ImportFormView view) => Page<ImportFormPage, ImportFormView>(frame, view, view.Refused is { } refusal ? StatusOf(refusal.Kind) : StatusFor(view.Faults.Count));

    public static IResult Import(Frame frame, ImportView view) => Page<ImportPage, ImportView>(frame, view, StatusFor(view.Preview?.IsUnanswered == true ? 1 : 0));

    public static IResult Calendar(Frame frame, CalendarView view) => Page<CalendarPage, CalendarView>(frame, view);

    public static IResult Activities(Frame frame, ActivitiesView view) => Page<ActivitiesPage, ActivitiesView>(frame, view);

    public static IResult ActivityForm(Frame frame, ActivityFormView view) => Page<ActivityFormPage, ActivityFormView>(frame, view, view.Refused is null ? StatusFor(view.Faults.Count) : StatusCodes.Status409Conflict);

    public static IResult Roster(Frame frame, RosterView view) => Page<RosterPage, RosterView>(frame, view);

    public static IResult Enrolments(Frame frame, EnrolmentsView view) => Page<EnrolmentsPage, EnrolmentsView>(frame, view);

    public static IResult Operators(Frame frame, OperatorsView view) => Page<OperatorsPage, OperatorsView>(frame, view);

    public static IResult Dev(Frame frame, DevView view) => Page<DevPage, DevView>(frame, view, StatusFor(view.ClockFault is null ? 0 : 1));

    public static IResult DevMails(Frame frame, DevMailsView view) => Page<DevMailsPage, DevMailsView>(frame, view);

    public static IResult DevMail(Frame frame, DevMailView view) => Page<DevMailPage, DevMailView>(frame, view);

    public static IResult Error(Frame frame, ErrorView view) => Page<ErrorPage, ErrorView>(frame, view, view.Status);

    /// <summary>A refusal as a page of its own, where the page it came from can't show it.</summary>
    public static IResult Refused(Frame frame, Refusal refusal, (string Href, LocalText Words)? next = null, string? typed = null) =>
        Error(frame, new ErrorView(StatusOf(refusal.Kind), refusal) { Next = next, Typed = string.IsNullOrWhiteSpace(typed) ? null : typed });

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.VersionRequired => StatusCodes.Status428PreconditionRequired,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static int StatusFor(int faults) => faults == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private static RazorComponentResult<TPage> Page<TPage, TView>(Frame frame, TView view, int status = StatusCodes.Status200OK)
        where TPage : PageOf<TView> =>
        new(new Dictionary<string, object?> { [nameof(PageOf<TView>.Frame)] = frame, [nameof(PageOf<TView>.View)] = view })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
