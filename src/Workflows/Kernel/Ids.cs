using System.Security.Cryptography;
using System.Text;

namespace ClientConnect.Workflows.Kernel;

/// <summary>A request, from its first draft on.</summary>
public readonly record struct RequestId(Guid Value)
{
    public static RequestId New() => new(Guid.CreateVersion7());

    /// <summary>Null where the text is no id at all: callers answer "nothing here", as for an unknown one.</summary>
    public static RequestId? From(string? text) => Guid.TryParse(text, out var value) ? new(value) : null;

    public override string ToString() => Value.ToString();
}

/// <summary>One piece of work waiting for one role.</summary>
public readonly record struct TaskId(Guid Value)
{
    public static TaskId? From(string? text) => Guid.TryParse(text, out var value) ? new(value) : null;

    /// <summary>The same step and visit of a run always make the same task: opening it twice violates its key.</summary>
    public static TaskId Of(RequestId run, string step, int visit) => new(StableId.Of(run.Value, $"task:{step}:{visit}"));

    public override string ToString() => Value.ToString();
}

/// <summary>A person who signs in.</summary>
public readonly record struct UserId(Guid Value)
{
    public static UserId New() => new(Guid.CreateVersion7());

    public static UserId? From(string? text) => Guid.TryParse(text, out var value) ? new(value) : null;

    public override string ToString() => Value.ToString();
}

/// <summary>A firm: a participant's legal entity, or the clearing house itself.</summary>
public readonly record struct FirmId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>One membership of a firm, as a readable key that never changes: <c>hkscc-b09001</c>.</summary>
public readonly record struct MembershipId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>An uploaded file.</summary>
public readonly record struct AttachmentId(Guid Value)
{
    public static AttachmentId New() => new(Guid.CreateVersion7());

    public static AttachmentId? From(string? text) => Guid.TryParse(text, out var value) ? new(value) : null;

    public override string ToString() => Value.ToString();
}

/// <summary>Ids that follow from what they name, so that doing a thing twice meets its own key.</summary>
public static class StableId
{
    public static Guid Of(Guid run, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        var text = Encoding.UTF8.GetBytes($"{run:N}/{name}");
        SHA256.HashData(text, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
