namespace ClientConnect.Workflows.Access;

/// <summary>
/// What an endpoint asks of whoever calls it. It opens the door only: whether this request, of this firm, in this state, may be
/// touched is the use case's to say.
/// </summary>
public enum Permission
{
    /// <summary>To be signed in: the home page, one's own account, sessions and notices.</summary>
    UseThePortal,

    /// <summary>To read requests that are the viewer's to see.</summary>
    ViewRequests,

    /// <summary>To fill in requests, upload their files and send them to the checker.</summary>
    MakeRequests,

    /// <summary>To check a firm's requests and send them to the clearing house.</summary>
    CheckRequests,

    /// <summary>To take a request back, as its maker or checker.</summary>
    WithdrawRequests,

    /// <summary>To examine requests and propose outcomes.</summary>
    Review,

    /// <summary>To confirm or overrule what a reviewer proposed.</summary>
    Approve,

    /// <summary>To have an inbox: whoever checks, reviews, approves or supervises, and makers, to whom things come back.</summary>
    ViewInbox,

    /// <summary>To claim and decide tasks of whatever part; the task itself says which.</summary>
    DecideTasks,

    /// <summary>To move tasks to other people.</summary>
    Reassign,

    /// <summary>To look things up in the register: the clearing house all of it, a participant what is its own or nobody's.</summary>
    ViewRegister,

    /// <summary>To read and export the clearing house's register.</summary>
    ReadRegister,

    /// <summary>To take files of entries into the register.</summary>
    ImportRegister,

    /// <summary>To fetch what the clearing house published for the viewer's memberships.</summary>
    Download,

    /// <summary>To look at what the clearing house published, and at who downloaded it.</summary>
    ViewPublications,

    /// <summary>To publish files to participants, and to take them back.</summary>
    PublishFiles,

    /// <summary>To announce activities, mark who attended and cancel dates.</summary>
    RunActivities,

    /// <summary>To look at the portal's workings.</summary>
    ViewOperations,

    /// <summary>To run the portal: parked requests, dead notices, jobs, the calendar.</summary>
    Operate,

    /// <summary>To read and verify the record of what happened.</summary>
    ReadAudit,

    /// <summary>To read the stream of sign-ins and refused attempts.</summary>
    ReadSecurityLog,

    /// <summary>To look at eServices in the designer.</summary>
    ViewEServices,

    /// <summary>To change eServices and to release what another analyst has changed.</summary>
    EditEServices,

    /// <summary>To administer users: a firm's own, or everybody's for the clearing house's administrator.</summary>
    ManageUsers,
}
