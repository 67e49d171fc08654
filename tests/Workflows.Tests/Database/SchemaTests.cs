using System.Security.Cryptography;
using System.Text;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Tests.Database;

/// <summary>What a fresh database looks like, and that the migrations are what makes it so.</summary>
public sealed class SchemaTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Ours = "n.nspname !~ '^(pg_|information_schema|public|hangfire)'";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrations_say_what_the_entities_say()
    {
        await using var db = await database.Contexts.CreateDbContextAsync(Ct);

        Assert.False(db.Database.HasPendingModelChanges(), "The entities have changed since the last migration: ./dev migration <name>");
    }

    [Fact]
    public void A_migration_that_has_been_written_is_never_changed()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Workflows/Database/Migrations"), "2*.cs")
            .Where(file => !file.EndsWith(".Designer.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileNameWithoutExtension(file)} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(file).ReplaceLineEndings("\n"))))[..16]}");

        // In the difference lines are added at the end, and none is changed: some database has run it already.
        Golden.Matches(string.Join('\n', files), "Golden/migrations.txt");
    }

    [Fact]
    public async Task A_fresh_database_has_the_schema_that_was_agreed()
    {
        var text = new StringBuilder();
        await Append(text, $"""
            SELECT n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped AND {Ours} ORDER BY n.nspname, c.relname, a.attnum
            """);
        await Append(text, $"""
            SELECT n.nspname || '.' || c.relname || ' ' || o.conname || ': ' || pg_get_constraintdef(o.oid)
            FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {Ours} ORDER BY 1
            """);
        await Append(text, $"SELECT i.indexdef FROM pg_indexes i JOIN pg_namespace n ON n.nspname = i.schemaname WHERE {Ours} ORDER BY 1");
        await Append(text, $"""
            SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT t.tgisinternal AND {Ours} ORDER BY 1
            """);
        await Append(text, $"""
            SELECT n.nspname || '.' || c.relname || ' ' || a.privilege_type || ' to ' || a.grantee::regrole
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
            WHERE c.relkind IN ('r', 'S', 'v') AND a.grantee <> c.relowner AND {Ours} ORDER BY 1
            """);

        Golden.Matches(text.ToString(), "Golden/schema.txt");
    }

    private async Task Append(StringBuilder text, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            text.Append(reader.GetString(0)).Append('\n');
        }

        text.Append('\n');
    }
}
