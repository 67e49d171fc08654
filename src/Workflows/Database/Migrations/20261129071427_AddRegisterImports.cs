using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129071427_AddRegisterImports")]
    internal class AddRegisterImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ended_by_import",
                schema: "register",
                table: "entry",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_id",
                schema: "register",
                table: "entry",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "import",
                schema: "register",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    offered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imported_by = table.Column<Guid>(type: "uuid", nullable: true),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    begun = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    ended = table.Column<int>(type: "integer", nullable: false),
                    stayed = table.Column<int>(type: "integer", nullable: false),
                    left_out = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("import_key", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "entry_history",
                schema: "register",
                table: "entry",
                columns: new[] { "kind", "key" });

            migrationBuilder.CreateIndex(
                name: "entry_import",
                schema: "register",
                table: "entry",
                column: "import_id",
                filter: "import_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "entry_until",
                schema: "register",
                table: "entry",
                columns: new[] { "kind", "valid_to" });

            migrationBuilder.CreateIndex(
                name: "import_offered",
                schema: "register",
                table: "import",
                column: "offered_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import",
                schema: "register");

            migrationBuilder.DropIndex(
                name: "entry_history",
                schema: "register",
                table: "entry");

            migrationBuilder.DropIndex(
                name: "entry_import",
                schema: "register",
                table: "entry");

            migrationBuilder.DropIndex(
                name: "entry_until",
                schema: "register",
                table: "entry");

            migrationBuilder.DropColumn(
                name: "ended_by_import",
                schema: "register",
                table: "entry");

            migrationBuilder.DropColumn(
                name: "import_id",
                schema: "register",
                table: "entry");
        }
    }
}
