using ClientConnect.Host.Portal.Access;
using ClientConnect.Host.Portal.Dev;
using ClientConnect.Host.Portal.EServices;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Notices;
using ClientConnect.Host.Portal.Operations;
using ClientConnect.Host.Portal.Requests;
using static ClientConnect.Host.Tests.Portal.Rendering;
using static ClientConnect.Host.Tests.Portal.Samples;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Every page with sample data, by name. With GALLERY=folder the tests write them there as files, to be looked at.</summary>
internal static class Gallery
{
    public static readonly IReadOnlyDictionary<string, Func<string, Task<string>>> Pages = new Dictionary<string, Func<string, Task<string>>>
    {
        ["sign-in"] = l => Page<SignInPage, SignInView>(Nobody with { Language = l }, SignIn),
        ["totp"] = l => Page<TotpPage, TotpView>(Nobody with { Language = l }, new TotpView()),
        ["totp-set-up"] = l => Page<TotpSetUpPage, TotpSetUpView>(Nobody with { Language = l }, TotpSetUp),
        ["home"] = l => Page<HomePage, HomeView>(Maker with { Language = l }, Home),
        ["home-empty"] = l => Page<HomePage, HomeView>(Reviewer with { Language = l }, new HomeView([], [])),
        ["catalogue"] = l => Page<CataloguePage, CatalogueView>(Maker with { Language = l }, new CatalogueView(Home.Catalogue)),
        ["eservice"] = l => Page<EServicePage, EServiceView>(Maker with { Language = l }, EService),
        ["form"] = l => Page<FormPage, FormView>(Maker with { Language = l }, Form()),
        ["form-faults"] = l => Page<FormPage, FormView>(Maker with { Language = l }, Form(faulty: true)),
        ["form-returned"] = l => Page<FormPage, FormView>(Maker with { Language = l }, Form(returned: true)),
        ["form-saved"] = l => Page<SavedFragment, SavedView>(Maker with { Language = l }, new SavedView(5, Now)),
        ["spreadsheet"] = l => Page<SheetTrialPage, SheetTrialView>(Maker with { Language = l }, Spreadsheet),
        ["check"] = l => Page<CheckPage, CheckView>(Maker with { Language = l }, Check),
        ["tracker"] = l => Page<TrackerPage, TrackerView>(Maker with { Language = l, Banner = new Banner(BannerKind.Success, ClientConnect.Host.Portal.Texts.Words.Text("done.sent")) }, Tracker),
        ["requests"] = l => Page<RequestsPage, RequestsView>(Maker with { Language = l }, AllRequests),
        ["withdrawal"] = l => Page<InterruptionPage, InterruptionView>(Maker with { Language = l }, Withdrawal),
        ["inbox"] = l => Page<InboxPage, InboxView>(Reviewer with { Language = l }, Inbox),
        ["inbox-empty"] = l => Page<InboxPage, InboxView>(Reviewer with { Language = l }, EmptyInbox),
        ["house-home"] = l => Page<HouseHomePage, HouseHomeView>(Reviewer with { Language = l }, HouseHome),
        ["task-stale"] = l => Page<TaskPage, TaskView>(Reviewer with { Language = l }, StaleTask),
        ["task-review"] = l => Page<TaskPage, TaskView>(Reviewer with { Language = l }, ReviewTask()),
        ["task-review-faults"] = l => Page<TaskPage, TaskView>(Reviewer with { Language = l }, ReviewTask(faulty: true)),
        ["task-approval"] = l => Page<TaskPage, TaskView>(Reviewer with { Language = l }, ApprovalTask),
        ["task-check"] = l => Page<TaskPage, TaskView>(Maker with { Language = l }, CheckTask),
        ["notices"] = l => Page<NoticesPage, NoticesView>(Maker with { Language = l }, new NoticesView(Home.Notices, PageOfMany.Only)),
        ["account"] = l => Page<AccountPage, AccountView>(Maker with { Language = l }, Account),
        ["operators"] = l => Page<OperatorsPage, OperatorsView>(Reviewer with { Language = l }, Operators),
        ["dev"] = l => Page<DevPage, DevView>(Maker with { Language = l }, Samples.Dev),
        ["dev-mails"] = l => Page<DevMailsPage, DevMailsView>(Maker with { Language = l }, Mails),
        ["dev-mail"] = l => Page<DevMailPage, DevMailView>(Maker with { Language = l }, Mail),
        ["error-409"] = l => Page<ErrorPage, ErrorView>(Reviewer with { Language = l }, TooLate),
        ["error-404"] = l => Page<ErrorPage, ErrorView>(Nobody with { Language = l }, new ErrorView(404)),
        ["error-500"] = l => Page<ErrorPage, ErrorView>(Maker with { Language = l }, new ErrorView(500) { Trace = "4bf92f3577b34da6" }),
        ["error-503-maintenance"] = l => Page<ErrorPage, ErrorView>(Nobody with { Language = l }, new ErrorView(503) { Until = new DateTimeOffset(2026, 12, 6, 0, 0, 0, TimeSpan.FromHours(8)) }),
        ["error-503"] = l => Page<ErrorPage, ErrorView>(Nobody with { Language = l }, new ErrorView(503) { AgainInSeconds = 5 }),
    };
}
