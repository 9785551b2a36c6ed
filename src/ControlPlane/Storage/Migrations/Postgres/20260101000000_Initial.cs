using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Sidecar.ControlPlane.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attempts",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    window_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    blocked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attempts", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    username = table.Column<string>(type: "text", nullable: false),
                    on_behalf_of_id = table.Column<Guid>(type: "uuid", nullable: true),
                    on_behalf_of = table.Column<string>(type: "text", nullable: false),
                    app = table.Column<string>(type: "text", nullable: false),
                    client_ip = table.Column<string>(type: "text", nullable: false),
                    model_app = table.Column<string>(type: "text", nullable: false),
                    model_name = table.Column<string>(type: "text", nullable: false),
                    model_pk = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    judged = table.Column<bool>(type: "boolean", nullable: false),
                    context = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_counter",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    newest = table.Column<long>(type: "bigint", nullable: false),
                    trimmed = table.Column<long>(type: "bigint", nullable: false),
                    last_user_pk = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_counter", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    subject = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    principal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    outpost_id = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flows",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    designation = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    authentication = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    denied_action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    layout = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    background = table.Column<string>(type: "text", nullable: false),
                    compatibility_mode = table.Column<bool>(type: "boolean", nullable: false),
                    policy_engine_mode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flows", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "groups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    is_superuser = table.Column<bool>(type: "boolean", nullable: false),
                    attributes = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_groups", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "installations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    epoch = table.Column<string>(type: "text", nullable: false),
                    public_address = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_up_open_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_up_code_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    set_up_completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    seeded = table.Column<bool>(type: "boolean", nullable: false),
                    name_key_version = table.Column<int>(type: "integer", nullable: false),
                    impersonation = table.Column<bool>(type: "boolean", nullable: false),
                    impersonation_require_reason = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "issued_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: true),
                    chain_id = table.Column<string>(type: "text", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reference_id = table.Column<string>(type: "text", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    redeemed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_issued_tokens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    kid = table.Column<string>(type: "text", nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    private_key_wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    endorsed_by = table.Column<string>(type: "text", nullable: true),
                    endorsement = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notification_transports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    mode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    webhook_url = table.Column<string>(type: "text", nullable: false),
                    email_subject_prefix = table.Column<string>(type: "text", nullable: false),
                    send_once = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_transports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    execution_logging = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "prompts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    field_key = table.Column<string>(type: "text", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    required = table.Column<bool>(type: "boolean", nullable: false),
                    placeholder = table.Column<string>(type: "text", nullable: false),
                    initial_value = table.Column<string>(type: "text", nullable: false),
                    sub_text = table.Column<string>(type: "text", nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prompts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queued_mails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queued_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reputation_scores",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    identifier = table.Column<string>(type: "text", nullable: false),
                    ip = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reputation_scores", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "retired_outpost_tokens",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retired_outpost_tokens", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "spent_challenges",
                columns: table => new
                {
                    challenge = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spent_challenges", x => x.challenge);
                });

            migrationBuilder.CreateTable(
                name: "stages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    pk = table.Column<int>(type: "integer", nullable: false),
                    username = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    username_key = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    search_text = table.Column<string>(type: "character varying(602)", maxLength: 602, nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    attributes = table.Column<string>(type: "jsonb", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    password_changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    uid = table.Column<string>(type: "text", nullable: false),
                    last_login = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    date_joined = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    flow_id = table.Column<Guid>(type: "uuid", nullable: false),
                    browser_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    plan = table.Column<string>(type: "jsonb", nullable: false),
                    context = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_flow_runs_flows_flow_id",
                        column: x => x.flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "providers",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    authentication_flow_id = table.Column<Guid>(type: "uuid", nullable: true),
                    authorization_flow_id = table.Column<Guid>(type: "uuid", nullable: true),
                    invalidation_flow_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_providers", x => x.id);
                    table.ForeignKey(
                        name: "fk_providers_flows_authentication_flow_id",
                        column: x => x.authentication_flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_providers_flows_authorization_flow_id",
                        column: x => x.authorization_flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_providers_flows_invalidation_flow_id",
                        column: x => x.invalidation_flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "group_parents",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_parents", x => new { x.group_id, x.parent_id });
                    table.ForeignKey(
                        name: "fk_group_parents_groups_group_id",
                        column: x => x.group_id,
                        principalTable: "groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_group_parents_groups_parent_id",
                        column: x => x.parent_id,
                        principalTable: "groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notification_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    destination_group_id = table.Column<Guid>(type: "uuid", nullable: true),
                    destination_event_user = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_rules", x => x.id);
                    table.ForeignKey(
                        name: "fk_notification_rules_groups_destination_group_id",
                        column: x => x.destination_group_id,
                        principalTable: "groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "flow_stage_bindings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    flow_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false),
                    evaluate_on_plan = table.Column<bool>(type: "boolean", nullable: false),
                    re_evaluate_policies = table.Column<bool>(type: "boolean", nullable: false),
                    invalid_response_action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    policy_engine_mode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_stage_bindings", x => x.id);
                    table.ForeignKey(
                        name: "fk_flow_stage_bindings_flows_flow_id",
                        column: x => x.flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_flow_stage_bindings_stages_stage_id",
                        column: x => x.stage_id,
                        principalTable: "stages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "stage_prompts",
                columns: table => new
                {
                    stage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    prompt_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stage_prompts", x => new { x.stage_id, x.prompt_id });
                    table.ForeignKey(
                        name: "fk_stage_prompts_prompts_prompt_id",
                        column: x => x.prompt_id,
                        principalTable: "prompts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_stage_prompts_stages_stage_id",
                        column: x => x.stage_id,
                        principalTable: "stages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "stage_validations",
                columns: table => new
                {
                    stage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    policy_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stage_validations", x => new { x.stage_id, x.policy_id });
                    table.ForeignKey(
                        name: "fk_stage_validations_policies_policy_id",
                        column: x => x.policy_id,
                        principalTable: "policies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_stage_validations_stages_stage_id",
                        column: x => x.stage_id,
                        principalTable: "stages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "authenticator_devices",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    key_wrapped = table.Column<byte[]>(type: "bytea", nullable: true),
                    digits = table.Column<int>(type: "integer", nullable: true),
                    last_step = table.Column<long>(type: "bigint", nullable: true),
                    credential_id = table.Column<byte[]>(type: "bytea", nullable: true),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    sign_count = table.Column<long>(type: "bigint", nullable: true),
                    aaguid = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authenticator_devices", x => x.id);
                    table.ForeignKey(
                        name: "fk_authenticator_devices_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "former_passwords",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    replaced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_passwords", x => x.id);
                    table.ForeignKey(
                        name: "fk_former_passwords_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fixed_data = table.Column<string>(type: "jsonb", nullable: false),
                    single_use = table.Column<bool>(type: "boolean", nullable: false),
                    flow_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                    table.ForeignKey(
                        name: "fk_invitations_flows_flow_id",
                        column: x => x.flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_invitations_users_created_by_id",
                        column: x => x.created_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailed_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    flow_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    email_key = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailed_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_mailed_links_flows_flow_id",
                        column: x => x.flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_mailed_links_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memberships", x => new { x.user_id, x.group_id });
                    table.ForeignKey(
                        name: "fk_memberships_groups_group_id",
                        column: x => x.group_id,
                        principalTable: "groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_memberships_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notification_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    transport_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    severity = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_notification_deliveries_notification_transports_transport_id",
                        column: x => x.transport_id,
                        principalTable: "notification_transports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notification_deliveries_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    severity = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => x.id);
                    table.ForeignKey(
                        name: "fk_notifications_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outposts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    config = table.Column<string>(type: "jsonb", nullable: false),
                    managed = table.Column<string>(type: "text", nullable: true),
                    service_account_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outposts", x => x.id);
                    table.ForeignKey(
                        name: "fk_outposts_users_service_account_id",
                        column: x => x.service_account_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cookie_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    absolute_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ip = table.Column<string>(type: "text", nullable: false),
                    user_agent = table.Column<string>(type: "text", nullable: false),
                    authenticated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    methods = table.Column<string>(type: "text", nullable: false),
                    context = table.Column<string>(type: "text", nullable: false),
                    impersonator_session_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_sessions_impersonator_session_id",
                        column: x => x.impersonator_session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_sessions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    identifier = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    intent = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    expiring = table.Column<bool>(type: "boolean", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    managed = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    group = table.Column<string>(type: "text", nullable: false),
                    meta_launch_url = table.Column<string>(type: "text", nullable: false),
                    meta_icon = table.Column<string>(type: "text", nullable: false),
                    meta_description = table.Column<string>(type: "text", nullable: false),
                    meta_publisher = table.Column<string>(type: "text", nullable: false),
                    policy_engine_mode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    open_in_new_tab = table.Column<bool>(type: "boolean", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.id);
                    table.ForeignKey(
                        name: "fk_applications_providers_provider_id",
                        column: x => x.provider_id,
                        principalTable: "providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "proxy_providers",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    mode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    external_host = table.Column<string>(type: "text", nullable: false),
                    internal_host = table.Column<string>(type: "text", nullable: false),
                    internal_host_ssl_validation = table.Column<bool>(type: "boolean", nullable: false),
                    cookie_domain = table.Column<string>(type: "text", nullable: false),
                    skip_path_regex = table.Column<string>(type: "text", nullable: false),
                    intercept_header_auth = table.Column<bool>(type: "boolean", nullable: false),
                    basic_auth_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    basic_auth_user_attribute = table.Column<string>(type: "text", nullable: false),
                    basic_auth_password_attribute = table.Column<string>(type: "text", nullable: false),
                    access_token_validity = table.Column<string>(type: "text", nullable: false),
                    refresh_token_validity = table.Column<string>(type: "text", nullable: false),
                    client_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    client_secret_wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealing_key_wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous_sealing_key_wrapped = table.Column<byte[]>(type: "bytea", nullable: true),
                    identity_budget_bytes = table.Column<int>(type: "integer", nullable: false),
                    group_choice = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    group_prefix = table.Column<string>(type: "text", nullable: false),
                    hide_ticket = table.Column<bool>(type: "boolean", nullable: false),
                    send_assertion = table.Column<bool>(type: "boolean", nullable: false),
                    strict = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_proxy_providers", x => x.id);
                    table.ForeignKey(
                        name: "fk_proxy_providers_providers_id",
                        column: x => x.id,
                        principalTable: "providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notification_rule_transports",
                columns: table => new
                {
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    transport_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_rule_transports", x => new { x.rule_id, x.transport_id });
                    table.ForeignKey(
                        name: "fk_notification_rule_transports_notification_rules_rule_id",
                        column: x => x.rule_id,
                        principalTable: "notification_rules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notification_rule_transports_notification_transports_transp",
                        column: x => x.transport_id,
                        principalTable: "notification_transports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "static_tokens",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_static_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_static_tokens_authenticator_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "authenticator_devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outpost_instances",
                columns: table => new
                {
                    outpost_id = table.Column<Guid>(type: "uuid", nullable: false),
                    instance = table.Column<Guid>(type: "uuid", nullable: false),
                    hostname = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    last_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    assertion_kid = table.Column<string>(type: "text", nullable: true),
                    assertion_x = table.Column<string>(type: "text", nullable: true),
                    assertion_y = table.Column<string>(type: "text", nullable: true),
                    epoch = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    applied = table.Column<long>(type: "bigint", nullable: false),
                    principals = table.Column<long>(type: "bigint", nullable: false),
                    rejected = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outpost_instances", x => new { x.outpost_id, x.instance });
                    table.ForeignKey(
                        name: "fk_outpost_instances_outposts_outpost_id",
                        column: x => x.outpost_id,
                        principalTable: "outposts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outpost_providers",
                columns: table => new
                {
                    outpost_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outpost_providers", x => new { x.outpost_id, x.provider_id });
                    table.ForeignKey(
                        name: "fk_outpost_providers_outposts_outpost_id",
                        column: x => x.outpost_id,
                        principalTable: "outposts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_outpost_providers_providers_provider_id",
                        column: x => x.provider_id,
                        principalTable: "providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "snapshots",
                columns: table => new
                {
                    outpost_id = table.Column<Guid>(type: "uuid", nullable: false),
                    epoch = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    change_number = table.Column<long>(type: "bigint", nullable: false),
                    built_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    document = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshots", x => new { x.outpost_id, x.epoch, x.revision });
                    table.ForeignKey(
                        name: "fk_snapshots_outposts_outpost_id",
                        column: x => x.outpost_id,
                        principalTable: "outposts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_grants",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_grants", x => new { x.session_id, x.provider_id });
                    table.ForeignKey(
                        name: "fk_session_grants_providers_provider_id",
                        column: x => x.provider_id,
                        principalTable: "providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_session_grants_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "token_grants",
                columns: table => new
                {
                    token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_token_grants", x => new { x.token_id, x.provider_id });
                    table.ForeignKey(
                        name: "fk_token_grants_providers_provider_id",
                        column: x => x.provider_id,
                        principalTable: "providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_token_grants_tokens_token_id",
                        column: x => x.token_id,
                        principalTable: "tokens",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bindings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stage_binding_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    policy_id = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    group_id = table.Column<Guid>(type: "uuid", nullable: true),
                    order = table.Column<int>(type: "integer", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    negate = table.Column<bool>(type: "boolean", nullable: false),
                    timeout = table.Column<int>(type: "integer", nullable: false),
                    failure_result = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bindings", x => x.id);
                    table.CheckConstraint("ck_bindings_at_most_one_subject", "(CASE WHEN policy_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) <= 1");
                    table.CheckConstraint("ck_bindings_no_policy_at_applications", "policy_id IS NULL OR application_id IS NULL");
                    table.CheckConstraint("ck_bindings_one_target", "(CASE WHEN application_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN flow_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN stage_binding_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN rule_id IS NULL THEN 0 ELSE 1 END) = 1");
                    table.ForeignKey(
                        name: "fk_bindings_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_bindings_flow_stage_bindings_stage_binding_id",
                        column: x => x.stage_binding_id,
                        principalTable: "flow_stage_bindings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_bindings_flows_flow_id",
                        column: x => x.flow_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_bindings_groups_group_id",
                        column: x => x.group_id,
                        principalTable: "groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_bindings_notification_rules_rule_id",
                        column: x => x.rule_id,
                        principalTable: "notification_rules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_bindings_policies_policy_id",
                        column: x => x.policy_id,
                        principalTable: "policies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_bindings_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "brands",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    is_default = table.Column<bool>(type: "boolean", nullable: false),
                    branding_title = table.Column<string>(type: "text", nullable: false),
                    branding_logo = table.Column<string>(type: "text", nullable: false),
                    branding_favicon = table.Column<string>(type: "text", nullable: false),
                    branding_custom_css = table.Column<string>(type: "text", nullable: false),
                    branding_default_flow_background = table.Column<string>(type: "text", nullable: false),
                    flow_authentication_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_invalidation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_recovery_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_unenrollment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_user_settings_id = table.Column<Guid>(type: "uuid", nullable: true),
                    flow_device_code_id = table.Column<Guid>(type: "uuid", nullable: true),
                    default_application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attributes = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_brands", x => x.id);
                    table.ForeignKey(
                        name: "fk_brands_applications_default_application_id",
                        column: x => x.default_application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_brands_flows_flow_authentication_id",
                        column: x => x.flow_authentication_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_brands_flows_flow_device_code_id",
                        column: x => x.flow_device_code_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_brands_flows_flow_invalidation_id",
                        column: x => x.flow_invalidation_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_brands_flows_flow_recovery_id",
                        column: x => x.flow_recovery_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_brands_flows_flow_unenrollment_id",
                        column: x => x.flow_unenrollment_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_brands_flows_flow_user_settings_id",
                        column: x => x.flow_user_settings_id,
                        principalTable: "flows",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "consents",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    permissions = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consents", x => x.id);
                    table.ForeignKey(
                        name: "fk_consents_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_consents_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "change_counter",
                columns: new[] { "id", "last_user_pk", "newest", "trimmed" },
                values: new object[] { 1, 0, 0L, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_applications_provider_id",
                table: "applications",
                column: "provider_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_applications_slug",
                table: "applications",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attempts_window_start",
                table: "attempts",
                column: "window_start");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_action_at",
                table: "audit_events",
                columns: new[] { "action", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_at",
                table: "audit_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_model_pk_at",
                table: "audit_events",
                columns: new[] { "model_pk", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_not_judged",
                table: "audit_events",
                column: "id",
                filter: "NOT judged");

            migrationBuilder.CreateIndex(
                name: "ix_authenticator_devices_credential_id",
                table: "authenticator_devices",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_authenticator_devices_user_id",
                table: "authenticator_devices",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_application_id",
                table: "bindings",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_flow_id",
                table: "bindings",
                column: "flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_group_id",
                table: "bindings",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_policy_id",
                table: "bindings",
                column: "policy_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_rule_id",
                table: "bindings",
                column: "rule_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_stage_binding_id",
                table: "bindings",
                column: "stage_binding_id");

            migrationBuilder.CreateIndex(
                name: "ix_bindings_user_id",
                table: "bindings",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_default_application_id",
                table: "brands",
                column: "default_application_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_domain",
                table: "brands",
                column: "domain",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_brands_flow_authentication_id",
                table: "brands",
                column: "flow_authentication_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_flow_device_code_id",
                table: "brands",
                column: "flow_device_code_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_flow_invalidation_id",
                table: "brands",
                column: "flow_invalidation_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_flow_recovery_id",
                table: "brands",
                column: "flow_recovery_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_flow_unenrollment_id",
                table: "brands",
                column: "flow_unenrollment_id");

            migrationBuilder.CreateIndex(
                name: "ix_brands_flow_user_settings_id",
                table: "brands",
                column: "flow_user_settings_id");

            migrationBuilder.CreateIndex(
                name: "ix_consents_application_id",
                table: "consents",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_consents_user_id_application_id_permissions",
                table: "consents",
                columns: new[] { "user_id", "application_id", "permissions" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_address_created_at",
                table: "flow_runs",
                columns: new[] { "address", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_browser_hash_flow_id",
                table: "flow_runs",
                columns: new[] { "browser_hash", "flow_id" });

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_expires_at",
                table: "flow_runs",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_flow_runs_flow_id",
                table: "flow_runs",
                column: "flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_flow_stage_bindings_flow_id_stage_id_order",
                table: "flow_stage_bindings",
                columns: new[] { "flow_id", "stage_id", "order" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_flow_stage_bindings_stage_id",
                table: "flow_stage_bindings",
                column: "stage_id");

            migrationBuilder.CreateIndex(
                name: "ix_flows_slug",
                table: "flows",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_former_passwords_user_id_replaced_at",
                table: "former_passwords",
                columns: new[] { "user_id", "replaced_at" });

            migrationBuilder.CreateIndex(
                name: "ix_group_parents_parent_id",
                table: "group_parents",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_groups_name",
                table: "groups",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_created_by_id",
                table: "invitations",
                column: "created_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_expires_at",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_flow_id",
                table: "invitations",
                column: "flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_issued_tokens_chain_id",
                table: "issued_tokens",
                column: "chain_id");

            migrationBuilder.CreateIndex(
                name: "ix_issued_tokens_expires_at",
                table: "issued_tokens",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_issued_tokens_reference_id",
                table: "issued_tokens",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_keys_kid",
                table: "keys",
                column: "kid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_keys_purpose",
                table: "keys",
                column: "purpose");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_links_expires_at",
                table: "mailed_links",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_links_flow_id",
                table: "mailed_links",
                column: "flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_links_secret_hash",
                table: "mailed_links",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_mailed_links_user_id",
                table: "mailed_links",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_memberships_group_id",
                table: "memberships",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_deliveries_not_before",
                table: "notification_deliveries",
                column: "not_before");

            migrationBuilder.CreateIndex(
                name: "ix_notification_deliveries_transport_id",
                table: "notification_deliveries",
                column: "transport_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_deliveries_user_id",
                table: "notification_deliveries",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_rule_transports_transport_id",
                table: "notification_rule_transports",
                column: "transport_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_rules_destination_group_id",
                table: "notification_rules",
                column: "destination_group_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_rules_name",
                table: "notification_rules",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notification_transports_name",
                table: "notification_transports",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_user_id_created_at",
                table: "notifications",
                columns: new[] { "user_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outpost_providers_provider_id",
                table: "outpost_providers",
                column: "provider_id");

            migrationBuilder.CreateIndex(
                name: "ix_outposts_managed",
                table: "outposts",
                column: "managed",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outposts_name",
                table: "outposts",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outposts_service_account_id",
                table: "outposts",
                column: "service_account_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_policies_name",
                table: "policies",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_prompts_name",
                table: "prompts",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_providers_authentication_flow_id",
                table: "providers",
                column: "authentication_flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_providers_authorization_flow_id",
                table: "providers",
                column: "authorization_flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_providers_invalidation_flow_id",
                table: "providers",
                column: "invalidation_flow_id");

            migrationBuilder.CreateIndex(
                name: "ix_providers_name",
                table: "providers",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_proxy_providers_client_id",
                table: "proxy_providers",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_queued_mails_next_attempt_at",
                table: "queued_mails",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ix_reputation_scores_account_address",
                table: "reputation_scores",
                columns: new[] { "account", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reputation_scores_address",
                table: "reputation_scores",
                column: "address");

            migrationBuilder.CreateIndex(
                name: "ix_reputation_scores_updated_at",
                table: "reputation_scores",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "ix_session_grants_provider_id",
                table: "session_grants",
                column: "provider_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_cookie_hash",
                table: "sessions",
                column: "cookie_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_at",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_impersonator_session_id",
                table: "sessions",
                column: "impersonator_session_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user_id",
                table: "sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_spent_challenges_expires_at",
                table: "spent_challenges",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_stage_prompts_prompt_id",
                table: "stage_prompts",
                column: "prompt_id");

            migrationBuilder.CreateIndex(
                name: "ix_stage_validations_policy_id",
                table: "stage_validations",
                column: "policy_id");

            migrationBuilder.CreateIndex(
                name: "ix_stages_name",
                table: "stages",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_static_tokens_device_id",
                table: "static_tokens",
                column: "device_id");

            migrationBuilder.CreateIndex(
                name: "ix_static_tokens_hash",
                table: "static_tokens",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_token_grants_provider_id",
                table: "token_grants",
                column: "provider_id");

            migrationBuilder.CreateIndex(
                name: "ix_tokens_expires_at",
                table: "tokens",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_tokens_hash",
                table: "tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tokens_identifier",
                table: "tokens",
                column: "identifier",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tokens_user_id",
                table: "tokens",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_users_date_joined_pk",
                table: "users",
                columns: new[] { "date_joined", "pk" });

            migrationBuilder.CreateIndex(
                name: "ix_users_email_key",
                table: "users",
                column: "email_key");

            migrationBuilder.CreateIndex(
                name: "ix_users_email_pk",
                table: "users",
                columns: new[] { "email", "pk" });

            migrationBuilder.CreateIndex(
                name: "ix_users_last_login_pk",
                table: "users",
                columns: new[] { "last_login", "pk" });

            migrationBuilder.CreateIndex(
                name: "ix_users_pk",
                table: "users",
                column: "pk",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_search_text",
                table: "users",
                column: "search_text");

            migrationBuilder.CreateIndex(
                name: "ix_users_uid",
                table: "users",
                column: "uid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_username_key",
                table: "users",
                column: "username_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_username_pk",
                table: "users",
                columns: new[] { "username", "pk" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attempts");

            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "bindings");

            migrationBuilder.DropTable(
                name: "brands");

            migrationBuilder.DropTable(
                name: "change_counter");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "consents");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "flow_runs");

            migrationBuilder.DropTable(
                name: "former_passwords");

            migrationBuilder.DropTable(
                name: "group_parents");

            migrationBuilder.DropTable(
                name: "installations");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "issued_tokens");

            migrationBuilder.DropTable(
                name: "keys");

            migrationBuilder.DropTable(
                name: "mailed_links");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropTable(
                name: "notification_deliveries");

            migrationBuilder.DropTable(
                name: "notification_rule_transports");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "outpost_instances");

            migrationBuilder.DropTable(
                name: "outpost_providers");

            migrationBuilder.DropTable(
                name: "proxy_providers");

            migrationBuilder.DropTable(
                name: "queued_mails");

            migrationBuilder.DropTable(
                name: "reputation_scores");

            migrationBuilder.DropTable(
                name: "retired_outpost_tokens");

            migrationBuilder.DropTable(
                name: "session_grants");

            migrationBuilder.DropTable(
                name: "snapshots");

            migrationBuilder.DropTable(
                name: "spent_challenges");

            migrationBuilder.DropTable(
                name: "stage_prompts");

            migrationBuilder.DropTable(
                name: "stage_validations");

            migrationBuilder.DropTable(
                name: "static_tokens");

            migrationBuilder.DropTable(
                name: "token_grants");

            migrationBuilder.DropTable(
                name: "flow_stage_bindings");

            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropTable(
                name: "notification_rules");

            migrationBuilder.DropTable(
                name: "notification_transports");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "outposts");

            migrationBuilder.DropTable(
                name: "prompts");

            migrationBuilder.DropTable(
                name: "policies");

            migrationBuilder.DropTable(
                name: "authenticator_devices");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropTable(
                name: "stages");

            migrationBuilder.DropTable(
                name: "providers");

            migrationBuilder.DropTable(
                name: "groups");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "flows");
        }
    }
}
