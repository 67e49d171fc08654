using ClientConnect.Workflows.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace ClientConnect.Testing.Database;

/// <summary>
/// A database of one's own, with the schema and no rows: the fixture of a test class (<c>IClassFixture</c>), or made in a
/// test. A copy of a template, so it costs some 50 ms; dropped when the class is done.
/// </summary>
public class TestDatabase : IAsyncLifetime
{
    private string name = "";
    private NpgsqlDataSource? source;

    /// <summary>The role that the hosts run as: rows, never tables.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The role that migrates.</summary>
    public string OwnerConnectionString { get; private set; } = "";

    /// <summary>Connections as the application.</summary>
    public NpgsqlDataSource Source => source ?? throw new InvalidOperationException("The database is made by InitializeAsync; use the class as a fixture.");

    /// <summary>Contexts as the application.</summary>
    public IDbContextFactory<PortalDb> Contexts => new Factory(Source);

    /// <summary>What the template holds beside the schema; null where that is all.</summary>
    protected virtual Seed? Seed => null;

    public virtual async ValueTask InitializeAsync()
    {
        var template = await TemplateDatabase.EnsureAsync(Seed, CancellationToken.None);
        name = $"test_{Guid.NewGuid():n}";
        await using var server = await TestServer.OpenAsync(CancellationToken.None);
        await server.RunAsync($"CREATE DATABASE {name} TEMPLATE {template} OWNER {TemplateDatabase.Owner} STRATEGY FILE_COPY", CancellationToken.None);
        await server.RunAsync($"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {TemplateDatabase.Application}", CancellationToken.None);
        ConnectionString = await ConnectionAsync(TemplateDatabase.Application);
        OwnerConnectionString = await ConnectionAsync(TemplateDatabase.Owner);
        source = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>A database for one test alone.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        return database;
    }

    /// <summary>Runs SQL as the owner, for what no use case does: planting a fault, moving a stored row.</summary>
    public async Task<int> OwnerRunsAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>For what only the server's owner may: settings, its write-ahead log.</summary>
    public async Task<NpgsqlConnection> OpenAsSuperuserAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await TestServer.ConnectionStringAsync()) { Database = name, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The one value that a query gives, as the owner; null where it gives no row or NULL.</summary>
    public async Task<T?> ValueAsync<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (source is not null)
        {
            await source.DisposeAsync();
        }

        if (name.Length > 0)
        {
            await using var server = await TestServer.OpenAsync(CancellationToken.None);
            await server.RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private async Task<string> ConnectionAsync(string role)
    {
        var connection = await TemplateDatabase.ConnectionAsync(name, role);
        connection.MaxPoolSize = 20;
        connection.IncludeErrorDetail = true;
        return connection.ConnectionString;
    }

    private sealed class Factory(NpgsqlDataSource source) : IDbContextFactory<PortalDb>
    {
        private readonly DbContextOptions<PortalDb> options = new DbContextOptionsBuilder<PortalDb>().UseNpgsql(source).Options;

        public PortalDb CreateDbContext() => new(options);
    }
}

/// <summary>A database of one's own that holds the demonstration market, as <c>./dev up</c> seeds it.</summary>
public sealed class DemonstrationDatabase : TestDatabase
{
    protected override Seed? Seed => new(null);
}
