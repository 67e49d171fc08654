using System.Buffers.Binary;

namespace ClientConnect.Workflows.Files;

/// <summary>How large a picture would be, read from its header: nothing is unpacked to find out.</summary>
internal static class PictureHeaders
{
    private static readonly byte[] PngMark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly byte[] JpegMark = [0xFF, 0xD8, 0xFF];

    /// <summary>Null where it is no PNG.</summary>
    public static (long Width, long Height)? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 33 && bytes.StartsWith(PngMark) && bytes[12..16].SequenceEqual("IHDR"u8)
            ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;

    /// <summary>Null where it is no JPEG, or has no frame.</summary>
    public static (long Width, long Height)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(JpegMark))
        {
            return null;
        }

        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                // Padding, and markers without a length.
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            // Start of frame: all of C0–CF but the tables C4, C8 and CC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }
}
