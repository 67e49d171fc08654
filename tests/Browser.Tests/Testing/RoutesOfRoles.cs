using System.Text.RegularExpressions;
using ClientConnect.Testing;
using ClientConnect.Workflows.Access;

namespace ClientConnect.Browser.Tests.Testing;

/// <summary>Which pages each role may open: the agreed list of routes, held against the table of permissions.</summary>
internal static partial class RoutesOfRoles
{
    private const string Stranger = "nobody signed in";

    /// <summary>By role, who plays it and what the table of permissions calls it.</summary>
    private static readonly Dictionary<string, (Account Who, string[] Held)> Roles = new()
    {
        ["maker"] = (Cast.Maker, ["view right", "make right"]),
        ["checker"] = (Cast.Checker, ["view right", "check right"]),
        ["delegated administrator"] = (Cast.B09001.DelegatedAdministrator, [nameof(Workflows.Kernel.Role.DelegatedAdministrator)]),
        ["reviewer"] = (Cast.Reviewer, [nameof(Workflows.Kernel.Role.Reviewer)]),
        ["approver"] = (Cast.Approver, [nameof(Workflows.Kernel.Role.Approver)]),
        ["supervisor"] = (Cast.Supervisor, [nameof(Workflows.Kernel.Role.Supervisor)]),
        ["analyst"] = (Cast.Analyst, [nameof(Workflows.Kernel.Role.Analyst)]),
        ["administrator"] = (Cast.Administrator, [nameof(Workflows.Kernel.Role.Administrator)]),
        ["auditor"] = (Cast.Auditor, [nameof(Workflows.Kernel.Role.Auditor)]),
    };

    /// <summary>Where a page with a place in its address is, for a role; null where that role meets no such thing.</summary>
    private static readonly Dictionary<string, Func<Situations, string, string?>> Places = new()
    {
        ["/catalogue/{key}"] = (_, role) => role == "delegated administrator" ? null : PortalInBrowser.Exemption,
        ["/designer/{key}"] = (_, _) => PortalInBrowser.Exemption,
        ["/designer/{key}/draft"] = (_, _) => PortalInBrowser.Exemption,
        ["/designer/{key}/draft/removal"] = (_, _) => PortalInBrowser.Exemption,
        ["/designer/{key}/comparison"] = (_, _) => null, // It needs to be told which: SeenPages looks at it.
        ["/designer/proposals/{id:guid}"] = (s, _) => s.ReleaseProposal,
        ["/designer/proposals/{id:guid}/release"] = (_, _) => null, // Only for who did not make it: SeenPages looks at it.
        ["/designer/proposals/{id:guid}/cancellation"] = (s, _) => s.ScheduledRelease,
        ["/publications/{id:guid}"] = (s, _) => s.Published,
        ["/publications/{id:guid}/withdrawal"] = (s, _) => s.Published,
        ["/register/{kind}"] = (_, _) => "security",
        ["/register/{kind}/{**key}"] = (_, _) => null, // Two places: SeenPages looks at it.
        ["/register/imports/{id:guid}"] = (s, _) => s.Import,
        ["/activities/{number}/edit"] = (s, _) => s.Occasion[..^2],
        ["/occasions/{key}"] = (s, _) => s.Occasion,
        ["/occasions/{key}/cancellation"] = (s, _) => s.Occasion,
        ["/requests/{id}"] = (s, role) => IsOfTheFirm(role) ? s.WithChecker : s.Proposed,
        ["/requests/{id}/form"] = (s, _) => s.Filled,
        ["/requests/{id}/check"] = (s, _) => s.Filled,
        ["/requests/{id}/withdrawal"] = (s, _) => s.WithChecker,
        ["/tasks/{id}"] = (s, role) => role switch { "maker" or "checker" => s.CheckTask, "approver" => s.ApprovalTask, _ => s.ReviewTask },
    };

    public static IReadOnlyList<string> Names => [Stranger, .. Roles.Keys];

    /// <summary>Null for somebody who has not signed in.</summary>
    public static Account? AccountOf(string role) => role == Stranger ? null : Roles[role].Who;

    /// <summary>The addresses of all pages that the role may open.</summary>
    public static IEnumerable<string> AddressesFor(string role, Situations situations)
    {
        foreach (var (route, needs) in Pages().Where(p => IsOpenTo(role, p.Needs)))
        {
            if (!route.Contains('{', StringComparison.Ordinal))
            {
                yield return route;
                continue;
            }

            Assert.True(Places.ContainsKey(route), $"{route} ({needs}) is on the list of routes; say in {nameof(RoutesOfRoles)}.{nameof(Places)} what stands in its address.");
            if (Places[route](situations, role) is { } place) yield return Place().Replace(route, place);
        }
    }

    // Downloads, machines' answers and pages that only a click leads to have tests of their own.
    private static IEnumerable<(string Route, string Needs)> Pages() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "tests/Host.Tests/Portal/Golden/routes.txt"))
        let parts = Row().Match(line)
        where parts.Groups["verb"].Value is "GET" or "*"
        let route = parts.Groups["route"].Value
        where !route.StartsWith("/api", StringComparison.Ordinal) && !route.StartsWith("/openapi", StringComparison.Ordinal) && !route.StartsWith("/elsa", StringComparison.Ordinal)
        where !Browser.Tests.Pages.SeenPages.NoPages.ContainsKey(route) && !Browser.Tests.Pages.SeenPages.ReachedByActing.Contains(route)
        select (route, parts.Groups["needs"].Value);

    private static bool IsOpenTo(string role, string needs)
    {
        if (needs == "anybody") return true;
        if (role == Stranger) return false;
        var holders = PermissionTable.AsText().Split('\n').FirstOrDefault(l => l.StartsWith(needs + ": ", StringComparison.Ordinal))?[(needs.Length + 2)..] ?? "everybody signed in";
        return holders == "everybody signed in" || holders.Split(", ").Intersect(Roles[role].Held).Any();
    }

    private static bool IsOfTheFirm(string role) => role is "maker" or "checker";

    [GeneratedRegex(@"^(?<verb>\S+)\s+(?<route>/\S*): (?<needs>.+)$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}
