using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>The head of pages and rows about one request, from what each use case knows of it.</summary>
internal sealed class Heads(Catalogue catalogue, BusinessClock clock)
{
    public static RequestHead Of(LoadedRequest request, Viewer viewer) =>
        new(request.Id.ToString(), request.Number, request.EService, request.Bundle.Service.Id, request.Bundle.Service.Name, $"{request.Membership.ParticipantId} {request.FirmName.In(viewer.Language)}", request.Status.Code())
        {
            ForClearingHouse = viewer.IsClearingHouse,
            IsLate = request.IsLate,
        };

    /// <summary>The head of a task: where another participant's request stands is not said.</summary>
    public static RequestHead Of(TaskContent content, Viewer viewer) => content.IsOutside ? Of(content.Request, viewer) with { IsOthers = true } : Of(content.Request, viewer);

    public RequestHead Of(RequestSummary request, Viewer viewer) =>
        new(request.Id.ToString(), request.Number, request.EService, Reference(request.EService), request.Name, $"{request.ParticipantId} {request.FirmName}", request.Status.Code())
        {
            ForClearingHouse = viewer.IsClearingHouse,
            IsLate = request.IsLate,
        };

    public RequestHead Of(InboxTask task, Viewer viewer) =>
        new(task.Request.ToString(), task.Number, task.EService, Reference(task.EService), task.Name, $"{task.ParticipantId} {task.FirmName}", task.Status.Code())
        {
            ForClearingHouse = viewer.IsClearingHouse,
            IsLate = task.IsLate,
            IsOthers = task.Kind == TaskKind.Answer && !viewer.IsClearingHouse,
        };

    public RequestRow Row(RequestSummary request, Viewer viewer) =>
        new(Of(request, viewer), request.UpdatedAt) { ClientReference = request.ClientReference, Lines = request.Lines, Maker = request.MakerName, NewMessages = request.NewMessages };

    private string Reference(string eService) => catalogue.InForce(eService, clock.GetUtcNow())?.Service.Id ?? eService;
}
