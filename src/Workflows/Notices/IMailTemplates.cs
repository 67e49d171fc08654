namespace ClientConnect.Workflows.Notices;

/// <summary>Where the words of mails come from: the release that the notice is pinned to, and what all share.</summary>
public interface IMailTemplates
{
    /// <summary>
    /// The template's text: the release's own, else the shared one of that release, in <paramref name="language"/>, else in
    /// English. Null where there is none.
    /// </summary>
    /// <param name="bundleHash">The release; null for the portal's own mails.</param>
    string? Find(string? bundleHash, string template, string language);

    /// <summary>The HTML around every mail, as of that release.</summary>
    string Layout(string? bundleHash);
}
