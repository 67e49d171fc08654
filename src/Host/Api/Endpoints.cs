using ClientConnect.Host.Api.Elsa;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;

namespace ClientConnect.Host.Api;

/// <summary>All of <c>/api</c>, and its description at <c>/openapi/v1.json</c>.</summary>
internal static class Endpoints
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddApiDescription();
        builder.Services.AddElsa();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").WithTags("Client Connect");
        api.DescribeRefusals();
        api.MapEServices(app.Environment.IsDevelopment());
        api.MapRequests();
        api.MapMessages();
        api.MapLines();
        api.MapTasks();
        api.MapViews();
        api.MapActivities();
        api.MapNotices();
        api.MapDownloads();
        api.MapPublications();
        api.MapRegister();
        api.MapImports();
        app.MapElsa();
        app.MapOpenApi().AllowAnonymous();
        app.Map("/api/{**rest}", () => Problems.Of(404, "nothing-here", "There is nothing here.", "See /openapi/v1.json for what there is.")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Runs a click: who calls may come from memory, the click's first round trip checks it. It may name the version that it rests on.</summary>
    public static RouteHandlerBuilder IsClick(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ClickEndpoint()).RestsOnVersion();

    /// <summary>Honours <c>If-Match</c>, and answers with the version that follows.</summary>
    public static RouteHandlerBuilder RestsOnVersion(this RouteHandlerBuilder endpoint, bool isRequired = false) => endpoint.WithMetadata(new RestsOnVersion(isRequired)).AnswersVersion();

    /// <summary>Answers with the request's version.</summary>
    public static RouteHandlerBuilder AnswersVersion(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersVersion());

    /// <summary>Is cut by the words of the inbox, in the address.</summary>
    public static RouteHandlerBuilder CutsTheInbox(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        new QueryParameter("view", "Only what is yours, or what nobody has claimed.", ["mine", "unclaimed"]),
        QueryParameter.Of<TaskKind>("step", "Only tasks of this kind."),
        new QueryParameter("eService", "Only of this eService, by its key."),
        QueryParameter.Of<DueWithin>("due", "Only what has this little time left, or none."),
        new QueryParameter("late", "Only what was sent after the cut-off.", ["true", "false"]),
        new QueryParameter("escalated", "Only what supervisors were told of.", ["true", "false"]),
        new QueryParameter("q", "Part of a request's number, or of the participant's ID or name."),
        QueryParameter.Of<InboxOrder>("sort", "What comes first; least time left where it is not said."));

    /// <summary>Says in the description what the body holds; the endpoint reads it itself, to answer every fault in its own words.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, bool isOptional = false)
        where T : notnull => endpoint.Accepts<T>(isOptional, "application/json");
}
