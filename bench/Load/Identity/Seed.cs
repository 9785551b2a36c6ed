using System.Globalization;
using Microsoft.Data.Sqlite;
using Sidecar.TestKit.Databases;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Identity;

/// <summary>
/// Many people in a database, by copies of one user that the API has made: whatever columns a user has, a copy has them too. Written into the database itself, so
/// nothing is audited and no outpost is told: for measurements alone.
/// </summary>
internal static class Seed
{
    public const string Template = "seed-template";
    public const string Surname = "Lindqvist";
    public const int Groups = 2_000;
    private const int GroupsOfOne = 3;
    private const string FirstNames = "'Ana','Bo','Cleo','Dara','Eli','Fay','Gus','Hana','Ivo','Juno'";
    private const string Surnames = "'Berg','Castro','Dubois','Eriksen','Fontana','Garcia','Haas','Ito','Jansen','Kowalski','Lindqvist','Moreau','Novak'";

    /// <summary>The user to copy and the groups to put the copies into.</summary>
    public static async Task PrepareAsync(AdminApi api)
    {
        await api.CreateUserAsync(Template, "correct horse battery staple");
        for (var i = 0; i < Groups; i++)
        {
            await api.CreateGroupAsync($"team {i:D4}");
        }
    }

    /// <param name="file">The database of a server that does not run.</param>
    /// <param name="users">How many to add.</param>
    public static async Task SqliteAsync(string file, int users)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            BEGIN;
            CREATE TEMP TABLE seed AS
              WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users}),
                   first(names) AS (SELECT json_array({FirstNames})), last(names) AS (SELECT json_array({Surnames}))
              SELECT u.*, i AS seed_i, first.names ->> (i % 10) AS seed_first, last.names ->> (i % 13) AS seed_last
              FROM users u, n, first, last WHERE u.username = '{Template}';
            UPDATE seed SET
              id = printf('0190A000-0000-7000-8000-%012X', seed_i), pk = pk + seed_i, uid = printf('%064x', seed_i),
              username = 'user' || seed_i, username_key = 'USER' || seed_i,
              email = 'user' || seed_i || '@example.com', email_key = 'USER' || seed_i || '@EXAMPLE.COM',
              name = seed_first || ' ' || seed_last,
              search_text = lower('user' || seed_i || char(10) || seed_first || ' ' || seed_last || char(10) || 'user' || seed_i || '@example.com');
            ALTER TABLE seed DROP COLUMN seed_i;
            ALTER TABLE seed DROP COLUMN seed_first;
            ALTER TABLE seed DROP COLUMN seed_last;
            INSERT INTO users SELECT * FROM seed;
            DROP TABLE seed;
            INSERT INTO memberships (user_id, group_id)
              WITH numbered AS (SELECT id, row_number() OVER (ORDER BY name) - 1 AS place FROM groups WHERE name LIKE 'team %'),
                   turn(k) AS (VALUES (0), (1), (2))
              SELECT u.id, g.id FROM users u, turn, numbered g
              WHERE u.username LIKE 'user%' AND u.pk <> 0 AND g.place = (u.pk * {GroupsOfOne} + k) % {Groups};
            COMMIT;
            ANALYZE;
            """);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public static Task PostgresAsync(PostgresServer postgres, string database, int users) =>
        postgres.ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $$"""
            INSERT INTO users
              SELECT (jsonb_populate_record(u, jsonb_build_object(
                'id', '0190a000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'), 'pk', u.pk + i, 'uid', lpad(to_hex(i), 64, '0'),
                'username', 'user' || i, 'username_key', 'USER' || i,
                'email', 'user' || i || '@example.com', 'email_key', 'USER' || i || '@EXAMPLE.COM',
                'search_text', lower(concat_ws(E'\n', 'user' || i, (ARRAY[{{FirstNames}}])[1 + i % 10] || ' ' || (ARRAY[{{Surnames}}])[1 + i % 13], 'user' || i || '@example.com')),
                'name', (ARRAY[{{FirstNames}}])[1 + i % 10] || ' ' || (ARRAY[{{Surnames}}])[1 + i % 13]))).*
              FROM users u, generate_series(1, {{users}}) i WHERE u.username = '{{Template}}';
            INSERT INTO memberships (user_id, group_id)
              WITH numbered AS (SELECT id, row_number() OVER (ORDER BY name) - 1 AS place FROM groups WHERE name LIKE 'team %')
              SELECT u.id, g.id FROM users u CROSS JOIN generate_series(0, {{GroupsOfOne - 1}}) k
              JOIN numbered g ON g.place = (u.pk * {{GroupsOfOne}} + k) % {{Groups}}
              WHERE u.username LIKE 'user%';
            ANALYZE;
            """));
}
