using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ClientConnect.Workflows.Database;

/// <summary>For <c>./dev migration</c> only: the map without a server.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<PortalDb>
{
    public PortalDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PortalDb>().UseNpgsql("Host=127.0.0.1;Database=none", o => o.MigrationsHistoryTable("migration", "setup")).Options);
}
