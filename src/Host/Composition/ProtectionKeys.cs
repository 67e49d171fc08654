using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using ClientConnect.Workflows.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary>
/// The keys that protect form tokens and authenticators' secrets: in the database, so that every host reads what any host wrote.
/// <c>Keys:Certificate</c> (a PKCS #12 file, with <c>Keys:CertificatePassword</c>) encrypts them there; without it, whoever reads
/// the database reads the keys.
/// </summary>
internal static class ProtectionKeys
{
    public static void AddProtectionKeys(this WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("Client Connect");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new KeyTable(services.GetRequiredService<NpgsqlDataSource>())));
        if (builder.Configuration["Keys:Certificate"] is { Length: > 0 } file)
        {
            protection.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(file, builder.Configuration["Keys:CertificatePassword"]));
        }
    }

    // The framework reads and adds keys synchronously, once in a day or so.
    private sealed class KeyTable(NpgsqlDataSource source) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var command = source.CreateCommand("SELECT xml FROM access.protection_key");
            using var reader = command.ExecuteReader();
            var keys = new List<XElement>();
            while (reader.Read())
            {
                keys.Add(XElement.Parse(reader.GetString(0)));
            }

            return keys;
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var command = source.CreateCommand("INSERT INTO access.protection_key (name, xml) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
            command.Parameters.Add(new NpgsqlParameter { Value = friendlyName });
            command.Parameters.Add(new NpgsqlParameter { Value = element.ToString(SaveOptions.DisableFormatting) });
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>ASP.NET Core Identity's way: PBKDF2 with HMAC-SHA512; the parameters stand in each hash. Takes the whole of long passwords.</summary>
internal sealed class Passwords : IPasswordHasher
{
    private const int Rounds = 210_000;

    private readonly PasswordHasher<object> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly object nobody = new();

    public string Hash(string password) => hasher.HashPassword(nobody, password);

    public bool Matches(string hash, string password) => hasher.VerifyHashedPassword(nobody, hash, password) != PasswordVerificationResult.Failed;
}

/// <summary>Secrets that only our hosts read again.</summary>
internal sealed class Secrets(IDataProtectionProvider protection) : ISecretProtector
{
    private readonly IDataProtector protector = protection.CreateProtector("access.secrets");

    public string Protect(string secret) => protector.Protect(secret);

    public string? Unprotect(string secret)
    {
        try
        {
            return protector.Unprotect(secret);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
