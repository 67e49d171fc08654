using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261125105505_AddSavedViewsAndShortcuts")]
    internal class AddSavedViewsAndShortcuts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_shortcuts",
                schema: "access",
                table: "user_account",
                type: "boolean",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "saved_view",
                schema: "inbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    team = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    filter = table.Column<string>(type: "jsonb", nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("saved_view_key", x => x.id);
                    table.CheckConstraint("saved_view_has_one_owner", "(user_id IS NULL) <> (team IS NULL)");
                });

            migrationBuilder.CreateIndex(
                name: "saved_view_name",
                schema: "inbox",
                table: "saved_view",
                columns: new[] { "user_id", "team", "name" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saved_view",
                schema: "inbox");

            migrationBuilder.DropColumn(
                name: "has_shortcuts",
                schema: "access",
                table: "user_account");
        }
    }
}
