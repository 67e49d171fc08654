using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129005337_AddPublications")]
    internal class AddPublications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "examined",
                schema: "files",
                table: "attachment",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "publication",
                schema: "files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    eservice = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    clearing_house = table.Column<string>(type: "text", nullable: false),
                    membership_id = table.Column<string>(type: "text", nullable: true),
                    published_by = table.Column<Guid>(type: "uuid", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kept_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cleared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publication", x => x.id);
                    table.ForeignKey(
                        name: "FK_publication_attachment_id",
                        column: x => x.id,
                        principalSchema: "files",
                        principalTable: "attachment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "publication_event",
                schema: "files",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    publication_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: true),
                    membership_id = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publication_event", x => x.id);
                    table.ForeignKey(
                        name: "FK_publication_event_publication_publication_id",
                        column: x => x.publication_id,
                        principalSchema: "files",
                        principalTable: "publication",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_publication_audience",
                schema: "files",
                table: "publication",
                columns: new[] { "clearing_house", "membership_id", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_due",
                schema: "files",
                table: "publication",
                column: "kept_until",
                filter: "cleared_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_publication_event",
                schema: "files",
                table: "publication_event",
                columns: new[] { "publication_id", "at" });

            migrationBuilder.Sql("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON files.publication_event FOR EACH STATEMENT EXECUTE FUNCTION setup.append_only();");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "publication_event",
                schema: "files");

            migrationBuilder.DropTable(
                name: "publication",
                schema: "files");

            migrationBuilder.DropColumn(
                name: "examined",
                schema: "files",
                table: "attachment");
        }
    }
}
