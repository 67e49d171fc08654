using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Files;

/// <summary>What a participant's person may download, folder by folder.</summary>
public sealed record DownloadsView(IReadOnlyList<FolderView> Folders)
{
    /// <summary>Why an archive could not be made; null where none was asked for.</summary>
    public FieldFault? Fault { get; init; }
}

/// <summary>One membership's files of one kind.</summary>
/// <param name="Key">Part of the ids on the page.</param>
/// <param name="Membership">"HKSCC B09001".</param>
public sealed record FolderView(string Key, string Membership, LocalText Type, IReadOnlyList<DownloadRow> Rows);

/// <summary>One file of a folder.</summary>
/// <param name="Choice">What the row's checkbox sends.</param>
/// <param name="Href">Null while it can't be downloaded.</param>
/// <param name="Log">Who of the firm downloaded it when, latest first.</param>
public sealed record DownloadRow(string Id, string Choice, string Name, string? Href, string State, long Bytes, string Sha256, Moment PublishedAt, Moment KeptUntil, bool IsNew, bool IsForAll, IReadOnlyList<LogRow> Log);

/// <summary>One line of a log.</summary>
/// <param name="By">Person, or person and firm; null where nobody did it.</param>
public sealed record LogRow(Moment At, LocalText What, string? By, string? Reason = null);

/// <summary>What the clearing house has published.</summary>
/// <param name="MayPublish">Whether the viewer may publish and take back.</param>
public sealed record PublicationsView(IReadOnlyList<PublicationRow> Rows, PageOfMany Page, bool MayPublish);

/// <summary>One published file in the clearing house's list.</summary>
public sealed record PublicationRow(string Href, string Name, LocalText Type, LocalText To, Moment PublishedAt, Moment KeptUntil, string State);

/// <summary>One published file with its log.</summary>
/// <param name="WithdrawHref">Null where it can't be taken back any more, or not by the viewer.</param>
public sealed record PublicationView(PublicationRow Row, long Bytes, string Sha256, string Scan, int Downloads, IReadOnlyList<LogRow> Log, string? WithdrawHref);

/// <summary>The form that publishes a file.</summary>
/// <param name="Fields">In their order, without the file itself.</param>
public sealed record PublishView(IReadOnlyList<FieldView> Fields, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>What is wrong with the file; null where nothing is known to be.</summary>
    public FieldFault? FileFault => Faults.FirstOrDefault(f => f.Path == "file");
}
