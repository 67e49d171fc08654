using System.Text;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// Names that people give their files. A name is shown and offered for saving; it never becomes a path here, and must not become
/// a trap on the machine of whoever saves it.
/// </summary>
internal static class FileNames
{
    private const int Longest = 200;

    // What a double click runs, or what a browser shows as a page.
    private static readonly HashSet<string> Dangerous = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "dll", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "msi", "msp", "msix", "appx",
        "jar", "lnk", "url", "reg", "cpl", "inf", "sct", "scf", "chm", "iso", "img", "vhd", "vhdx", "sh", "py", "app", "dmg", "pkg", "apk",
        "htm", "html", "xhtml", "mht", "mhtml", "svg", "swf", "xll", "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm", "one",
    };

    /// <summary>The name without the path that some browsers send; refused where it climbs, hides or runs.</summary>
    public static Result<string> Clean(string name)
    {
        if (name.Any(IsTrap) || Climbs(name))
        {
            return new FileNameIsNotAccepted();
        }

        var clean = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim().Normalize(NormalizationForm.FormC);
        var parts = clean.Split('.');
        if (clean.Length is 0 or > Longest || parts.Length < 2 || parts[0].Length == 0 || clean.IndexOfAny(['<', '>', ':', '"', '|', '?', '*']) >= 0)
        {
            return new FileNameIsNotAccepted();
        }

        // "contract.pdf.exe" and "contract.exe.pdf" alike; "contract 2.1.pdf" is fine.
        return parts[1..^1].Any(p => Dangerous.Contains(p.Trim())) ? new FileNameIsNotAccepted() : clean;
    }

    /// <summary>Lower case, without the dot.</summary>
    public static string ExtensionOf(string name) => name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();

    /// <summary>True for a name inside an archive that would climb out of it, or run when opened.</summary>
    public static bool IsDangerousInside(string entry) =>
        entry.Any(IsTrap) || Climbs(entry) || entry.StartsWith('/') || entry.StartsWith('\\') || entry.Contains(':', StringComparison.Ordinal)
        || (entry.Contains('.', StringComparison.Ordinal) && Dangerous.Contains(ExtensionOf(entry)));

    private static bool Climbs(string name) => name.Split('/', '\\').Any(part => part.Trim() == "..");

    // Control characters, and marks that turn the direction of what follows: "gpj.exe" reads as "exe.jpg".
    private static bool IsTrap(char c) =>
        char.IsControl(c) || c is '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
