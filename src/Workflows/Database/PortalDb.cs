using System.Text;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// The one map of the database: every module brings its tables (internal entities with their own configuration); names are
/// snake_case, the schema is the module. Reads and quiet writes go through it; clicks go through <c>Database/Batch</c>.
/// </summary>
public sealed class PortalDb(DbContextOptions<PortalDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
        modelBuilder.HasSequence<long>("request_number", "requests");
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<RequestId>().HaveConversion<RequestIdConverter>();
        configurationBuilder.Properties<TaskId>().HaveConversion<TaskIdConverter>();
        configurationBuilder.Properties<UserId>().HaveConversion<UserIdConverter>();
        configurationBuilder.Properties<FirmId>().HaveConversion<FirmIdConverter>();
        configurationBuilder.Properties<MembershipId>().HaveConversion<MembershipIdConverter>();
        configurationBuilder.Properties<AttachmentId>().HaveConversion<AttachmentIdConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    /// <summary><c>ClaimedAt</c> is <c>claimed_at</c>; eService is one word.</summary>
    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name.Replace("EService", "Eservice", StringComparison.Ordinal))
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    // An instant is stored as UTC whatever wall clock it was said by.
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);

    private sealed class RequestIdConverter() : ValueConverter<RequestId, Guid>(id => id.Value, value => new RequestId(value));

    private sealed class TaskIdConverter() : ValueConverter<TaskId, Guid>(id => id.Value, value => new TaskId(value));

    private sealed class UserIdConverter() : ValueConverter<UserId, Guid>(id => id.Value, value => new UserId(value));

    private sealed class FirmIdConverter() : ValueConverter<FirmId, Guid>(id => id.Value, value => new FirmId(value));

    private sealed class MembershipIdConverter() : ValueConverter<MembershipId, string>(id => id.Value, value => new MembershipId(value));

    private sealed class AttachmentIdConverter() : ValueConverter<AttachmentId, Guid>(id => id.Value, value => new AttachmentId(value));
}
