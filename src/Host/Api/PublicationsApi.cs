using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/publications</c>: what the clearing house publishes to participants.</summary>
internal static class PublicationsApi
{
    public static void MapPublications(this RouteGroupBuilder api)
    {
        api.MapGet("/publications", List).Needs(Permission.ViewPublications).WithSummary("What was published, latest first. Query: page.").Produces<ListModel<PublicationModel>>();
        api.MapGet("/publications/{id:guid}", Read).Needs(Permission.ViewPublications).WithSummary("One published file with its log.").Produces<PublicationLogModel>();
        api.MapPost("/publications", Publish).Needs(Permission.PublishFiles).Accepts<IFormFile>("multipart/form-data").TakesFiles()
            .WithSummary("Publishes a file (multipart: file, eService, type, clearingHouse, membership?, keepDays?).").Produces<PublicationModel>(201);
        api.MapDelete("/publications/{id:guid}", Withdraw).Needs(Permission.PublishFiles).Takes<WithdrawalModel>().WithSummary("Takes a file back: {reason}. Its content is deleted, its log stays.").Produces<PublicationModel>();
    }

    /// <summary>A published file.</summary>
    /// <param name="Membership">Null where it is for all participants of the clearing house.</param>
    public sealed record PublicationModel(
        string Id, string EService, string Type, string ClearingHouse, string? Membership, string Name, long Size, string Sha256, string Scan, string State, DateTimeOffset PublishedAt, DateTimeOffset KeptUntil)
    {
        public static PublicationModel Of(PublishedFile f) => new(
            f.Id.ToString(), f.EService, f.Type, f.ClearingHouse.ToString().ToUpperInvariant(), f.Membership?.Value, f.Name, f.Size, f.Sha256, Camel(f.Scan), Camel(f.State), f.PublishedAt.ToHongKong(), f.KeptUntil.ToHongKong());
    }

    /// <summary>A published file and what happened to it, latest first.</summary>
    public sealed record PublicationLogModel(PublicationModel File, int Downloads, IReadOnlyList<PublicationLineModel> Log);

    /// <summary>One line of the log.</summary>
    public sealed record PublicationLineModel(string What, DateTimeOffset At, string? By, string? Firm, string? Membership, string? Reason);

    /// <summary>Why it is taken back.</summary>
    public sealed record WithdrawalModel(string Reason);

    public static string Camel<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static async Task<IResult> List(HttpContext http, PublicationsOf publications, int? page, CancellationToken ct)
    {
        var found = await publications.ReadAsync(http.GetViewer(), page ?? 1, ct);
        return Results.Json(new ListModel<PublicationModel>([.. found.Items.Select(PublicationModel.Of)], found.Total, found.Number, PublicationsOf.PageSize));
    }

    private static async Task<IResult> Read(HttpContext http, PublicationsOf publications, FirmDirectory directory, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        if (await publications.FindAsync(viewer, new AttachmentId(id), ct) is not { } found) return Problems.Of(new NothingHere(), viewer.Language);
        var people = await directory.PeopleAsync(viewer, found.Log.Select(l => l.By).OfType<UserId>(), ct);
        return Results.Json(new PublicationLogModel(PublicationModel.Of(found.File), found.Downloads, [.. found.Log.Select(l => Line(l, people, viewer.Language))]));
    }

    private static PublicationLineModel Line(PublicationLine line, IReadOnlyDictionary<UserId, PersonCard> people, string language)
    {
        var person = line.By is { } by ? people.GetValueOrDefault(by) : null;
        return new PublicationLineModel(Camel(line.Kind), line.At.ToHongKong(), person?.Name, person?.FirmName.In(language), line.Membership?.Value, line.Reason);
    }

    private static async Task<IResult> Publish(HttpContext http, PublishFile publish, KeptAnswers answers, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (file, _, problem) = await Uploads.ReadAsync(http, ct);
        if (problem is not null) return problem;
        var form = await http.Request.ReadFormAsync(ct);
        if (Unreadable(form) is { Count: > 0 } faults) return Problems.Of(new AnswersAreIncomplete(faults), viewer.Language);
        await using var content = file!.OpenReadStream();
        var said = ApiCalls.HasKey(http) ? new JsonArray([.. Names.Select(n => (JsonNode)form[n].ToString()), file.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct))]) : null;
        var (operation, unusable) = ApiCalls.Operation(http, said);
        if (unusable is not null) return unusable;
        content.Position = 0;
        var asked = new FileToPublish(
            form["eService"].ToString(), form["type"].ToString(), Enum.Parse<ClearingHouse>(form["clearingHouse"].ToString(), ignoreCase: true), form["membership"].ToString() is { Length: > 0 } membership ? new MembershipId(membership) : null,
            form["keepDays"].ToString() is { Length: > 0 } days ? int.Parse(days, NumberStyles.None, CultureInfo.InvariantCulture) : null, file.FileName, content, operation?.Key);
        var result = await answers.OnceAsync(viewer, operation, () => publish.HandleAsync(viewer, asked, ct), ct);
        return result.Match(f => Results.Json(PublicationModel.Of(f), statusCode: StatusCodes.Status201Created), refusal => Problems.Of(refusal, viewer.Language));
    }

    private static readonly string[] Names = ["eService", "type", "clearingHouse", "membership", "keepDays"];

    private static List<FieldFault> Unreadable(IFormCollection form)
    {
        var faults = new List<FieldFault>();
        var house = form["clearingHouse"].ToString();
        if (!Enum.GetNames<ClearingHouse>().Contains(house, StringComparer.OrdinalIgnoreCase)) faults.Add(new FieldFault("clearingHouse", house.Length == 0 ? "required" : "not-an-option"));
        if (form["keepDays"].ToString() is { Length: > 0 } days && !int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out _)) faults.Add(new FieldFault("keepDays", "not-whole"));
        return faults;
    }

    private static async Task<IResult> Withdraw(HttpContext http, WithdrawPublication withdraw, KeptAnswers answers, Guid id, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (body, problem) = await JsonBody.ReadAsync<WithdrawalModel>(http, ct);
        if (body is null) return problem!;
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var result = await answers.OnceAsync(viewer, operation, () => withdraw.HandleAsync(viewer, new AttachmentId(id), body.Text("reason") ?? "", ct), ct);
        return result.Match(f => Results.Json(PublicationModel.Of(f)), refusal => Problems.Of(refusal, viewer.Language));
    }
}
