using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Writing a message, on the request's own page or on a task's; a page that decides sends it with its decision's form.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder app)
    {
        app.MapPost("/requests/{id}/messages", OnRequestAsync).Needs(Permission.WriteMessages).TakesFiles().ExcludeFromDescription();
        app.MapPost("/tasks/{id}/messages", OnTaskAsync).Needs(Permission.WriteMessages).TakesFiles().ExcludeFromDescription();
    }

    private static async Task<IResult> OnRequestAsync(HttpContext http, SendMessage send, RequestReader requests, TrackerPages pages, MessageBoxes boxes, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var sent = await PostedMessage.SendAsync(http, send, key, form, ct);
        if (!sent.IsRefused) return PortalCalls.SeeOther($"/requests/{key}?done=message-sent#messages");
        var typed = form[PostedMessage.Text].ToString();
        if (PostedMessage.Faults(sent.Refusal) is not { } faults) return await PortalCalls.RefusedAsync(http, sent.Refusal, ct, ($"/requests/{key}", Words.Text("next.see-request")), typed);
        var frame = await Frames.ForAsync(http, ct) with { Path = $"/requests/{key}" };
        var page = await pages.OfAsync(viewer, frame, request, ct);
        return Pages.Tracker(frame, page with { Messages = await boxes.OfAsync(viewer, request, $"/requests/{key}", ct) is { } box ? box with { Text = typed, Faults = faults } : null });
    }

    private static async Task<IResult> OnTaskAsync(HttpContext http, SendMessage send, ReadTask read, TaskPages pages, string id, CancellationToken ct)
    {
        var viewer = http.GetViewer();

        // A counterparty has a task and no request: there is nothing to write to.
        if (await TaskEndpoints.FindAsync(read, viewer, id, ct) is not { IsOutside: false } content) return await PortalCalls.NothingHereAsync(http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var series = Series.From(form["in"]);
        var sent = await PostedMessage.SendAsync(http, send, content.Request.Id, form, ct);
        if (!sent.IsRefused) return PortalCalls.SeeOther(PortalCalls.Address($"/tasks/{id}", ("done", "message-sent"), ("in", series?.Text)) + "#messages");
        var typed = form[PostedMessage.Text].ToString();
        if (PostedMessage.Faults(sent.Refusal) is not { } faults) return await TaskEndpoints.RefusedAsync(http, id, sent.Refusal, series, typed, ct);
        var frame = await Frames.ForAsync(http, ct) with { Path = PortalCalls.Address($"/tasks/{id}", ("in", series?.Text)) };
        return Pages.Task(frame, (await pages.OfAsync(viewer, frame, content, series, null, [], ct)).WithMessage(typed, faults));
    }
}
