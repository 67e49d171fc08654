using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>What a viewer may do with the files of one request, as its state stands.</summary>
public enum AttachmentAccess
{
    /// <summary>For this viewer the request does not exist.</summary>
    None,

    /// <summary>Read them: own firm's people with the right, and the clearing house once it is sent.</summary>
    See,

    /// <summary>Add to them, for example while correcting what was returned: what was sent once stays.</summary>
    Add,

    /// <summary>Add and remove: a draft.</summary>
    AddAndRemove,
}

/// <summary>Files don't know requests: who keeps the requests answers this.</summary>
public interface IAttachmentAccess
{
    Task<AttachmentAccess> OfAsync(Viewer viewer, RequestId request, CancellationToken ct);

    /// <summary>
    /// The same, asked inside the transaction that will change the files: lock the row that decides (<c>FOR SHARE</c>), so that
    /// the request can't be sent between the question and the change.
    /// </summary>
    Task<AttachmentAccess> HoldAsync(PortalDb db, Viewer viewer, RequestId request, CancellationToken ct);

    /// <summary>What the field that a file is meant for takes.</summary>
    Task<FileKind> KindOfAsync(Viewer viewer, RequestId request, string purpose, CancellationToken ct);
}
