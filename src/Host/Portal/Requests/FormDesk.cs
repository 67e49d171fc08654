using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A button of the form that changes what is in it: <c>lines.remove.2</c>.</summary>
/// <param name="Picked">Keys of the register's entries that were ticked.</param>
internal sealed record Button(string Name, IReadOnlyList<string> Picked)
{
    /// <summary>The file that a remove button names; null for other buttons.</summary>
    public AttachmentId? File => Name.StartsWith("files.remove.", StringComparison.Ordinal) ? AttachmentId.From(Name[(Name.LastIndexOf('.') + 1)..]) : null;

    /// <summary>The field that the file is to leave.</summary>
    public string FilePath => Name["files.remove.".Length..Name.LastIndexOf('.')];
}

/// <summary>What the form's endpoints work with: find, evaluate, save, show again.</summary>
internal sealed class FormDesk(RequestReader requests, DraftAnswers drafts, SaveDraft save, RemoveAttachment remove, FormPages pages, PickLists picks, BusinessClock clock)
{
    /// <summary>The button that throws away what the form has no more.</summary>
    public const string DropLeft = "left.drop";

    public FormPages Pages => pages;

    /// <summary>The request where the viewer may fill it in now; else why not.</summary>
    public async Task<(LoadedRequest? Request, Refusal? Refused)> FindAsync(Viewer viewer, string id, CancellationToken ct)
    {
        if (RequestId.From(id) is not { } key || await requests.FindAsync(viewer, key, ct) is not { } request) return (null, new NothingHere());
        return RequestAccess.WhyNotEdit(viewer, request) is { } no ? (null, no) : (request, null);
    }

    public async Task<LoadedRequest> AgainAsync(Viewer viewer, LoadedRequest request, CancellationToken ct) => await requests.FindAsync(viewer, request.Id, ct) ?? request;

    public async Task<FormEvaluation> EvaluateAsync(Viewer viewer, LoadedRequest request, JsonObject answers, CancellationToken ct) =>
        (await drafts.CheckAsync(request, viewer, answers, clock.GetUtcNow(), ct)).Form;

    /// <summary>The draft's revision that the page was made from; null where the form does not say.</summary>
    public static int? SeenRevision(IFormCollection form) => int.TryParse(form["revision"].LastOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    public Task<Result<RequestReceipt>> SaveAsync(Viewer viewer, LoadedRequest request, JsonObject typed, int? seen, CancellationToken ct, string button = "") =>
        save.HandleAsync(viewer, request.Id, typed, seen is { } revision ? Version(request, revision) : null, DraftStrictness.KeepAsTyped, null, button == DropLeft, ct);

    /// <summary>The version that a page saw: events since then (a reminder) do not touch the draft.</summary>
    public static string Version(LoadedRequest request, int revision) => string.Create(CultureInfo.InvariantCulture, $"{revision}.{request.Sequence}");

    /// <param name="aside">What is no answer yet: it stays where it was.</param>
    public async Task<IResult> ShowTypedAsync(
        HttpContext http, LoadedRequest request, JsonObject typed, int revision, IReadOnlyList<FieldFault> faults, Aside aside, CancellationToken ct, bool isConflict = false)
    {
        var viewer = http.GetViewer();
        var frame = await Frames.ForAsync(http, ct) with { Path = $"/requests/{request.Id}/form" };
        var form = await EvaluateAsync(viewer, request, typed, ct);
        return Portal.Pages.Form(frame, await pages.OfAsync(viewer, frame, new FormToShow(request, form, revision) { Faults = faults, Aside = aside, IsConflict = isConflict }, ct));
    }

    /// <summary>Does to the typed answers what the button says; where on the page that was, null where the button is none of the form's.</summary>
    public async Task<string?> ApplyAsync(Viewer viewer, LoadedRequest request, JsonObject typed, Button button, CancellationToken ct)
    {
        if (button.File is { } file)
        {
            Take(typed, button.FilePath, file);
            return button.FilePath;
        }

        var parts = button.Name.Split('.');
        if (parts.Length < 2 || request.Form.Fields.FirstOrDefault(f => f.Name == parts[0] && f.Type == FieldType.Lines) is not { } lines) return null;
        if (typed[lines.Name] is not JsonArray all) typed[lines.Name] = all = [];
        var index = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
        var picked = parts[1] == "pick" ? await picks.LinesAsync(viewer, request, lines, button.Picked, ct) : [];
        return Changed(lines, all, parts[1], index, picked);
    }

    private static string? Changed(Asked lines, JsonArray all, string change, int index, IReadOnlyList<JsonObject> picked)
    {
        switch (change)
        {
            case "add":
                all.Add((JsonNode)new JsonObject());
                return FieldWords.LinePath(lines, all.Count - 1);
            case "copy" when index >= 0 && index < all.Count && all[index] is JsonObject original:
                var copy = (JsonObject)original.DeepClone();
                foreach (var name in lines.Unique) copy.Remove(name);
                all.Insert(index + 1, (JsonNode)copy);
                return FieldWords.LinePath(lines, index + 1);
            case "remove" when index >= 0 && index < all.Count:
                all.RemoveAt(index);
                return lines.Name;
            case "pick":
                foreach (var line in picked) all.Add((JsonNode)line);
                return lines.Name;
            default:
                return null;
        }
    }

    public static void Put(JsonObject answers, string path, AttachmentId file)
    {
        if (Group(answers, path) is not { } place) return;
        if (place.Group[place.Name] is not JsonArray files) place.Group[place.Name] = files = [];
        if (files.All(f => f.Said() != file.ToString())) files.Add((JsonNode)file.ToString());
    }

    private static void Take(JsonObject answers, string path, AttachmentId file)
    {
        if (Group(answers, path) is { } place && place.Group[place.Name] is JsonArray files && files.FirstOrDefault(f => f.Said() == file.ToString()) is { } found) files.Remove(found);
    }

    // "evidence", or "lines[2].evidence" where there is such a line.
    private static (JsonObject Group, string Name)? Group(JsonObject answers, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return (answers, path);
        var open = path.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && open < dot && int.TryParse(path.AsSpan(open + 1, dot - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && answers[path[..open]] is JsonArray lines && index < lines.Count && lines[index] is JsonObject line
            ? (line, path[(dot + 1)..])
            : null;
    }

    /// <summary>A draft loses the file itself too; what was sent once stays, only the answer lets go of it.</summary>
    public async Task RemoveFileAsync(Viewer viewer, Button button, CancellationToken ct)
    {
        if (button.File is { } file) await remove.HandleAsync(viewer, file, ct);
    }
}
