using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/register/imports</c>: files of entries and of calendars, looked at before they count.</summary>
internal static class ImportsApi
{
    private const int PageSize = 25, MostShown = 1000;

    public static void MapImports(this RouteGroupBuilder api)
    {
        api.MapGet("/register/imports", List).Needs(Permission.ReadRegister).WithSummary("Files that were taken into the register, and those that wait to be confirmed, latest first. Query: page.").Produces<ListModel<ImportModel>>();
        api.MapPost("/register/imports", Offer).Needs(Permission.ImportRegister).Accepts<IFormFile>("multipart/form-data").TakesFiles()
            .WithSummary("Takes a file to be looked at (multipart: file, kind); the register stays as it is, and whoever could confirm a calendar is told. A kind of register.json that is fed, or calendar-hong-kong, calendar-mainland.").Produces<ImportPreviewModel>(201);
        api.MapGet("/register/imports/{id:guid}", Look).Needs(Permission.ReadRegister).WithSummary("One file: what it did, or for who may confirm it what it would do now, with its faults and the hash that stands for all of it.").Produces<ImportPreviewModel>();
        api.MapPost("/register/imports/{id:guid}/confirmation", Confirm).Needs(Permission.ImportRegister).Takes<ImportConfirmationModel>()
            .WithSummary("Does what was seen, all of it or nothing, once: {contentHash, withoutFaulty?}. Without the lines at fault only where that is said, and a calendar never; nor a calendar by who uploaded it.").Produces<ImportCountsModel>();
        api.MapDelete("/register/imports/{id:guid}", Drop).Needs(Permission.ImportRegister).WithSummary("Throws a file away that was not confirmed.").Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>A file.</summary>
    /// <param name="OfferedBy">The name of who uploaded it.</param>
    /// <param name="ImportedBy">The name of who confirmed it: of a calendar another person. Missing while it has only been looked at, as is when.</param>
    /// <param name="Counts">Of what was taken in; all nought before.</param>
    public sealed record ImportModel(
        string Id, string Kind, string Name, string Sha256, int Size, string? OfferedBy, DateTimeOffset OfferedAt, string? ImportedBy, DateTimeOffset? ImportedAt, ImportCountsModel Counts)
    {
        internal static ImportModel Of(RegisterImport i, IReadOnlyDictionary<UserId, PersonCard> people) => new(
            i.Id.ToString(), i.Kind, i.Name, i.Sha256, i.Size, people.GetValueOrDefault(i.OfferedBy)?.Name, i.OfferedAt.ToHongKong(), i.ImportedBy is { } by ? people.GetValueOrDefault(by)?.Name : null,
            i.ImportedAt?.ToHongKong(), ImportCountsModel.Of(i.Counts));
    }

    /// <summary>How many lines do what.</summary>
    /// <param name="Stayed">Lines that say what is held already.</param>
    /// <param name="LeftOut">Lines at fault.</param>
    /// <param name="Moved">Deadlines that move with a calendar.</param>
    public sealed record ImportCountsModel(int Begun, int Changed, int Ended, int Stayed, int LeftOut, int Moved)
    {
        internal static ImportCountsModel Of(ImportCounts c) => new(c.Begun, c.Changed, c.Ended, c.Stayed, c.LeftOut, c.Moved);
    }

    /// <summary>A file with what it would do, or did.</summary>
    /// <param name="Import">The file.</param>
    /// <param name="Counts">Of what it would do, or did.</param>
    /// <param name="ContentHash">Stands for all that it would do; missing once it is taken in, and for who may not confirm it.</param>
    /// <param name="Faults">Of its lines.</param>
    /// <param name="Begins">At most 1,000, as are the next ones; <paramref name="Counts"/> says how many there are.</param>
    /// <param name="Moved">Deadlines that would move, or have.</param>
    public sealed record ImportPreviewModel(
        ImportModel Import, ImportCountsModel Counts, string? ContentHash, IReadOnlyList<ImportFaultModel> Faults, IReadOnlyList<ImportChangeModel> Begins, IReadOnlyList<ImportChangeModel> Changes,
        IReadOnlyList<ImportChangeModel> Ends, IReadOnlyList<MovedDeadlineModel> Moved)
    {
        /// <summary>Days that requests under way speak of and on which the market would be closed; missing where there are none, and once it is taken in.</summary>
        public IReadOnlyList<ClosingDayModel>? Closing { get; init; }

        /// <summary>Why you look at it and do not confirm it, though you may confirm others'; missing where you may, and once it is taken in.</summary>
        public string? WhyNot { get; init; }
    }

    /// <summary>A day that stays as it was sent.</summary>
    /// <param name="RequestId">Missing, as are number and firm, while the request is still with its firm.</param>
    /// <param name="Line">From 1; missing outside of lines.</param>
    public sealed record ClosingDayModel(string? RequestId, string? Number, string? Firm, string EService, string Answer, int? Line, DateOnly Day);

    /// <summary>One thing that is wrong in the file.</summary>
    /// <param name="Line">As an editor counts: the header is 1.</param>
    /// <param name="Column">Missing where it is about the whole line.</param>
    public sealed record ImportFaultModel(int Line, string? Column, string Code, string Message);

    /// <summary>One entry, or one day.</summary>
    /// <param name="Line">Missing where no line brings it.</param>
    public sealed record ImportChangeModel(string? Membership, string Key, int? Line, JsonObject? Before, JsonObject? After);

    /// <summary>A deadline of a request under way.</summary>
    /// <param name="RequestId">Missing, as are number and firm, while the request is still with its firm.</param>
    /// <param name="PassesAtOnce">Its new moment lies in the past.</param>
    public sealed record MovedDeadlineModel(string? RequestId, string? Number, string? Firm, string EService, string Step, string Deadline, DateTimeOffset From, DateTimeOffset To, bool PassesAtOnce);

    /// <summary>What was seen, and what becomes of lines at fault.</summary>
    public sealed record ImportConfirmationModel(string ContentHash, bool? WithoutFaulty);

    private static async Task<IResult> List(HttpContext http, RegisterImports imports, FirmDirectory directory, int? page, CancellationToken ct)
    {
        var number = Math.Max(1, page ?? 1);
        var (items, total) = await imports.ListAsync(http.GetViewer(), number, PageSize, ct);
        var people = await PeopleAsync(directory, http.GetViewer(), items, ct);
        return Results.Json(new ListModel<ImportModel>([.. items.Select(i => ImportModel.Of(i, people))], total, number, PageSize));
    }

    private static async Task<IResult> Offer(HttpContext http, OfferImport offer, RegisterImports imports, FirmDirectory directory, KeptAnswers answers, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (file, _, problem) = await Uploads.ReadAsync(http, ct);
        if (problem is not null) return problem;
        var kind = (await http.Request.ReadFormAsync(ct))["kind"].ToString();
        if (kind.Length == 0) return Problems.Of(new AnswersAreIncomplete([new FieldFault("kind", "required")]), viewer.Language);
        await using var content = file!.OpenReadStream();
        var (operation, unusable) = ApiCalls.Operation(http, ApiCalls.HasKey(http) ? new JsonArray(kind, file.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct))) : null);
        if (unusable is not null) return unusable;
        content.Position = 0;
        var offered = await answers.OnceAsync(viewer, operation, () => offer.HandleAsync(viewer, kind, file.FileName, content, ct), ct);
        return offered.IsRefused ? Problems.Of(offered.Refusal, viewer.Language) : await Shown(http, imports, directory, offered.Value, StatusCodes.Status201Created, ct);
    }

    private static Task<IResult> Look(HttpContext http, RegisterImports imports, FirmDirectory directory, Guid id, CancellationToken ct) => Shown(http, imports, directory, id, StatusCodes.Status200OK, ct);

    private static async Task<IResult> Shown(HttpContext http, RegisterImports imports, FirmDirectory directory, Guid id, int status, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await imports.FindAsync(viewer, id, ct) is not { } import) return Problems.Of(new NothingHere(), viewer.Language);
        var preview = await imports.PreviewAsync(viewer, id, ct);
        if (status == StatusCodes.Status201Created) http.Response.Headers.Location = $"/api/register/imports/{id}";
        var model = ImportModel.Of(import, await PeopleAsync(directory, viewer, [import], ct));
        return Results.Json(preview.IsRefused ? Done(model, await imports.MovedAsync(viewer, id, ct), viewer.Language) : Would(model, preview.Value, viewer.Language), statusCode: status);
    }

    private static Task<IReadOnlyDictionary<UserId, PersonCard>> PeopleAsync(FirmDirectory directory, Viewer viewer, IEnumerable<RegisterImport> all, CancellationToken ct) =>
        directory.PeopleAsync(viewer, all.SelectMany(i => new[] { i.OfferedBy, i.ImportedBy }).OfType<UserId>(), ct);

    private static ImportPreviewModel Done(ImportModel import, IReadOnlyList<MovedDeadline> moved, string language) => new(import, import.Counts, null, [], [], [], [], Of(moved, language));

    // Who may not confirm it needs no hash.
    private static ImportPreviewModel Would(ImportModel import, ImportPreview preview, string language)
    {
        var would = preview.Comparison;
        return new ImportPreviewModel(
            import, ImportCountsModel.Of(preview.Counts), preview.WhyNot is null ? preview.ContentHash : null, [.. would.Faults.Take(MostShown).Select(f => new ImportFaultModel(f.Line, f.Column, f.Code, Words.Of(new FieldFault(f.Column ?? "", f.Code, null, f.Arguments), language).Replace("{label}", f.Column ?? "", StringComparison.Ordinal)))],
            Of(would.Begins), Of(would.Changes), Of(would.Ends), Of(preview.Calendar?.Moved ?? [], language))
        {
            WhyNot = preview.WhyNot is { } no ? Words.Of(no, language) : null,
            Closing = preview.Calendar?.Closing is { Count: > 0 } closing ? [.. closing.Take(MostShown).Select(c => new ClosingDayModel(c.Number is null ? null : c.Request.ToString(), c.Number, c.Firm?.In(language), c.EService.In(language), c.Answer.In(language), c.Line, c.Day))] : null,
        };
    }

    private static List<ImportChangeModel> Of(IReadOnlyList<ImportChange> changes) => [.. changes.Take(MostShown).Select(c => new ImportChangeModel(c.Membership?.Value, c.Key, c.Line, c.Before, c.After))];

    private static List<MovedDeadlineModel> Of(IReadOnlyList<MovedDeadline> moved, string language) => [.. moved.Take(MostShown).Select(m => new MovedDeadlineModel(
        m.Number is null ? null : m.Request.ToString(), m.Number, m.Firm?.In(language), m.EService.In(language), m.Step, m.Deadline.In(language), m.From.ToHongKong(), m.To.ToHongKong(), m.PassesAtOnce))];

    private static async Task<IResult> Confirm(HttpContext http, ConfirmImport confirm, KeptAnswers answers, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (body, problem) = await JsonBody.ReadAsync<ImportConfirmationModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var confirmed = await answers.OnceAsync(viewer, operation, () => confirm.HandleAsync(viewer, id, body.Text("contentHash")!, body["withoutFaulty"]?.GetValue<bool>() == true, ct), ct);
        return confirmed.Match(counts => Results.Json(ImportCountsModel.Of(counts)), refusal => Problems.Of(refusal, viewer.Language));
    }

    private static async Task<IResult> Drop(HttpContext http, DropImport drop, KeptAnswers answers, Guid id, CancellationToken ct)
    {
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        if (problem is not null) return problem;
        var dropped = await answers.OnceAsync(http.GetViewer(), operation, () => drop.HandleAsync(http.GetViewer(), id, ct), ct);
        return dropped.IsRefused ? Problems.Of(dropped.Refusal, http.GetViewer().Language) : Results.NoContent();
    }
}
