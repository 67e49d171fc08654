using ClientConnect.Host.Api.Elsa;
using ClientConnect.Host.Composition;

namespace ClientConnect.Host.Api;

/// <summary>All of <c>/api</c>, and its description at <c>/openapi/v1.json</c>.</summary>
internal static class Endpoints
{
    public static void AddApi(this WebApplicationBuilder builder) => builder.Services.AddOpenApi().AddElsa();

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").WithTags("Client Connect");
        api.MapEServices(app.Environment.IsDevelopment());
        api.MapRequests();
        api.MapTasks();
        api.MapViews();
        api.MapNotices();
        app.MapElsa();
        app.MapOpenApi().AllowAnonymous();
        app.Map("/api/{**rest}", () => Problems.Of(404, "nothing-here", "There is nothing here.", "See /openapi/v1.json for what there is.")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Runs a click: who calls may come from memory, the click's first round trip checks it.</summary>
    public static RouteHandlerBuilder IsClick(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ClickEndpoint());

    /// <summary>Says in the description what the body holds; the endpoint reads it itself, to answer every fault in its own words.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, bool isOptional = false)
        where T : notnull => endpoint.Accepts<T>(isOptional, "application/json");
}
