using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129172129_ConfirmCalendarsByTwo")]
    internal class ConfirmCalendarsByTwo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "import_id",
                schema: "notices",
                table: "notice",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "before_four_eyes",
                schema: "register",
                table: "import",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_notice_import",
                schema: "notices",
                table: "notice",
                columns: new[] { "import_id", "template", "recipient_id" },
                unique: true,
                filter: "import_id is not null");

            // Who confirmed the own calendar did so by the rule of then; what only waits is confirmed by a second person.
            migrationBuilder.Sql("UPDATE register.import SET before_four_eyes = true WHERE kind LIKE 'calendar-%' AND imported_by = offered_by");

            migrationBuilder.AddCheckConstraint(
                name: "import_of_calendar_by_two",
                schema: "register",
                table: "import",
                sql: "kind NOT LIKE 'calendar-%' OR before_four_eyes OR imported_by IS NULL OR imported_by <> offered_by");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_notice_import",
                schema: "notices",
                table: "notice");

            migrationBuilder.DropCheckConstraint(
                name: "import_of_calendar_by_two",
                schema: "register",
                table: "import");

            migrationBuilder.DropColumn(
                name: "import_id",
                schema: "notices",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "before_four_eyes",
                schema: "register",
                table: "import");
        }
    }
}
