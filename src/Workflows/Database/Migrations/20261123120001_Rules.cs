using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ClientConnect.Workflows.Database.Migrations;

/// <summary>
/// What the map can't say: a write must find the row that was loaded, and what happened once is never changed. The triggers stand
/// beside the missing grants, for the day when somebody comes as the owner.
/// </summary>
[DbContext(typeof(PortalDb))]
[Migration("20261123120001_Rules")]
internal sealed class Rules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE FUNCTION setup.expect(holds boolean) RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
              IF holds THEN RETURN true; END IF;
              RAISE EXCEPTION 'The row is no longer the one that was loaded.' USING ERRCODE = 'CC409';
            END $$;

            CREATE FUNCTION setup.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION '% is append-only: what happened once is never changed.', TG_TABLE_NAME;
            END $$;

            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events.event FOR EACH STATEMENT EXECUTE FUNCTION setup.append_only();
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access.security_event FOR EACH STATEMENT EXECUTE FUNCTION setup.append_only();
            """);
    }
}
