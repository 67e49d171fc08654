using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>A sample is what a newcomer sends first: the days that it asks for must be days that can still be met, whatever day it is.</summary>
public sealed class SamplesTests(Playhouse playhouse) : IClassFixture<Playhouse>
{
    [Theory]
    [InlineData("2026-11-28 10:00")] // a Saturday
    [InlineData("2026-11-24 20:30")] // after every cut-off of a business day
    public async Task Every_sample_can_be_sent_when_no_one_is_at_work(string clock)
    {
        var stage = await playhouse.BuildAsync(clock);
        var maker = await stage.Portal.As(Cast.Maker);
        var refused = new List<string>();
        foreach (var key in Folders.Keys.Select(row => row.Data))
        {
            var draft = (await maker.StartsDraft(key, await maker.SampleOf(key))).Accepted().Json["id"]!.GetValue<string>();
            if (await maker.SubmitsRequest(draft) is { IsSuccess: false } answer) refused.Add($"{key}: {answer.Problem?.Title} {string.Join(", ", answer.Problem?.Faults.Select(f => $"{f.Key} {f.Value}") ?? [])}");
        }

        playhouse.Clears(stage);
        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }
}
