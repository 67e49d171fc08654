using System.Text;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// Looks into a ZIP, an Office document, and what they hold in turn, within bounds that are kept while unpacking, whatever the
/// directory claims. Nothing is written anywhere.
/// </summary>
internal static class Archives
{
    // An entry of 10 MB or more that shrinks beyond this is made to be a bomb; spreadsheets reach 1:60.
    private const int StrongestPacking = 200;
    private const int SmallEntry = 10 * 1024 * 1024;
    private const int LargestInner = 32 * 1024 * 1024;
    private const string TypesEntry = "[Content_Types].xml";

    /// <summary>It does not even begin as an archive.</summary>
    internal sealed record IsNoArchive() : Refusal(RefusalKind.Unsupported);

    /// <summary>Null where nothing speaks against the archive.</summary>
    public static Refusal? Inspect(ReadOnlyMemory<byte> archive, FileLimits limits) =>
        ZipDirectory.IsZip(archive.Span) ? new Inspection(limits).Archive(archive, depth: 0, out _) : new IsNoArchive();

    /// <summary>Null where it is an Office document of that kind without macros.</summary>
    /// <param name="mainPart">How the content type of its main part ends.</param>
    public static Refusal? Document(ReadOnlyMemory<byte> archive, string mainPart, FileLimits limits)
    {
        if (!ZipDirectory.IsZip(archive.Span))
        {
            return new IsNoArchive();
        }

        if (new Inspection(limits).Archive(archive, depth: 0, out var types) is { } refusal)
        {
            return refusal;
        }

        return types.Contains(mainPart, StringComparison.Ordinal) ? null : new IsNoArchive();
    }

    /// <summary>One upload's look: what is counted is counted over all its depths.</summary>
    private sealed class Inspection(FileLimits limits)
    {
        private long unpacked;
        private int entries;

        /// <param name="types">The text of <c>[Content_Types].xml</c>; empty where there is none.</param>
        public Refusal? Archive(ReadOnlyMemory<byte> archive, int depth, out string types)
        {
            types = "";
            if (depth > limits.Depth)
            {
                return new ArchiveUnpacksTooLarge();
            }

            if (ZipDirectory.Read(archive.Span, limits.Entries + 1) is not { } directory)
            {
                return new FileIsDamaged();
            }

            if (Claims(directory, archive.Length) is { } refusal)
            {
                return refusal;
            }

            foreach (var entry in directory)
            {
                if (Entry(archive, entry, depth, ref types) is { } inner)
                {
                    return inner;
                }
            }

            return types.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) ? new FileContainsMacros() : null;
        }

        private Refusal? Claims(IReadOnlyList<ZipEntry> directory, int archiveLength)
        {
            entries += directory.Count;

            // Entries that share their bytes are how 42 kB come to unpack to petabytes.
            var isOverlapping = directory.Sum(e => e.Packed) > archiveLength;
            if (entries > limits.Entries || isOverlapping || unpacked + directory.Sum(e => e.Unpacked) > limits.Unpacked
                || directory.Any(e => e.Unpacked > SmallEntry && e.Unpacked / Math.Max(1, e.Packed) > StrongestPacking))
            {
                return new ArchiveUnpacksTooLarge();
            }

            if (directory.Any(e => e.IsEncrypted))
            {
                return new FileIsEncrypted();
            }

            if (directory.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return new FileContainsMacros();
            }

            return directory.FirstOrDefault(e => FileNames.IsDangerousInside(e.Name)) is { Name: not null } dangerous
                ? new FileTypeIsNotAccepted(Shown(dangerous.Name)) : null;
        }

        private Refusal? Entry(ReadOnlyMemory<byte> archive, ZipEntry entry, int depth, ref string types)
        {
            if (entry.Name.EndsWith('/'))
            {
                return null;
            }

            using var stream = ZipDirectory.Open(archive, entry);
            if (stream is null)
            {
                return new FileIsDamaged();
            }

            try
            {
                return Unpack(stream, entry, depth, ref types);
            }
            catch (InvalidDataException)
            {
                return new FileIsDamaged();
            }
        }

        private Refusal? Unpack(Stream stream, ZipEntry entry, int depth, ref string types)
        {
            var buffer = new byte[64 * 1024];
            var read = stream.ReadAtLeast(buffer, 4, throwOnEndOfStream: false);
            var isInner = ZipDirectory.IsZip(buffer.AsSpan(0, read));
            var isTypes = entry.Name == TypesEntry;
            using var kept = new MemoryStream();
            long length = 0;
            for (; read > 0; read = stream.Read(buffer))
            {
                length += read;
                unpacked += read;
                if (unpacked > limits.Unpacked || length > entry.Unpacked || ((isInner || isTypes) && length > LargestInner))
                {
                    return new ArchiveUnpacksTooLarge();
                }

                if (isInner || isTypes)
                {
                    kept.Write(buffer, 0, read);
                }
            }

            if (isTypes)
            {
                types = Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
            }

            return isInner ? Archive(kept.GetBuffer().AsMemory(0, (int)kept.Length), depth + 1, out _) : null;
        }

        private static string Shown(string entry)
        {
            var name = string.Concat(entry.Where(c => !char.IsControl(c) && c is not (>= '\u202A' and <= '\u202E')));
            return name.Length <= 80 ? name : name[^80..];
        }
    }
}
