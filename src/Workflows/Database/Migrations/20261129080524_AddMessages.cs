using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129080524_AddMessages")]
    internal class AddMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "request_message_id",
                schema: "notices",
                table: "notice",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "message_id",
                schema: "files",
                table: "attachment",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "message",
                schema: "requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    is_from_house = table.Column<bool>(type: "boolean", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("message_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message_reading",
                schema: "requests",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("message_reading_key", x => new { x.request_id, x.user_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_notice_message",
                schema: "notices",
                table: "notice",
                columns: new[] { "request_message_id", "recipient_id" },
                unique: true,
                filter: "request_message_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_message",
                schema: "files",
                table: "attachment",
                column: "message_id",
                filter: "message_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "message_number",
                schema: "requests",
                table: "message",
                columns: new[] { "request_id", "number" },
                unique: true);

            migrationBuilder.Sql("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON requests.message FOR EACH STATEMENT EXECUTE FUNCTION setup.append_only();");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message",
                schema: "requests");

            migrationBuilder.DropTable(
                name: "message_reading",
                schema: "requests");

            migrationBuilder.DropIndex(
                name: "ix_notice_message",
                schema: "notices",
                table: "notice");

            migrationBuilder.DropIndex(
                name: "ix_attachment_message",
                schema: "files",
                table: "attachment");

            migrationBuilder.DropColumn(
                name: "request_message_id",
                schema: "notices",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "message_id",
                schema: "files",
                table: "attachment");
        }
    }
}
