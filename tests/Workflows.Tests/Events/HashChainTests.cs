using System.Text.Json.Nodes;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using CsCheck;

namespace ClientConnect.Workflows.Tests.Events;

public sealed class HashChainTests
{
    private static readonly Gen<Said> AnyEvent =
        from request in Gen.Guid
        from sequence in Gen.Int[1, 1000]
        from type in Gen.String[Gen.Char.AlphaNumeric, 1, 12]
        from ticks in Gen.Long[0, 3_000_000_000_000_000]
        from user in Gen.Guid
        from text in Gen.String
        from content in Gen.String[Gen.Char.AlphaNumeric, 0, 8]
        select new Said(new RequestId(request), sequence, type, HashChain.Rounded(DateTimeOffset.UnixEpoch.AddTicks(ticks)), user == default ? null : new UserId(user), text, content);

    [Fact]
    public void Whatever_is_changed_in_one_event_changes_every_hash_after_it() =>
        Gen.Select(AnyEvent.Array[2, 6], Gen.Int[0, 5], Gen.Int[0, 6]).Sample((events, which, what) =>
        {
            var at = which % events.Length;
            var changed = events.ToArray();
            changed[at] = Changed(changed[at], what);

            var (before, after) = (Chain(events), Chain(changed));

            return before.Take(at).SequenceEqual(after.Take(at)) && before.Skip(at).Zip(after.Skip(at)).All(pair => pair.First != pair.Second);
        });

    [Fact]
    public void Leaving_one_out_changes_every_hash_after_it() =>
        Gen.Select(AnyEvent.Array[3, 6], Gen.Int[0, 5]).Sample((events, which) =>
        {
            var at = which % (events.Length - 1);
            var fewer = events.Where((_, i) => i != at).ToArray();

            return Chain(events).Skip(at + 1).Zip(Chain(fewer).Skip(at)).All(pair => pair.First != pair.Second);
        });

    [Fact]
    public void The_order_of_members_and_the_zone_of_a_time_do_not_matter()
    {
        var said = new Said(new RequestId(Guid.Empty), 1, "taskClaimed", new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)), null, "text", null);
        var (one, other) = (new JsonObject { ["a"] = 1, ["b"] = 2 }, new JsonObject { ["b"] = 2, ["a"] = 1 });

        Assert.Equal(said.Hash(HashChain.Start, one), (said with { At = said.At.ToUniversalTime() }).Hash(HashChain.Start, other));
    }

    private static List<string> Chain(IEnumerable<Said> events)
    {
        var hashes = new List<string>();
        var previous = HashChain.Start;
        foreach (var said in events)
        {
            previous = said.Hash(previous, new JsonObject { ["text"] = said.Text });
            hashes.Add(Convert.ToHexString(previous));
        }

        return hashes;
    }

    private static Said Changed(Said said, int what) => what switch
    {
        0 => said with { Request = new RequestId(Guid.NewGuid()) },
        1 => said with { Sequence = said.Sequence + 1 },
        2 => said with { Type = said.Type + "x" },
        3 => said with { At = said.At.AddTicks(TimeSpan.TicksPerMicrosecond) },
        4 => said with { User = said.User is null ? UserId.New() : null },
        5 => said with { Text = said.Text + "x" },
        _ => said with { Content = said.Content + "x" },
    };

    private sealed record Said(RequestId Request, int Sequence, string Type, DateTimeOffset At, UserId? User, string Text, string? Content)
    {
        public byte[] Hash(byte[] previous, JsonObject data) => HashChain.Link(previous, Request, Sequence, Type, At, User, data, Content);
    }
}
