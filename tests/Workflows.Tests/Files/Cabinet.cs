using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ClientConnect.Workflows.Tests.Files;

/// <summary>The files of one test, with requests whose state the test sets: a draft of the maker's firm unless it says otherwise.</summary>
internal sealed class Cabinet(TestDatabase database)
{
    public FakeTimeProvider Machine { get; } = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    public RequestId Draft { get; } = RequestId.New();

    public Requests Access { get; } = new();

    public FileLimits Limits { get; set; } = FileLimits.Default;

    public IVirusScanner Scanner { get; set; } = new NoVirusScanner();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<Result<AttachmentInList>> UploadsAsync(string name = "a.pdf", byte[]? content = null, Viewer? viewer = null, RequestId? request = null, string purpose = "attachments") =>
        new UploadAttachment(database.Contexts, Access, Scanner, new BusinessClock(Machine), Limits)
            .HandleAsync(viewer ?? People.Maker, new Upload(request ?? Draft, purpose, name, new MemoryStream(content ?? Samples.Pdf)), Ct);

    public Task<Result<AttachmentInList>> UploadsForNoRequestAsync() =>
        new UploadAttachment(database.Contexts, Access, Scanner, new BusinessClock(Machine), Limits)
            .HandleAsync(People.Maker, new Upload(null, "submission", "a.pdf", new MemoryStream(Samples.Pdf)), Ct);

    public Task<Result<AttachmentToSave>> ReadsAsync(AttachmentId id, Viewer? viewer = null) =>
        new ReadAttachment(database.Contexts, Access).HandleAsync(viewer ?? People.Maker, id, Ct);

    public Task<Result<Done>> RemovesAsync(AttachmentId id, Viewer? viewer = null) =>
        new RemoveAttachment(database.Contexts, Access).HandleAsync(viewer ?? People.Maker, id, Ct);

    public Task<Result<IReadOnlyList<AttachmentInList>>> ListsAsync(Viewer? viewer = null) =>
        new AttachmentsOf(database.Contexts, Access).ReadAsync(viewer ?? People.Maker, Draft, Ct);

    public Task<ScanReport> ScansAsync() =>
        new ScanWaitingAttachments(database.Source, Scanner, NullLogger<ScanWaitingAttachments>.Instance).RunAsync(Machine.GetUtcNow(), Ct);

    public async Task<long> RowsAsync() => await database.ValueAsync<long>("SELECT (SELECT count(*) FROM files.attachment) + (SELECT count(*) FROM files.content)");

    public async Task<ScanState> ScanOfAsync(AttachmentId id) => Enum.Parse<ScanState>((await database.ValueAsync<string>("SELECT scan FROM files.attachment WHERE id = $1", id.Value))!);

    /// <summary>Stands for the module Requests: the maker's firm has the request, the clearing house sees it once it is sent.</summary>
    internal sealed class Requests : IAttachmentAccess
    {
        public AttachmentAccess Own { get; set; } = AttachmentAccess.AddAndRemove;

        public Task<AttachmentAccess> OfAsync(Viewer viewer, RequestId request, CancellationToken ct) => Task.FromResult(
            viewer.Firm == People.Harbour ? Own
            : viewer.SeesAllRequests && Own != AttachmentAccess.AddAndRemove ? AttachmentAccess.See
            : AttachmentAccess.None);

        public FileKind Kind { get; set; }

        public Task<FileKind> KindOfAsync(Viewer viewer, RequestId request, string purpose, CancellationToken ct) => Task.FromResult(Kind);

        public Task<AttachmentAccess> HoldAsync(PortalDb db, Viewer viewer, RequestId request, CancellationToken ct) => OfAsync(viewer, request, ct);
    }
}
