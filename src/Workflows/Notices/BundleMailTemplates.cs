using ClientConnect.Workflows.EServices;

namespace ClientConnect.Workflows.Notices;

/// <summary>The words of mails as they stand in the release that a notice is pinned to.</summary>
public sealed class BundleMailTemplates(Catalogue catalogue, PortalMails portal) : IMailTemplates
{
    public string? Find(string? bundleHash, string template, string language) =>
        bundleHash is not null && catalogue.ByHash(bundleHash)?.Mails.GetValueOrDefault(template) is { } languages
            ? languages.GetValueOrDefault(language) ?? languages.GetValueOrDefault("en")
            : portal.Texts.GetValueOrDefault($"{template}.{language}.liquid") ?? portal.Texts.GetValueOrDefault($"{template}.en.liquid");

    public string Layout(string? bundleHash) =>
        (bundleHash is null ? null : catalogue.ByHash(bundleHash)?.Layout) ?? portal.Texts.GetValueOrDefault("layout.liquid") ?? "{{ body }}";
}

/// <summary>The mails that all eServices share, and the layout around every mail, by file name.</summary>
public sealed record PortalMails(IReadOnlyDictionary<string, string> Texts);
