using System.Text;

namespace ClientConnect.Workflows.Files;

/// <summary>Files to begin from: what a structure wants, with one detail that says what stands where. Held against its own structure such a file is right.</summary>
public static class FileTemplates
{
    /// <param name="structure">As a form names it.</param>
    /// <param name="name">Its parts stand in the header.</param>
    /// <param name="columns">What a detail holds; the last is a number.</param>
    /// <returns>Null for a structure that is not known.</returns>
    public static byte[]? Of(string structure, string name, IReadOnlyList<string> columns) => structure != Examination.DelimitedWithTrailer ? null
        : Encoding.UTF8.GetBytes(string.Concat(
            Line(["H", .. name.Split('_')]),
            Line(["D", .. columns.SkipLast(1), "0"]),
            Line(["T", "1", "0"])));

    private static string Line(IEnumerable<string> parts) => string.Join(',', parts.Select(p => p.Replace(',', ' '))) + "\r\n";
}
