using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ClientConnect.Workflows.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PortalDb))]
    [Migration("20261123120000_Initial")]
    internal class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "files");

            migrationBuilder.EnsureSchema(
                name: "deadlines");

            migrationBuilder.EnsureSchema(
                name: "register");

            migrationBuilder.EnsureSchema(
                name: "eservices");

            migrationBuilder.EnsureSchema(
                name: "events");

            migrationBuilder.EnsureSchema(
                name: "access");

            migrationBuilder.EnsureSchema(
                name: "requests");

            migrationBuilder.EnsureSchema(
                name: "notices");

            migrationBuilder.EnsureSchema(
                name: "inbox");

            migrationBuilder.CreateSequence(
                name: "request_number",
                schema: "requests");

            migrationBuilder.CreateTable(
                name: "attachment",
                schema: "files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    uploaded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    scan = table.Column<string>(type: "text", nullable: false),
                    scanned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    demonstration = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attachment", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "business_clock",
                schema: "deadlines",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    ahead_ticks = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_business_clock", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_day",
                schema: "register",
                columns: table => new
                {
                    market = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    verified = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("calendar_day_key", x => new { x.market, x.date });
                });

            migrationBuilder.CreateTable(
                name: "calendar_range",
                schema: "register",
                columns: table => new
                {
                    market = table.Column<string>(type: "text", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    verified = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("calendar_range_key", x => new { x.market, x.year });
                });

            migrationBuilder.CreateTable(
                name: "calendar_rule",
                schema: "register",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("calendar_rule_key", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "deadline",
                schema: "deadlines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    visit = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    passes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    template = table.Column<string>(type: "text", nullable: true),
                    recipients = table.Column<string[]>(type: "text[]", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    calendar_version = table.Column<string>(type: "text", nullable: false),
                    fired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    effect = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("deadline_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "effective",
                schema: "eservices",
                columns: table => new
                {
                    eservice = table.Column<string>(type: "text", nullable: false),
                    effective_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("effective_key", x => new { x.eservice, x.effective_from });
                });

            migrationBuilder.CreateTable(
                name: "entry",
                schema: "register",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    @ref = table.Column<string>(name: "ref", type: "text", nullable: false, computedColumnSql: "kind || ':' || key", stored: true),
                    membership_id = table.Column<string>(type: "text", nullable: true),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: true),
                    values = table.Column<string>(type: "jsonb", nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    line = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("entry_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event",
                schema: "events",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: true),
                    previous = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("event_key", x => new { x.request_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "firm",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    name_zh_hant = table.Column<string>(type: "text", nullable: true),
                    name_zh_hans = table.Column<string>(type: "text", nullable: true),
                    is_clearing_house = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("firm_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "note",
                schema: "requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("note_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice",
                schema: "notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sequence = table.Column<int>(type: "integer", nullable: true),
                    template = table.Column<string>(type: "text", nullable: false),
                    bundle_hash = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: true),
                    recipient_name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    model = table.Column<string>(type: "jsonb", nullable: false),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    first_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false, defaultValue: "Pending"),
                    attempts = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    is_deferred = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    message_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation",
                schema: "requests",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    body_hash = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("operation_key", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "protection_key",
                schema: "access",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("protection_key_key", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "release",
                schema: "eservices",
                columns: table => new
                {
                    hash = table.Column<string>(type: "text", nullable: false),
                    eservice = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    stored_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("release_key", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "security_event",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    detail = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("security_event_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "service_request",
                schema: "requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    eservice = table.Column<string>(type: "text", nullable: false),
                    membership_id = table.Column<string>(type: "text", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    draft_revision = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    head_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    answers = table.Column<string>(type: "jsonb", nullable: false),
                    draft = table.Column<string>(type: "jsonb", nullable: true),
                    bundle_hash = table.Column<string>(type: "text", nullable: true),
                    run = table.Column<string>(type: "jsonb", nullable: true),
                    outcomes = table.Column<string>(type: "jsonb", nullable: true),
                    proposal = table.Column<string>(type: "jsonb", nullable: true),
                    parts = table.Column<string>(type: "jsonb", nullable: false),
                    plan = table.Column<string>(type: "jsonb", nullable: true),
                    remarks = table.Column<string>(type: "jsonb", nullable: true),
                    register_refs = table.Column<string[]>(type: "text[]", nullable: false),
                    touch_refs = table.Column<string[]>(type: "text[]", nullable: false),
                    file_refs = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<Guid>(type: "uuid", nullable: false),
                    sent_by = table.Column<Guid>(type: "uuid", nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_late = table.Column<bool>(type: "boolean", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("service_request_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "task",
                schema: "inbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    visit = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    team = table.Column<string>(type: "text", nullable: true),
                    eservice = table.Column<string>(type: "text", nullable: false),
                    membership_id = table.Column<string>(type: "text", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quorum = table.Column<int>(type: "integer", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<string>(type: "text", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_escalated = table.Column<bool>(type: "boolean", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    answers = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("task_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "touch",
                schema: "requests",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("touch_key", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "content",
                schema: "files",
                columns: table => new
                {
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content", x => x.attachment_id);
                    table.ForeignKey(
                        name: "FK_content_attachment_attachment_id",
                        column: x => x.attachment_id,
                        principalSchema: "files",
                        principalTable: "attachment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "membership",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clearing_house = table.Column<string>(type: "text", nullable: false),
                    participant_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    is_china_connect = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("membership_key", x => x.id);
                    table.ForeignKey(
                        name: "FK_membership_firm_firm_id",
                        column: x => x.firm_id,
                        principalSchema: "access",
                        principalTable: "firm",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "user_account",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: true),
                    position = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    totp_secret = table.Column<string>(type: "text", nullable: true),
                    totp_last_step = table.Column<long>(type: "bigint", nullable: false),
                    is_disabled = table.Column<bool>(type: "boolean", nullable: false),
                    failed_attempts = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stamp = table.Column<int>(type: "integer", nullable: false),
                    is_contact = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("user_account_key", x => x.id);
                    table.CheckConstraint("user_account_email_is_lower_case", "email = lower(email)");
                    table.ForeignKey(
                        name: "FK_user_account_firm_firm_id",
                        column: x => x.firm_id,
                        principalSchema: "access",
                        principalTable: "firm",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session",
                schema: "access",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    second_factor_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    device = table.Column<string>(type: "text", nullable: true),
                    totp_offered = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("session_key", x => x.token_hash);
                    table.ForeignKey(
                        name: "FK_session_user_account_user_id",
                        column: x => x.user_id,
                        principalSchema: "access",
                        principalTable: "user_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_right",
                schema: "access",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_id = table.Column<string>(type: "text", nullable: false),
                    eservice = table.Column<string>(type: "text", nullable: false),
                    may_view = table.Column<bool>(type: "boolean", nullable: false),
                    may_make = table.Column<bool>(type: "boolean", nullable: false),
                    may_check = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("user_right_key", x => new { x.user_id, x.membership_id, x.eservice });
                    table.ForeignKey(
                        name: "FK_user_right_membership_membership_id",
                        column: x => x.membership_id,
                        principalSchema: "access",
                        principalTable: "membership",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_user_right_user_account_user_id",
                        column: x => x.user_id,
                        principalSchema: "access",
                        principalTable: "user_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_role",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    team = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("user_role_key", x => x.id);
                    table.ForeignKey(
                        name: "FK_user_role_user_account_user_id",
                        column: x => x.user_id,
                        principalSchema: "access",
                        principalTable: "user_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_attachment_firm",
                schema: "files",
                table: "attachment",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_request",
                schema: "files",
                table: "attachment",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_waiting",
                schema: "files",
                table: "attachment",
                column: "uploaded_at",
                filter: "scan = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "deadline_due",
                schema: "deadlines",
                table: "deadline",
                column: "due_at",
                filter: "state = 'Armed'");

            migrationBuilder.CreateIndex(
                name: "deadline_request",
                schema: "deadlines",
                table: "deadline",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "entry_in_force",
                schema: "register",
                table: "entry",
                columns: new[] { "kind", "key", "membership_id" },
                unique: true,
                filter: "valid_to IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "entry_membership",
                schema: "register",
                table: "entry",
                columns: new[] { "membership_id", "kind" },
                filter: "valid_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "entry_ref",
                schema: "register",
                table: "entry",
                column: "ref",
                filter: "valid_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "entry_request",
                schema: "register",
                table: "entry",
                column: "request_id",
                filter: "request_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "firm_company",
                schema: "access",
                table: "firm",
                column: "company_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "membership_firm",
                schema: "access",
                table: "membership",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "membership_participant",
                schema: "access",
                table: "membership",
                columns: new[] { "clearing_house", "participant_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "note_request",
                schema: "requests",
                table: "note",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_notice_dead",
                schema: "notices",
                table: "notice",
                column: "queued_at",
                filter: "state in ('Dead', 'Held')");

            migrationBuilder.CreateIndex(
                name: "ix_notice_due",
                schema: "notices",
                table: "notice",
                column: "next_attempt_at",
                filter: "state = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "ix_notice_on_screen",
                schema: "notices",
                table: "notice",
                columns: new[] { "recipient_id", "queued_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_order",
                schema: "notices",
                table: "notice",
                columns: new[] { "request_id", "sequence" },
                filter: "state = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "ix_notice_unread",
                schema: "notices",
                table: "notice",
                column: "recipient_id",
                filter: "read_at is null");

            migrationBuilder.CreateIndex(
                name: "operation_at",
                schema: "requests",
                table: "operation",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "security_event_at",
                schema: "access",
                table: "security_event",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "security_event_user",
                schema: "access",
                table: "security_event",
                columns: new[] { "user_id", "at" });

            migrationBuilder.CreateIndex(
                name: "service_request_firm",
                schema: "requests",
                table: "service_request",
                columns: new[] { "firm_id", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "service_request_number",
                schema: "requests",
                table: "service_request",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "service_request_submitted",
                schema: "requests",
                table: "service_request",
                column: "submitted_at");

            migrationBuilder.CreateIndex(
                name: "session_open",
                schema: "access",
                table: "session",
                column: "user_id",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "task_open",
                schema: "inbox",
                table: "task",
                columns: new[] { "kind", "due_at" },
                filter: "is_open");

            migrationBuilder.CreateIndex(
                name: "task_open_membership",
                schema: "inbox",
                table: "task",
                columns: new[] { "membership_id", "due_at" },
                filter: "is_open");

            migrationBuilder.CreateIndex(
                name: "task_visit",
                schema: "inbox",
                table: "task",
                columns: new[] { "request_id", "step", "visit" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "touch_request",
                schema: "requests",
                table: "touch",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "user_account_email",
                schema: "access",
                table: "user_account",
                column: "email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "user_account_firm",
                schema: "access",
                table: "user_account",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "user_right_membership",
                schema: "access",
                table: "user_right",
                column: "membership_id");

            migrationBuilder.CreateIndex(
                name: "user_role_holders",
                schema: "access",
                table: "user_role",
                columns: new[] { "role", "team" });

            migrationBuilder.CreateIndex(
                name: "user_role_once",
                schema: "access",
                table: "user_role",
                columns: new[] { "user_id", "role", "team" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "business_clock",
                schema: "deadlines");

            migrationBuilder.DropTable(
                name: "calendar_day",
                schema: "register");

            migrationBuilder.DropTable(
                name: "calendar_range",
                schema: "register");

            migrationBuilder.DropTable(
                name: "calendar_rule",
                schema: "register");

            migrationBuilder.DropTable(
                name: "content",
                schema: "files");

            migrationBuilder.DropTable(
                name: "deadline",
                schema: "deadlines");

            migrationBuilder.DropTable(
                name: "effective",
                schema: "eservices");

            migrationBuilder.DropTable(
                name: "entry",
                schema: "register");

            migrationBuilder.DropTable(
                name: "event",
                schema: "events");

            migrationBuilder.DropTable(
                name: "note",
                schema: "requests");

            migrationBuilder.DropTable(
                name: "notice",
                schema: "notices");

            migrationBuilder.DropTable(
                name: "operation",
                schema: "requests");

            migrationBuilder.DropTable(
                name: "protection_key",
                schema: "access");

            migrationBuilder.DropTable(
                name: "release",
                schema: "eservices");

            migrationBuilder.DropTable(
                name: "security_event",
                schema: "access");

            migrationBuilder.DropTable(
                name: "service_request",
                schema: "requests");

            migrationBuilder.DropTable(
                name: "session",
                schema: "access");

            migrationBuilder.DropTable(
                name: "task",
                schema: "inbox");

            migrationBuilder.DropTable(
                name: "touch",
                schema: "requests");

            migrationBuilder.DropTable(
                name: "user_right",
                schema: "access");

            migrationBuilder.DropTable(
                name: "user_role",
                schema: "access");

            migrationBuilder.DropTable(
                name: "attachment",
                schema: "files");

            migrationBuilder.DropTable(
                name: "membership",
                schema: "access");

            migrationBuilder.DropTable(
                name: "user_account",
                schema: "access");

            migrationBuilder.DropTable(
                name: "firm",
                schema: "access");

            migrationBuilder.DropSequence(
                name: "request_number",
                schema: "requests");
        }
    }
}
