using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using Xunit;

namespace ClientConnect.Workflows.Tests.Access;

public sealed class ConfirmSecondFactorTests : IAsyncLifetime
{
    private const string Maker = "maker@b09001.example";
    private const string WithoutAuthenticator = "contact@b09001.example";

    private readonly TestDatabase database = new();
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await AccessWorld.OnAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_code_counts_once_however_many_hosts_are_shown_it()
    {
        var awaiting = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Tries(Maker)));

        var confirmed = await Task.WhenAll(awaiting.Select(a => world.Confirms(a.Value.Token, world.Code())));

        Assert.Single(confirmed, c => !c.IsRefused);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public async Task Clocks_may_differ_by_one_time_step(int steps, bool accepted)
    {
        var first = await world.Tries(Maker);

        Assert.Equal(accepted, !(await world.Confirms(first.Value.Token, world.Code(steps))).IsRefused);
    }

    [Fact]
    public async Task The_code_before_a_used_one_is_worth_nothing()
    {
        await world.Confirms((await world.Tries(Maker)).Value.Token, world.Code());

        var again = await world.Confirms((await world.Tries(Maker)).Value.Token, world.Code(-1));

        Assert.IsType<CodeIsWrong>(again.Refusal);
    }

    [Fact]
    public async Task Signing_in_gives_a_new_token_and_ends_the_one_before()
    {
        var first = (await world.Tries(Maker)).Value.Token;

        var session = (await world.Confirms(first, world.Code())).Value;

        Assert.NotEqual(first, session);
        Assert.Null(await world.Read(first));
        Assert.IsType<SignInHasTimedOut>((await world.Confirms(first, world.Code(1))).Refusal);
    }

    [Fact]
    public async Task Whoever_takes_longer_than_ten_minutes_begins_again()
    {
        var first = (await world.Tries(Maker)).Value.Token;
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.IsType<SignInHasTimedOut>((await world.Confirms(first, world.Code())).Refusal);
    }

    [Fact]
    public async Task A_person_without_an_authenticator_sets_one_up_while_signing_in()
    {
        var first = (await world.Tries(WithoutAuthenticator)).Value;
        Assert.False(first.HasAuthenticator);
        var offer = (await world.Offer.HandleAsync(first.Token, CancellationToken.None)).Value;
        Assert.StartsWith("otpauth://totp/", offer.Address, StringComparison.Ordinal);

        Assert.IsType<CodeIsWrong>((await world.Confirms(first.Token, "000000")).Refusal);
        Assert.Equal(offer, (await world.Offer.HandleAsync(first.Token, CancellationToken.None)).Value);
        var session = await world.Confirms(first.Token, world.Code(0, offer.Secret));

        Assert.NotNull(await world.Read(session.Value));
        Assert.Equal(1, await world.Recorded(SecurityEventKind.SecondFactorEnrolled));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = (await world.Tries(WithoutAuthenticator)).Value;
        Assert.True(next.HasAuthenticator);
        Assert.False((await world.Confirms(next.Token, world.Code(0, offer.Secret))).IsRefused);
    }

    [Fact]
    public async Task Each_sign_in_is_shown_a_secret_of_its_own_and_the_first_to_prove_it_wins()
    {
        var mine = (await world.Tries(WithoutAuthenticator)).Value.Token;
        var theirs = (await world.Tries(WithoutAuthenticator)).Value.Token;
        var secret = (await world.Offer.HandleAsync(mine, CancellationToken.None)).Value.Secret;
        var other = (await world.Offer.HandleAsync(theirs, CancellationToken.None)).Value.Secret;
        Assert.NotEqual(secret, other);

        Assert.False((await world.Confirms(mine, world.Code(0, secret))).IsRefused);

        Assert.True((await world.Confirms(theirs, world.Code(1, other))).IsRefused);
    }

    [Fact]
    public async Task An_enrolled_secret_is_not_shown_again()
    {
        var first = (await world.Tries(Maker)).Value.Token;

        Assert.True((await world.Offer.HandleAsync(first, CancellationToken.None)).IsRefused);
    }
}
