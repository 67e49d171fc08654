using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261128144641_AddReleaseDrafts")]
    internal class AddReleaseDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "release_draft",
                schema: "eservices",
                columns: table => new
                {
                    eservice = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    base_hash = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    editors = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    started_by = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lease_holder = table.Column<Guid>(type: "uuid", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("release_draft_key", x => x.eservice);
                });

            migrationBuilder.CreateTable(
                name: "release_event",
                schema: "eservices",
                columns: table => new
                {
                    eservice = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    previous = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("release_event_key", x => new { x.eservice, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "release_proposal",
                schema: "eservices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    eservice = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    base_hash = table.Column<string>(type: "text", nullable: true),
                    draft_revision = table.Column<int>(type: "integer", nullable: true),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    editors = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    remark = table.Column<string>(type: "text", nullable: true),
                    effective_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("release_proposal_key", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "release_proposal_of",
                schema: "eservices",
                table: "release_proposal",
                columns: new[] { "eservice", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "release_proposal_open",
                schema: "eservices",
                table: "release_proposal",
                columns: new[] { "eservice", "hash" },
                unique: true,
                filter: "state = 'Open'");

            // What happened once is never changed, whoever comes.
            migrationBuilder.Sql("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eservices.release_event FOR EACH STATEMENT EXECUTE FUNCTION setup.append_only();");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "release_draft",
                schema: "eservices");

            migrationBuilder.DropTable(
                name: "release_event",
                schema: "eservices");

            migrationBuilder.DropTable(
                name: "release_proposal",
                schema: "eservices");
        }
    }
}
