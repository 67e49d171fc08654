using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ClientConnect.Workflows.Files;

/// <summary>One entry as an archive's central directory tells of it: claims, to be checked while unpacking.</summary>
internal readonly record struct ZipEntry(string Name, bool IsEncrypted, int Method, long Packed, long Unpacked, int Header);

/// <summary>
/// The central directory of a ZIP, read entry by entry and no further than asked, so that a directory of millions costs nothing.
/// (<c>ZipArchive</c> makes an object of each before one can look.)
/// </summary>
internal static class ZipDirectory
{
    private const int Stored = 0;
    private const int Deflated = 8;
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int HeaderLength = 30;

    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x03\x04"u8);

    /// <summary>At most <paramref name="most"/> entries; null where the directory is damaged or of a size that no small file needs.</summary>
    public static IReadOnlyList<ZipEntry>? Read(ReadOnlySpan<byte> bytes, int most)
    {
        var end = bytes.LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > bytes.Length)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(end + 10)..]);
        var at = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(end + 16)..]);
        var entries = new List<ZipEntry>();
        while (entries.Count < Math.Min(count, most))
        {
            if (at + EntryLength > end || !bytes[(int)at..].StartsWith("PK\x01\x02"u8))
            {
                return null;
            }

            var entry = bytes[(int)at..];
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
            if (at + EntryLength + nameLength > end)
            {
                return null;
            }

            entries.Add(new ZipEntry(
                Encoding.UTF8.GetString(entry.Slice(EntryLength, nameLength)),
                (BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]) & 0x2041) != 0,
                BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]),
                (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]), int.MaxValue)));
            at += EntryLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return entries;
    }

    /// <summary>The entry's content as it unpacks; null where it can't be unpacked by anybody but its maker.</summary>
    public static Stream? Open(ReadOnlyMemory<byte> archive, ZipEntry entry)
    {
        var bytes = archive.Span;
        if ((long)entry.Header + HeaderLength > bytes.Length || !IsZip(bytes[entry.Header..]))
        {
            return null;
        }

        var header = bytes[entry.Header..];
        var start = (long)entry.Header + HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (start + entry.Packed > bytes.Length)
        {
            return null;
        }

        var packed = new MemoryStream(archive.Slice((int)start, (int)entry.Packed).ToArray(), writable: false);
        return entry.Method switch
        {
            Stored => packed,
            Deflated => new DeflateStream(packed, CompressionMode.Decompress),
            _ => null,
        };
    }
}
