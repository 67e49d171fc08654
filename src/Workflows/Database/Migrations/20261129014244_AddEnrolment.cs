using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261129014244_AddEnrolment")]
    internal class AddEnrolment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "enrolment");

            migrationBuilder.CreateTable(
                name: "attendee",
                schema: "enrolment",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    occasion = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: true),
                    part = table.Column<string>(type: "text", nullable: true),
                    is_coming = table.Column<bool>(type: "boolean", nullable: false),
                    has_attended = table.Column<bool>(type: "boolean", nullable: true),
                    has_passed = table.Column<bool>(type: "boolean", nullable: true),
                    remark = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("attendee_key", x => new { x.request_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "enrolment",
                schema: "enrolment",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occasion = table.Column<string>(type: "text", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_id = table.Column<string>(type: "text", nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    promoted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    given_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("enrolment_key", x => x.request_id);
                    table.CheckConstraint("enrolment_has_places", "places > 0");
                });

            migrationBuilder.CreateTable(
                name: "occasion",
                schema: "enrolment",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    last_position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("occasion_key", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "attendee_email",
                schema: "enrolment",
                table: "attendee",
                columns: new[] { "occasion", "email" },
                unique: true,
                filter: "is_coming");

            migrationBuilder.CreateIndex(
                name: "enrolment_firm",
                schema: "enrolment",
                table: "enrolment",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "enrolment_position",
                schema: "enrolment",
                table: "enrolment",
                columns: new[] { "occasion", "position" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attendee",
                schema: "enrolment");

            migrationBuilder.DropTable(
                name: "enrolment",
                schema: "enrolment");

            migrationBuilder.DropTable(
                name: "occasion",
                schema: "enrolment");
        }
    }
}
