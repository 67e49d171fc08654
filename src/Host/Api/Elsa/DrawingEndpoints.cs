using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// What Studio changes: it saves the draft, proposes it, and imports into it. A body is what Studio sends; it carries no operation key,
/// for saving or proposing the same once more is nothing new. What a release would lose by is refused in words.
/// </summary>
internal static class DrawingEndpoints
{
    public static void MapDrawings(this RouteGroupBuilder definitions)
    {
        definitions.MapPost("", SaveAsync);
        definitions.MapPost("/import", ImportAsync);
        definitions.MapPost("/import-files", ImportFilesAsync).Accepts<IFormFileCollection>("multipart/form-data").DisableAntiforgery();
        definitions.MapPost("/{id}/publish", ProposeAsync);
        definitions.MapPost("/{id}/revert/{number:int}", BringBackAsync);
        definitions.MapPost("/{id}/retract", (HttpContext http, string id) => Refused(http, new AReleaseStays()));
        definitions.MapDelete("/{id}", (HttpContext http, string id) => Refused(http, new AReleaseStays()));
        definitions.MapPost("/{id}/execute", (HttpContext http, string id) => Refused(http, new StoriesTryItOut()));
        definitions.MapPost("/{id}/dispatch", (HttpContext http, string id) => Refused(http, new StoriesTryItOut()));
    }

    private static async Task<IResult> SaveAsync(HttpContext http, SaveDrawing save, ProposeRelease propose, Definitions all, CancellationToken ct)
    {
        var read = await BodyAsync(http.Request, ct);
        if (read.IsRefused) return Refused(http, read.Refusal);
        if (read.Value["model"] is not JsonObject model || model["definitionId"]?.Said() is not { Length: > 0 } key) return Refused(http, NoModel());
        var saved = await save.HandleAsync(http.GetViewer(), key, model, DefinitionVersion.LeaseIn(model["id"]?.Said()), ct);
        if (saved.IsRefused) return Refused(http, saved.Refusal);
        return read.Value["publish"] is JsonValue flag && flag.TryGetValue<bool>(out var publish) && publish ? await ProposedAsync(http, propose, saved.Value, all, ct) : Saved(http, saved.Value, all);
    }

    private static async Task<IResult> ProposeAsync(HttpContext http, string id, ReleaseDrafts drafts, ProposeRelease propose, Definitions all, CancellationToken ct) =>
        await drafts.FindAsync(http.GetViewer(), id, ct) is { } draft ? await ProposedAsync(http, propose, draft, all, ct) : Refused(http, new ThereIsNoDraft());

    private static async Task<IResult> ProposedAsync(HttpContext http, ProposeRelease propose, ReleaseDraft draft, Definitions all, CancellationToken ct)
    {
        var proposed = await propose.HandleAsync(http.GetViewer(), draft.EService, "", andLeave: false, ct);
        return proposed.IsRefused ? Refused(http, proposed.Refusal) : Saved(http, draft, all);
    }

    private static async Task<IResult> ImportAsync(HttpContext http, SaveDrawing save, Definitions all, CancellationToken ct)
    {
        var read = await BodyAsync(http.Request, ct);
        if (read.IsRefused) return Refused(http, read.Refusal);
        var imported = await ImportedAsync(http, save, read.Value, ct);
        return imported.IsRefused ? Refused(http, imported.Refusal) : Results.Json(all.Of(http.GetViewer(), imported.Value).Whole());
    }

    // One file: an eService's flow is one definition.
    private static async Task<IResult> ImportFilesAsync(HttpContext http, SaveDrawing save, CancellationToken ct)
    {
        var file = await FileAsync(http.Request, ct);
        if (file.IsRefused) return Refused(http, file.Refusal);
        var read = DrawingJson.Parse(file.Value);
        if (read.IsRefused) return Refused(http, read.Refusal);
        var imported = await ImportedAsync(http, save, read.Value, ct);
        return imported.IsRefused ? Refused(http, imported.Refusal) : Results.Json(new { count = 1, imported = new[] { imported.Value.EService } });
    }

    private static async Task<IResult> BringBackAsync(HttpContext http, string id, int number, BringReleaseBack bringBack, Definitions all, CancellationToken ct)
    {
        var draft = all.HashOf(id, number) is { } hash ? await bringBack.HandleAsync(http.GetViewer(), id, hash, ct) : new NothingHere();
        return draft.IsRefused ? Refused(http, draft.Refusal) : Results.Json(all.Of(http.GetViewer(), draft.Value).Summary());
    }

    // A file's own id is the version that it was exported from: it says nothing about who edits now.
    private static async Task<Result<ReleaseDraft>> ImportedAsync(HttpContext http, SaveDrawing save, JsonObject body, CancellationToken ct)
    {
        var model = body["model"] as JsonObject ?? body;
        return model["definitionId"]?.Said() is { Length: > 0 } key ? await save.HandleAsync(http.GetViewer(), key, model, null, ct) : NoModel();
    }

    private static NotADefinition NoModel() => new("", "It says no definitionId, which is the eService's key.");

    private static IResult Saved(HttpContext http, ReleaseDraft draft, Definitions all) => Results.Json(new JsonObject
    {
        ["workflowDefinition"] = all.Of(http.GetViewer(), draft).Whole(),
        ["alreadyPublished"] = false,
        ["consumingWorkflowCount"] = 0,
        ["validationErrors"] = new JsonArray(),
    });

    private static IResult Refused(HttpContext http, Refusal refusal) => ElsaProblems.Of(refusal, http.GetViewer().Language);

    private static async Task<Result<JsonObject>> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        var bytes = await BytesAsync(request.Body, ct);
        return bytes.IsRefused ? bytes.Refusal : DrawingJson.Parse(bytes.Value);
    }

    private static async Task<Result<byte[]>> FileAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return new NotADefinition("", "Send the file as multipart/form-data.");
        if (request.ContentLength > DrawingJson.MaxBytes + 10_000) return new DefinitionIsTooLarge();
        try
        {
            var form = await request.ReadFormAsync(ct);
            if (form.Files.Count != 1) return new NotADefinition("", "Send one file.");
            await using var content = form.Files[0].OpenReadStream();
            return await BytesAsync(content, ct);
        }
        catch (Exception broken) when (broken is BadHttpRequestException or InvalidDataException or IOException)
        {
            return new NotADefinition("", "The upload broke off, or its form is not whole.");
        }
    }

    private static async Task<Result<byte[]>> BytesAsync(Stream body, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(chunk, ct)) > 0;)
        {
            if (buffer.Length + read > DrawingJson.MaxBytes) return new DefinitionIsTooLarge();
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
