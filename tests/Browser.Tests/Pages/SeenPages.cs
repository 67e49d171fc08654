using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>A page as one of the cast sees it.</summary>
/// <param name="Route">As the host maps it: a test holds this list against the host's own.</param>
/// <param name="Who">Null for somebody who has not signed in.</param>
/// <param name="Address">Where it is, once the situations are made.</param>
public sealed record SeenPage(string Name, string Route, Account? Who, Func<Situations, string> Address);

/// <summary>Every page that answers a GET, as each role sees it where that differs.</summary>
internal static class SeenPages
{
    private const string Request = "/requests/{id}", Form = "/requests/{id}/form", Check = "/requests/{id}/check", Task = "/tasks/{id}";

    /// <summary>What answers a GET and is no page of ours.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoPages = new Dictionary<string, string>
    {
        ["/healthz"] = "a word for machines",
        ["/readyz"] = "a word for machines",
        ["/requests/{id}/attachments/{attachment}"] = "a download",
        ["/downloads/{id}"] = "a download: DownloadsTests read it",
        ["/requests/{id}/lines/{lines}.csv"] = "a download: LineSheetTests read it",
        ["/requests/{id}/lines/{lines}.xlsx"] = "a download: LineSheetTests read it",
        ["/requests/{id}/templates/{field}"] = "a download: FileTemplateTests read it",
        ["/requests/{id}/receipt.pdf"] = "a download: ReceiptTests read it",
        ["/requests/{id}/lines/{lines}"] = "leads to the form: SheetBesideBoxTests",
        ["/tasks/{id}/decision"] = "leads to the task: InboxTests",
        ["/requests/{id}/calendar.ics"] = "a download: EnrolmentJourneyTests read it",
        ["/register/{kind}.csv"] = "a download: RegisterTests read it",
        ["/register/calendar/{market}.csv"] = "a download: CalendarFilesTests read it",
        ["/occasions/{key}/roster.csv"] = "a download: ActivitiesTests read it",
        ["/dev/mail/{id}/html"] = "a mail, in a sandbox: EveryMailTests read it",
        ["/operators/jobs/{**path}"] = "Hangfire's own dashboard",
        ["/designer/{key}/releases/{hash}/{file}"] = "a download: ReleaseJourneyTests read it",
        ["/designer/studio/_framework/{**file}"] = "files of Elsa Studio",
        ["/designer/studio/_content/{**file}"] = "files of Elsa Studio",
        ["/designer/studio/Elsa.Studio.Host.CustomElements.styles.css"] = "files of Elsa Studio",
        ["/designer/studio/appsettings.json"] = "files of Elsa Studio",
        ["/{**path:file}"] = "files of the portal",
    };

    /// <summary>Pages that have tests of their own, because only a click leads to them, or they hold what is not ours.</summary>
    public static readonly IReadOnlyList<string> ReachedByActing = ["/sign-in/totp", "/account/totp", "/dev/mail/{id}", "/designer/studio/{key}", "/designer/studio/requests/{id}"];

