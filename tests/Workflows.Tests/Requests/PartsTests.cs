using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class PartsTests
{
    private static readonly UserId One = new(Guid.NewGuid());
    private static readonly UserId Other = new(Guid.NewGuid());

    [Fact]
    public void A_yes_at_one_step_stands_in_the_way_of_another_at_the_next_and_of_nobody_elses()
    {
        var parts = Kept(Parts.None.Adding(Part.Approve, One).Agreeing("first", 1, One));

        Assert.True(parts.HasAgreedBeside("second", One));
        Assert.False(parts.HasAgreedBeside("first", One));
        Assert.False(parts.HasAgreedBeside("second", Other));
    }

    [Fact]
    public void A_step_that_is_come_to_again_asks_anew()
    {
        var parts = Kept(Parts.None.Agreeing("first", 1, One).Agreeing("first", 2, Other));

        Assert.False(parts.HasAgreedBeside("second", One));
        Assert.True(parts.HasAgreedBeside("second", Other));
    }

    [Fact]
    public void Of_several_who_must_agree_at_one_step_all_count()
    {
        var parts = Kept(Parts.None.Agreeing("first", 1, One).Agreeing("first", 1, Other));

        Assert.True(parts.HasAgreedBeside("second", One) && parts.HasAgreedBeside("second", Other));
    }

    [Fact]
    public void Where_nobody_has_agreed_nothing_is_kept_of_it() => Assert.False(Parts.None.ToJson().ContainsKey("agreed"));

    private static Parts Kept(Parts parts) => Parts.From(parts.ToJson());
}
