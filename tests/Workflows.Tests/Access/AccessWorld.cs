using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace ClientConnect.Workflows.Tests.Access;

/// <summary>Two participants and the clearing house, ready to sign in; the machine's clock stands still until a test moves it.</summary>
internal sealed class AccessWorld
{
    public const string Password = "correct horse battery staple";
    public const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    public static readonly MembershipId Own = new("hkscc-b09001");
    public static readonly MembershipId Others = new("hkscc-b09002");

    private AccessWorld(TestDatabase database)
    {
        Database = database;
        var connection = new ClickConnection(database.Source);
        Lists = new Doors(database.Contexts);
        Log = new SecurityLog(connection, Lists, Clock);
        Throttle = new SignInThrottle(Clock);
        SignIn = new SignIn(connection, Hasher, Throttle, Log, Clock);
        Confirm = new ConfirmSecondFactor(connection, new OpenSecrets(), Log, Clock);
        Offer = new OfferSecondFactor(connection, new OpenSecrets(), Clock);
        Sessions = new ReadSession(connection, Clock);
        Viewers = new ViewerCache(Sessions, Clock);
        SignOut = new SignOut(connection, Viewers, Log, Clock);
        Start = new StartSession(connection, Log, Clock);
        EndSessions = new EndSessions(database.Contexts, Log, Clock);
        DisableUser = new DisableUser(database.Contexts, Log, Clock);
        Directory = new FirmDirectory(database.Contexts);
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    public CountingHasher Hasher { get; } = new();

    /// <summary>The connections for all that is no click.</summary>
    public Doors Lists { get; }

    public SignInThrottle Throttle { get; }

    public SecurityLog Log { get; }

    public SignIn SignIn { get; }

    public ConfirmSecondFactor Confirm { get; }

    public OfferSecondFactor Offer { get; }

    public ReadSession Sessions { get; }

    public ViewerCache Viewers { get; }

    public SignOut SignOut { get; }

    public StartSession Start { get; }

    public EndSessions EndSessions { get; }

    public DisableUser DisableUser { get; }

    public FirmDirectory Directory { get; }

    public static async Task<AccessWorld> OnAsync(TestDatabase database)
    {
        var world = new AccessWorld(database);
        var hash = world.Hasher.Hash(Password);
        UserImport Person(string email, string? secret, Right[] rights, params Role[] roles) =>
            new(email, $"Name of {email}", "29790001", null, "en", hash, secret, email.StartsWith("contact", StringComparison.Ordinal), rights, [.. roles.Select(r => (r, (string?)null))]);
        FirmImport Participant(string code, MembershipId id) => new(
            $"CP{code[1..]}", new LocalText($"Firm {code}"), false, [new HeldMembership(id, ClearingHouse.Hkscc, code, "clearing-participant", false)],
            [
                Person($"maker@{code.ToLowerInvariant()}.example", Secret, [new Right("*", id, false, true, false)]),
                Person($"checker@{code.ToLowerInvariant()}.example", Secret, [new Right("*", id, false, false, true)]),
                Person($"da@{code.ToLowerInvariant()}.example", Secret, [], Role.DelegatedAdministrator),
                Person($"contact@{code.ToLowerInvariant()}.example", null, [new Right("*", id, true, false, false)]),
            ]);
        await new ImportFirms(database.Contexts, new OpenSecrets()).HandleAsync(
            [
                Participant("B09001", Own),
                Participant("B09002", Others),
                new FirmImport("CP09000", new LocalText("Clearing house"), true, [],
                [
                    Person("reviewer@clearing.example", Secret, [], Role.Reviewer),
                    Person("administrator@clearing.example", Secret, [], Role.Administrator),
                    Person("auditor@clearing.example", Secret, [], Role.Auditor),
                    Person("supervisor@clearing.example", Secret, [], Role.Supervisor),
                    Person("supervisor2@clearing.example", Secret, [], Role.Supervisor),
                ]),
            ],
            CancellationToken.None);
        return world;
    }

    /// <summary>The code of the authenticator, so many time steps from now.</summary>
    public string Code(int steps = 0, string secret = Secret) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(Clock.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    public Task<Result<PasswordAccepted>> Tries(string email, string password = Password, string? address = "203.0.113.7") =>
        SignIn.HandleAsync(email, password, new Visitor(address, null), CancellationToken.None);

    public Task<Result<SessionToken>> Confirms(SessionToken awaiting, string code) => Confirm.HandleAsync(awaiting, code, Visitor.Unknown, CancellationToken.None);

    /// <summary>A session without the trouble of signing in.</summary>
    public async Task<SessionToken> SessionOf(string email) => (await Start.HandleAsync(email, Visitor.Unknown, CancellationToken.None)).Value;

    public async Task<Viewer> ViewerOf(string email) => (await Read(await SessionOf(email)))!;

    public Task<Viewer?> Read(SessionToken token) => Sessions.HandleAsync(token, CancellationToken.None);

    public Task<long> Recorded(SecurityEventKind kind) => Database.ValueAsync<long>("SELECT count(*) FROM access.security_event WHERE kind = $1", kind.ToString());

    /// <summary>Connections of which there may be none left.</summary>
    internal sealed class Doors(IDbContextFactory<PortalDb> contexts) : IDbContextFactory<PortalDb>
    {
        public bool AreShut { get; set; }

        public PortalDb CreateDbContext() => AreShut ? throw new InvalidOperationException("No connection is left.") : contexts.CreateDbContext();
    }

    /// <summary>Quick, and knows how often it was asked.</summary>
    internal sealed class CountingHasher : IPasswordHasher
    {
        private int asked;

        public int Asked => asked;

        public string Hash(string password) => $"hash of {password}";

        public bool Matches(string hash, string password)
        {
            Interlocked.Increment(ref asked);
            return hash == $"hash of {password}";
        }
    }

    private sealed class OpenSecrets : ISecretProtector
    {
        public string Protect(string secret) => $"protected {secret}";

        public string? Unprotect(string secret) => secret.StartsWith("protected ", StringComparison.Ordinal) ? secret["protected ".Length..] : null;
    }
}
