using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using OtpNet;

namespace ClientConnect.Workflows.Access;

/// <summary>An authenticator to be set up: as a picture's content, and as text for whoever can't scan.</summary>
/// <param name="Secret">Base32, without padding.</param>
/// <param name="Address">The <c>otpauth:</c> address that authenticators scan.</param>
public sealed record SecondFactorOffer(string Secret, string Address);

/// <summary>
/// Shows a person without an authenticator the secret to set one up; the same one until the sign-in is over, and never again
/// once a code has proved it (<see cref="ConfirmSecondFactor"/>).
/// </summary>
public sealed class OfferSecondFactor(ClickConnection connection, ISecretProtector protector, TimeProvider machine)
{
    private const int SecretBytes = 20;
    private const string Issuer = "Client Connect";

    private const string Offer =
        """
        UPDATE access.session s SET totp_offered = coalesce(s.totp_offered, $3) FROM access.user_account u
        WHERE s.token_hash = $1 AND u.id = s.user_id AND s.ended_at IS NULL AND s.second_factor_at IS NULL AND s.expires_at > $2
          AND u.totp_secret IS NULL AND NOT u.is_disabled
        RETURNING s.totp_offered, u.email
        """;

    public async Task<Result<SecondFactorOffer>> HandleAsync(SessionToken awaiting, CancellationToken ct)
    {
        var fresh = protector.Protect(Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes)).TrimEnd('='));
        var offered = await connection.ReadAsync<(string Secret, string Email)?>(
            batch => batch.Add(Offer, awaiting.Hash, machine.GetUtcNow(), fresh),
            async (reader, token) => await reader.ReadAsync(token) ? (reader.GetString(0), reader.GetString(1)) : null,
            ct);
        return offered is { } found && protector.Unprotect(found.Secret) is { } secret
            ? new SecondFactorOffer(secret, new OtpUri(OtpType.Totp, secret, found.Email, Issuer).ToString())
            : new SignInHasTimedOut();
    }
}
