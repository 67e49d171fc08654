using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Kernel;

/// <summary>
/// One text for one JSON value: keys in ordinal order, no white space, numbers in their shortest form. What PostgreSQL's
/// <c>jsonb</c> gives back hashes as what went in.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Texts of some kB, several per click: each thread keeps the buffer of its last one.
    private const int Kept = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? spare;

    private delegate T Use<out T>(ReadOnlySpan<byte> text);

    public static string Text(JsonNode? node) => Text(writer => Write(writer, node));

    /// <summary>What is written, by a writer as canonical text wants it.</summary>
    public static string Text(Action<Utf8JsonWriter> write) => Written(write, static text => Encoding.UTF8.GetString(text));

    /// <summary>SHA-256 over the canonical text, as 64 lower-case hexadecimal digits.</summary>
    public static string Hash(JsonNode? node) => Written(writer => Write(writer, node), static text => Convert.ToHexStringLower(SHA256.HashData(text)));

    /// <summary>The hash of an object with these members, which may belong to other objects, as 32 bytes.</summary>
    public static byte[] HashBytesOfMembers(ICollection<KeyValuePair<string, JsonNode?>> members) => Written(writer => WriteMembers(writer, members), static text => SHA256.HashData(text));

    /// <summary>SHA-256 over what is written, by a writer as canonical text wants it; that it is canonical, the caller sees to.</summary>
    public static byte[] HashBytes(Action<Utf8JsonWriter> write) => Written(write, static text => SHA256.HashData(text));

    public static byte[] Bytes(JsonNode? node) => Bytes(writer => Write(writer, node));

    /// <summary>What is written, by a writer as canonical text wants it.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write) => Written(write, static text => text.ToArray());

    private static T Written<T>(Action<Utf8JsonWriter> write, Use<T> use)
    {
        var text = spare ?? new ArrayBufferWriter<byte>(4096);
        spare = null;
        text.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(text, Options);
        write(writer);
        writer.Flush();
        var made = use(text.WrittenSpan);
        if (text.Capacity <= Kept) spare = text;
        return made;
    }

    private static void WriteMembers(Utf8JsonWriter writer, ICollection<KeyValuePair<string, JsonNode?>> members)
    {
        var sorted = ArrayPool<KeyValuePair<string, JsonNode?>>.Shared.Rent(members.Count);
        var span = sorted.AsSpan(0, members.Count);
        members.CopyTo(sorted, 0);
        Sort(span);
        writer.WriteStartObject();
        foreach (var (name, value) in span)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
        ArrayPool<KeyValuePair<string, JsonNode?>>.Shared.Return(sorted, clearArray: true);
    }

    // An object has a dozen members as a rule, often in order already: to insert each where it belongs takes less than to call for every comparison.
    private static void Sort(Span<KeyValuePair<string, JsonNode?>> members)
    {
        const int Few = 24;
        if (members.Length > Few)
        {
            members.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var at = i;
            for (; at > 0 && string.CompareOrdinal(members[at - 1].Key, member.Key) > 0; at--) members[at] = members[at - 1];
            members[at] = member;
        }
    }

    /// <summary>Writes a value in canonical form where a writer stands; for texts that are made of several.</summary>
    public static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject o:
                WriteMembers(writer, o);
                break;
            case JsonArray a:
                writer.WriteStartArray();
                foreach (var item in a)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteValue(writer, node);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode node)
    {
        if (node.GetValueKind() != JsonValueKind.Number)
        {
            node.WriteTo(writer);
        }
        else if (node is JsonValue value && value.TryGetValue<long>(out var whole))
        {
            writer.WriteNumberValue(whole);
        }
        else
        {
            writer.WriteRawValue(Number(node.ToJsonString()));
        }
    }

    // 1, 1.0 and 1e0 are one number; decimals keep every digit they have, others fall back to the double's shortest form.
    private static string Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? (exact / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : Shortest(double.Parse(text, CultureInfo.InvariantCulture), text);

    // Beyond every number that anybody computes with, a number is just its own text.
    private static string Shortest(double number, string text) => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : text;
}
