using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>What surrounds every page: who looks, in which language, and what each form must carry to be accepted.</summary>
/// <param name="Language">One of <see cref="LocalText.Languages"/>.</param>
/// <param name="Path">The page's own address with its query; the language switch comes back to it.</param>
/// <param name="Now">The business clock, read once for the whole page.</param>
/// <param name="Antiforgery">The antiforgery token's value; hidden in every form that changes something.</param>
public sealed record Frame(string Language, string Path, DateTimeOffset Now, string Antiforgery)
{
    /// <summary>The antiforgery token's field name, as ASP.NET Core is configured.</summary>
    public string AntiforgeryField { get; init; } = "__RequestVerificationToken";

    /// <summary>Null before anybody has signed in.</summary>
    public Person? Person { get; init; }

    public IReadOnlyList<NavigationItem> Navigation { get; init; } = [];

    /// <summary>Notices not yet read; null where nobody counted them: no number is better than a wrong one.</summary>
    public int? Unread { get; init; }

    /// <summary>True in Development: a banner says so, and shows the business clock, which can be moved there.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>Time until the session ends if nothing is asked; null where nobody is signed in.</summary>
    public TimeSpan? SessionEnds { get; init; }

    /// <summary>Single keys do things; the person has not switched them off.</summary>
    public bool HasShortcuts { get; init; }

    /// <summary>One thing said once at the top, after a redirect: <c>?done=request-sent</c>. Null where there is none.</summary>
    public Banner? Banner { get; init; }

    /// <summary>The frame of a signed-in person: name, firm, and the navigation that the roles call for.</summary>
    public Frame For(Viewer viewer) => this with
    {
        Language = viewer.Language,
        Person = new Person(viewer.Name, viewer.FirmName, viewer.IsClearingHouse),
        Navigation = NavigationItem.For(viewer),
        HasShortcuts = viewer.HasShortcuts,
    };
}

/// <summary>The person in the header.</summary>
public sealed record Person(string Name, string Firm, bool IsClearingHouse);

/// <summary>What a banner is about; colour is never the only sign of it.</summary>
public enum BannerKind
{
    /// <summary>Something was done.</summary>
    Success,

    /// <summary>Something worth knowing, for example maintenance.</summary>
    Notice,

    /// <summary>Something is about to go wrong, for example a cut-off within the hour.</summary>
    Warning,
}

/// <summary>One banner a page at most, and never beside an error summary.</summary>
public sealed record Banner(BannerKind Kind, LocalText Words, string? LinkHref = null, LocalText? LinkWords = null);

/// <summary>One entry of the main navigation.</summary>
/// <param name="Key">Text key below <c>nav.</c>.</param>
/// <param name="Count">Shown behind the words; null where nothing is counted.</param>
public sealed record NavigationItem(string Key, string Href, int? Count = null)
{
    public static IReadOnlyList<NavigationItem> For(Viewer viewer)
    {
        var items = new List<NavigationItem> { new("home", "/") };
        if (!viewer.IsClearingHouse)
        {
            items.Add(new("inbox", "/inbox"));
            items.Add(new("catalogue", "/catalogue"));
            items.Add(new("requests", "/requests"));
            if (PermissionTable.Allows(viewer, Permission.Download)) items.Add(new("downloads", "/downloads"));
            if (viewer.Rights.Count > 0) items.Add(new("enrolments", "/enrolments"));
            if (PermissionTable.Allows(viewer, Permission.ViewRegister)) items.Add(new("register", "/register"));
        }
        else
        {
            if (viewer.Is(Role.Reviewer) || viewer.Is(Role.Approver) || viewer.Is(Role.Supervisor)) items.Add(new("inbox", "/inbox"));
            if (viewer.SeesAllRequests) items.Add(new("requests", "/requests"));
            if (PermissionTable.Allows(viewer, Permission.ViewPublications)) items.Add(new("publications", "/publications"));
            if (viewer.SeesAllRequests) items.Add(new("activities", "/activities"));
            if (PermissionTable.Allows(viewer, Permission.ViewRegister)) items.Add(new("register", "/register"));
            if (viewer.Is(Role.Analyst) || viewer.Is(Role.Auditor)) items.Add(new("designer", "/designer"));
            if (viewer.Is(Role.Administrator) || viewer.Is(Role.Supervisor)) items.Add(new("operators", "/operators"));
        }

        return items;
    }
}
