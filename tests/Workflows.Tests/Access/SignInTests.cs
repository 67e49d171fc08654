using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using Xunit;

namespace ClientConnect.Workflows.Tests.Access;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Maker = "maker@b09001.example";

    private readonly TestDatabase database = new();
    private AccessWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        world = await AccessWorld.OnAsync(database);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Password_and_code_sign_a_person_in()
    {
        var first = await world.Tries("  Maker@B09001.EXAMPLE ");
        Assert.True(first.Value.HasAuthenticator);

        var session = await world.Confirms(first.Value.Token, world.Code());

        var viewer = await world.Read(session.Value);
        Assert.Equal(Maker, viewer!.Email);
        Assert.Equal(1, await world.Recorded(SecurityEventKind.SignedIn));
    }

    [Fact]
    public async Task Nobody_is_kept_from_signing_in_or_out_where_lists_have_taken_every_other_connection()
    {
        world.Lists.AreShut = true;

        var session = await world.Confirms((await world.Tries(Maker)).Value.Token, world.Code());
        await world.SignOut.HandleAsync((await world.Read(session.Value))!, Visitor.Unknown, TestContext.Current.CancellationToken);

        Assert.Equal(1, await world.Recorded(SecurityEventKind.SignedIn));
        Assert.Equal(1, await world.Recorded(SecurityEventKind.SignedOut));
    }

    [Fact]
    public async Task The_password_alone_signs_nobody_in()
    {
        var first = await world.Tries(Maker);

        Assert.Null(await world.Read(first.Value.Token));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer_for_the_same_work()
    {
        var wrong = await world.Tries(Maker, "not the password");
        var known = world.Hasher.Asked;
        var unknown = await world.Tries("nobody@nowhere.example");

        Assert.Equal(wrong.Refusal, unknown.Refusal);
        Assert.Equal(1, known);
        Assert.Equal(2, world.Hasher.Asked);
        Assert.Equal(2, await world.Recorded(SecurityEventKind.PasswordWasWrong));
    }

    [Theory]
    [InlineData(Maker)]
    [InlineData("nobody@nowhere.example")]
    public async Task Ten_wrong_passwords_shut_an_address_for_a_minute_whether_it_is_an_account_or_not(string email)
    {
        for (var n = 0; n < 10; n++) Assert.IsType<EmailOrPasswordIsWrong>((await world.Tries(email, "wrong", $"203.0.113.{n}")).Refusal);

        var shut = Assert.IsType<TooManyAttempts>((await world.Tries(email)).Refusal);
        Assert.Equal(1, shut.Minutes);
        Assert.Equal(10, world.Hasher.Asked);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsNotType<TooManyAttempts>((await world.Tries(email, "wrong")).Refusal);
    }

    [Fact]
    public async Task An_account_is_never_shut_for_longer_than_a_quarter_of_an_hour()
    {
        for (var n = 0; n < 40; n++)
        {
            await world.Tries(Maker, "wrong", null);
            world.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.False((await world.Tries(Maker)).IsRefused);
    }

    [Fact]
    public async Task Two_hundred_guesses_at_once_are_looked_at_ten_times()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => world.Tries(Maker, $"guess {n}", $"198.51.100.{n}")));

        Assert.All(tries, t => Assert.True(t.IsRefused));
        Assert.InRange(world.Hasher.Asked, 1, 10);
    }

    [Fact]
    public async Task One_address_cannot_try_one_password_on_many_accounts()
    {
        for (var n = 0; n < 200; n++) await world.Tries($"someone{n}@nowhere.example", "Password1234567");

        Assert.Equal(30, world.Hasher.Asked);
    }

    [Fact]
    public async Task When_guesses_come_from_everywhere_a_firm_that_types_its_password_right_gets_in()
    {
        for (var n = 0; n < 150; n++) await world.Tries($"someone{n}@nowhere.example", "wrong", $"198.51.100.{n % 50}");

        Assert.False((await world.Tries(Maker, AccessWorld.Password, "203.0.113.99")).IsRefused);
    }

    [Fact]
    public async Task A_right_password_does_not_forget_the_wrong_codes_before_it()
    {
        var refusals = new List<object>();
        for (var n = 0; n < 12; n++)
        {
            var password = await world.Tries(Maker);
            refusals.Add(password.IsRefused ? password.Refusal : (await world.Confirms(password.Value.Token, "000000")).Refusal);
        }

        Assert.Equal(10, refusals.OfType<CodeIsWrong>().Count());
        Assert.Equal(2, refusals.OfType<TooManyAttempts>().Count());
    }

    [Fact]
    public async Task A_complete_sign_in_begins_the_count_anew()
    {
        for (var n = 0; n < 8; n++) await world.Tries(Maker, "wrong", null);
        await world.Confirms((await world.Tries(Maker)).Value.Token, world.Code());

        Assert.Equal(0, await database.ValueAsync<int>("SELECT failed_attempts FROM access.user_account WHERE email = $1", Maker));
    }

    [Fact]
    public async Task A_disabled_account_is_answered_like_a_wrong_password()
    {
        await database.OwnerRunsAsync("UPDATE access.user_account SET is_disabled = true WHERE email = $1", Maker);

        Assert.IsType<EmailOrPasswordIsWrong>((await world.Tries(Maker)).Refusal);
    }

    [Fact]
    public async Task A_password_typed_where_the_address_belongs_is_not_kept()
    {
        await world.Tries("my secret password", "maker");

        Assert.Equal(1, await database.ValueAsync<long>("SELECT count(*) FROM access.security_event WHERE email IS NULL"));
    }

    [Fact]
    public async Task What_was_recorded_the_application_cannot_change()
    {
        await world.Tries(Maker, "wrong");

        await using var change = database.Source.CreateCommand("DELETE FROM access.security_event");
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal("42501", refused.SqlState);
    }
}