    public static readonly IReadOnlyList<SeenPage> All =
    [
        new("Signing in", "/sign-in", null, _ => "/sign-in"),
        new("Signing in after the session ended", "/sign-in", null, _ => "/sign-in?over=1"),
        new("The demonstration's cast and clock", "/dev", null, _ => "/dev"),
        new("The mails of Development", "/dev/mail", null, _ => "/dev/mail"),
        new("A maker's home", "/", Cast.Maker, _ => "/"),
        new("A reviewer's home", "/", Cast.Reviewer, _ => "/"),
        new("A supervisor's home", "/", Cast.Supervisor, _ => "/"),
        new("An auditor's home", "/", Cast.Auditor, _ => "/"),
        new("An administrator's home", "/", Cast.Administrator, _ => "/"),
        new("An analyst's home", "/", Cast.Analyst, _ => "/"),
        new("A delegated administrator's home", "/", Cast.B09001.DelegatedAdministrator, _ => "/"),
        new("The catalogue", "/catalogue", Cast.Maker, _ => "/catalogue"),
        new("An eService", "/catalogue/{key}", Cast.Maker, _ => "/catalogue/" + PortalInBrowser.Exemption),
        new("An eService that a checker may only read", "/catalogue/{key}", Cast.Checker, _ => "/catalogue/" + PortalInBrowser.Exemption),
        new("A blank form", Form, Cast.Maker, s => $"/requests/{s.Blank}/form"),
        new("A filled form that clashes with other requests", Form, Cast.Maker, s => $"/requests/{s.Filled}/form"),
        new("A form to be corrected", Form, Cast.Maker, s => $"/requests/{s.Returned}/form"),
        new("The answers before they are sent", Check, Cast.Maker, s => $"/requests/{s.Filled}/check"),
        new("The answers with faults", Check, Cast.Maker, s => $"/requests/{s.Faulty}/check"),
        new("The maker's requests", "/requests", Cast.Maker, _ => "/requests"),
        new("Requests that no filter matches", "/requests", Cast.Maker, _ => "/requests?q=nothing&open=true"),
        new("The auditor's requests", "/requests", Cast.Auditor, _ => "/requests"),
        new("A draft's own page", Request, Cast.Maker, s => $"/requests/{s.Filled}"),
        new("A request that waits for the checker", Request, Cast.Maker, s => $"/requests/{s.WithChecker}"),
        new("A returned request", Request, Cast.Maker, s => $"/requests/{s.Returned}"),
        new("An approved request", Request, Cast.Maker, s => $"/requests/{s.Approved}"),
        new("An approved request with messages as the checker reads it", Request, Cast.Checker, s => $"/requests/{s.Approved}"),
        new("An approved request with messages as the auditor reads it", Request, Cast.Auditor, s => $"/requests/{s.Approved}"),
        new("A request as the supervisor sees it", Request, Cast.Supervisor, s => $"/requests/{s.Proposed}"),
        new("Withdrawing", "/requests/{id}/withdrawal", Cast.Maker, s => $"/requests/{s.WithChecker}/withdrawal"),
        new("A request that is not there", Request, Cast.Maker, s => $"/requests/{s.InReview}"),
        new("A maker's downloads", "/downloads", Cast.Maker, _ => "/downloads"),
        new("Downloads of a firm that has none of its own", "/downloads", Cast.B09002.Checker, _ => "/downloads"),
        new("What was published", "/publications", Cast.Reviewer, _ => "/publications"),
        new("Publishing a file", "/publications/new", Cast.Reviewer, _ => "/publications/new"),
        new("A published file and its log", "/publications/{id:guid}", Cast.Reviewer, s => $"/publications/{s.Published}"),
        new("A published file as the auditor sees it", "/publications/{id:guid}", Cast.Auditor, s => $"/publications/{s.Published}"),
        new("Taking a published file back", "/publications/{id:guid}/withdrawal", Cast.Reviewer, s => $"/publications/{s.Published}/withdrawal"),
        new("A maker's register", "/register", Cast.Maker, _ => "/register"),
        new("The clearing house's register", "/register", Cast.Supervisor, _ => "/register"),
        new("Entries of a maker's firm", "/register/{kind}", Cast.Maker, _ => "/register/short-position"),
        new("Entries of all firms, searched", "/register/{kind}", Cast.Supervisor, _ => "/register/short-position?q=PA&membership=hkscc-b09001&page=2"),
        new("Entries that no filter leaves", "/register/{kind}", Cast.Auditor, _ => "/register/company-particulars?q=nothing&state=ended"),
        new("An entry", "/register/{kind}/{**key}", Cast.Maker, _ => "/register/company-particulars/PARTICULARS?membership=hkscc-b09001"),
        new("An entry that is everybody's", "/register/{kind}/{**key}", Cast.Auditor, _ => "/register/security/99001"),
        new("Imports", "/register/imports", Cast.Supervisor, _ => "/register/imports"),
        new("Importing a file", "/register/imports/new", Cast.Supervisor, _ => "/register/imports/new?kind=security"),
        new("What a file would do", "/register/imports/{id:guid}", Cast.Supervisor, s => $"/register/imports/{s.Import}"),
        new("A file as the auditor sees it", "/register/imports/{id:guid}", Cast.Auditor, s => $"/register/imports/{s.Import}"),
        new("A calendar as who uploaded it sees it", "/register/imports/{id:guid}", Cast.Supervisor, s => $"/register/imports/{s.Calendar}"),
        new("A calendar as the second person sees it", "/register/imports/{id:guid}", Cast.Supervisor2, s => $"/register/imports/{s.Calendar}"),
        new("The calendar", "/register/calendar", Cast.Reviewer, _ => "/register/calendar?year=2026"),
        new("The checker's inbox", "/inbox", Cast.Checker, _ => "/inbox"),
        new("The reviewer's inbox", "/inbox", Cast.Reviewer, _ => "/inbox"),
        new("The supervisor's inbox, filtered", "/inbox", Cast.Supervisor, _ => "/inbox?view=unclaimed&step=review"),
        new("An inbox that no filter leaves anything in", "/inbox", Cast.Reviewer, _ => "/inbox?view=mine&due=over&q=nobody"),
        new("A reviewer's task in a series", Task, Cast.Reviewer, s => $"/tasks/{s.ReviewTask}?in=all&done=review.approve&of=SET1-20261123-00001&then=next"),
        new("A task as the supervisor sees it", Task, Cast.Supervisor, s => $"/tasks/{s.ReviewTask}"),
        new("The checker's task", Task, Cast.Checker, s => $"/tasks/{s.CheckTask}"),
        new("A task that nobody has claimed", Task, Cast.Reviewer2, s => $"/tasks/{s.ReceivedTask}"),
        new("The reviewer's task", Task, Cast.Reviewer, s => $"/tasks/{s.ReviewTask}"),
        new("Somebody else's task", Task, Cast.Reviewer2, s => $"/tasks/{s.ReviewTask}"),
        new("The approver's task", Task, Cast.Approver, s => $"/tasks/{s.ApprovalTask}"),
        new("Why the reviewer may not approve", Task, Cast.Reviewer, s => $"/tasks/{s.ApprovalTask}"),
        new("The draft of a release", "/designer/{key}/draft", Cast.Analyst, _ => $"/designer/{PortalInBrowser.Exemption}/draft"),
        new("The draft of a release as the auditor sees it", "/designer/{key}/draft", Cast.Auditor, _ => $"/designer/{PortalInBrowser.Exemption}/draft"),
        new("A proposal for the second analyst", "/designer/proposals/{id:guid}", Cast.Analyst2, s => $"/designer/proposals/{s.ReleaseProposal}"),
        new("A scheduled release that may be cancelled", "/designer/proposals/{id:guid}", Cast.Analyst, s => $"/designer/proposals/{s.ScheduledRelease}"),
        new("Asking why a release is cancelled", "/designer/proposals/{id:guid}/cancellation", Cast.Analyst, s => $"/designer/proposals/{s.ScheduledRelease}/cancellation"),
        new("Asking before a draft is thrown away", "/designer/{key}/draft/removal", Cast.Analyst, _ => $"/designer/{PortalInBrowser.Exemption}/draft/removal"),
        new("Asking before a release at once", "/designer/proposals/{id:guid}/release", Cast.Analyst2, s => $"/designer/proposals/{s.ReleaseProposal}/release"),
        new("A time for a release that nobody can read", "/designer/proposals/{id:guid}/release", Cast.Analyst2, s => $"/designer/proposals/{s.ReleaseProposal}/release?date=2099-01-02&time=soon"),
        new("A proposal as its author sees it", "/designer/proposals/{id:guid}", Cast.Analyst, s => $"/designer/proposals/{s.ReleaseProposal}"),
        new("Two releases side by side", "/designer/{key}/comparison", Cast.Analyst, _ => $"/designer/{PortalInBrowser.Exemption}/comparison?from=1&to=1"),
        new("Activities", "/activities", Cast.Supervisor, _ => "/activities"),
        new("Activities as the auditor reads them", "/activities", Cast.Auditor, _ => "/activities"),
        new("An activity to be announced", "/activities/new", Cast.Supervisor, _ => "/activities/new"),
        new("An activity to be changed", "/activities/{number}/edit", Cast.Supervisor, s => $"/activities/{s.Occasion[..^2]}/edit"),
        new("A roster", "/occasions/{key}", Cast.Supervisor, s => $"/occasions/{s.Occasion}"),
        new("Before a date is cancelled", "/occasions/{key}/cancellation", Cast.Supervisor, s => $"/occasions/{s.Occasion}/cancellation"),
        new("A firm's enrolments", "/enrolments", Cast.Maker, _ => "/enrolments"),
        new("A firm without enrolments", "/enrolments", Cast.C09001.Maker, _ => "/enrolments"),
        new("An enrolment form", Form, Cast.Maker, s => $"/requests/{s.Enrolling}/form"),
        new("An enrolment before it is sent", Check, Cast.Maker, s => $"/requests/{s.Enrolling}/check"),
        new("A request on the waiting list", Request, Cast.B09002.Maker, s => $"/requests/{s.InLine}"),
        new("Notices", "/notices", Cast.Maker, _ => "/notices"),
        new("A maker's account", "/account", Cast.Maker, _ => "/account"),
        new("A reviewer's account", "/account", Cast.Reviewer, _ => "/account"),
        new("The designer's list", "/designer", Cast.Analyst, _ => "/designer"),
        new("A flow in words", "/designer/{key}", Cast.Analyst, _ => "/designer/" + PortalInBrowser.Exemption),
        new("The operators' page", "/operators", Cast.Administrator, _ => "/operators"),
    ];
}
