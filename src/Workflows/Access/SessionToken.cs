using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// What the cookie holds: 256 random bits. The database and the caches know only its SHA-256, so neither a dump nor a log lets
/// anybody in.
/// </summary>
public readonly record struct SessionToken
{
    private const int Bytes = 32;

    private SessionToken(string text) => Text = text;

    /// <summary>Base64url, 43 characters.</summary>
    public string Text { get; }

    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public static SessionToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Null where the text can't be a token: it is not worth a question to the database.</summary>
    public static SessionToken? From(string? text) =>
        text is not null && text.Length == Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(text) ? new SessionToken(text) : null;

    // A token that ends up in a log line must not be one.
    public override string ToString() => "session token";
}
