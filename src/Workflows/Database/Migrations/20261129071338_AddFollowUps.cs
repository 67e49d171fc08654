using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129071338_AddFollowUps")]
    internal class AddFollowUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "task_visit",
                schema: "inbox",
                table: "task");

            migrationBuilder.AddColumn<string>(
                name: "item",
                schema: "inbox",
                table: "task",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "follow_ups",
                schema: "requests",
                table: "service_request",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "task_visit",
                schema: "inbox",
                table: "task",
                columns: new[] { "request_id", "step", "visit", "item" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "task_visit",
                schema: "inbox",
                table: "task");

            migrationBuilder.DropColumn(
                name: "item",
                schema: "inbox",
                table: "task");

            migrationBuilder.DropColumn(
                name: "follow_ups",
                schema: "requests",
                table: "service_request");

            migrationBuilder.CreateIndex(
                name: "task_visit",
                schema: "inbox",
                table: "task",
                columns: new[] { "request_id", "step", "visit" },
                unique: true);
        }
    }
}
