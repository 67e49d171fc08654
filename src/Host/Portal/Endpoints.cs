using ClientConnect.Host.Portal.Access;
using ClientConnect.Host.Portal.Designer;
using ClientConnect.Host.Portal.Enrolment;
using ClientConnect.Host.Portal.EServices;
using ClientConnect.Host.Portal.Files;
using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Notices;
using ClientConnect.Host.Portal.Operations;
using ClientConnect.Host.Portal.Register;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Register;
using Microsoft.AspNetCore.Http.Features;

namespace ClientConnect.Host.Portal;

/// <summary>All pages of the portal; each module maps its own.</summary>
internal static class Endpoints
{
    // Fifty lines of twenty columns and the rest of a form; a page's own limits stand in FormFields.
    private const int MostFields = 4_000;

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        services.Configure<FormOptions>(options => options.ValueCountLimit = MostFields);
        services.AddSingleton<RegisterWords>().AddSingleton<IRegisterKinds>(s => s.GetRequiredService<RegisterWords>()).AddSingleton<Categories>().AddSingleton<Heads>().AddSingleton<AnswerSheets>().AddSingleton<Leads>().AddSingleton<ReturnedViews>();
        services.AddSingleton<PickLists>().AddSingleton<FormPages>().AddSingleton<FormDesk>().AddSingleton<Pasting>().AddSingleton<SheetTrials>().AddSingleton<SheetUpload>().AddSingleton<Uploading>().AddSingleton<CheckPages>().AddSingleton<TrackerPages>().AddSingleton<MessageBoxes>();
        services.AddSingleton<Catalogues>().AddSingleton<HomePages>();
        services.AddSingleton<InboxPages>().AddSingleton<NextTasks>().AddSingleton<HouseHomePages>().AddSingleton<TaskRows>().AddSingleton<DecisionForms>().AddSingleton<KeysInUse>().AddSingleton<TaskPages>();
        services.AddSingleton<ActivityForms>();
        services.AddSingleton<StudioFiles>().AddSingleton<FlowViews>().AddSingleton<RunViews>().AddSingleton<ReleasePages>().AddSingleton<ReleaseQuestions>();
        services.AddSingleton<EntrySources>().AddSingleton<RegisterPages>().AddSingleton<ImportPages>();
        services.AddSingleton<DownloadPages>().AddSingleton<PublishForms>();
    }

    public static void MapPortal(this WebApplication app)
    {
        app.MapSignIn();
        app.MapHome();
        app.MapCatalogue();
        app.MapRequests();
        app.MapMessages();
        app.MapForm();
        app.MapLineSheets();
        app.MapAttachments();
        app.MapCheck();
        app.MapInbox();
        app.MapTasks();
        app.MapEnrolment();
        app.MapNotices();
        app.MapDownloads();
        app.MapPublications();
        app.MapRegister();
        app.MapDesigner();
        app.MapOperators();
        app.MapAccount();
    }
}
