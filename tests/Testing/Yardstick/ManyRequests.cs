using ClientConnect.Testing.Database;
using Npgsql;

namespace ClientConnect.Testing.Yardstick;

/// <summary>
/// Copies of a draft, each with positions of its own, so that any number can be under way at once. Made by SQL, since what is
/// measured comes after.
/// </summary>
public sealed class ManyRequests(TestDatabase database)
{
    private int made;

    /// <summary>Copies of the draft, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<Guid>> OfAsync(Guid draft, int count)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        var positions = await PositionsAsync(connection, draft);
        await using var command = new NpgsqlCommand($"SELECT pg_temp.copies($1, $2, $3, $4)", connection);
        await using (var define = new NpgsqlCommand(Copies, connection)) await define.ExecuteNonQueryAsync();
        command.Parameters.Add(new() { Value = draft });
        command.Parameters.Add(new() { Value = positions });
        command.Parameters.Add(new() { Value = made });
        command.Parameters.Add(new() { Value = count });
        made += count;
        var ids = (Guid[])(await command.ExecuteScalarAsync())!;
        await using var analyze = new NpgsqlCommand("ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync();
        return ids;
    }

    private const string Copies =
        """
        CREATE FUNCTION pg_temp.copies(original uuid, positions text[], made int, count int) RETURNS uuid[] LANGUAGE plpgsql AS $$
        DECLARE
          request text; entries text[]; copy text; held text; own text; id uuid; ids uuid[] := '{}';
        BEGIN
          SELECT to_jsonb(r)::text INTO request FROM requests.service_request r WHERE r.id = original;
          SELECT array_agg(to_jsonb(e)::text) INTO entries FROM register.entry e WHERE e.kind || ':' || e.key = ANY (SELECT 'short-position:' || p FROM unnest(positions) p) AND e.valid_to IS NULL;
          SELECT string_agg(quote_ident(attname), ', ') INTO own FROM pg_attribute
          WHERE attrelid = 'register.entry'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
          FOR n IN made + 1 .. made + count LOOP
            id := gen_random_uuid();
            copy := replace(request, original::text, id::text);
            FOR p IN 1 .. array_length(positions, 1) LOOP
              copy := replace(copy, positions[p], 'P' || lpad((10000000 + n * 10 + p)::text, 8, '0'));
            END LOOP;
            INSERT INTO requests.service_request SELECT (jsonb_populate_record(NULL::requests.service_request, copy::jsonb)).*;
            FOREACH held IN ARRAY entries LOOP
              FOR p IN 1 .. array_length(positions, 1) LOOP
                held := replace(held, positions[p], 'P' || lpad((10000000 + n * 10 + p)::text, 8, '0'));
              END LOOP;
              EXECUTE format('INSERT INTO register.entry (%1$s) SELECT %1$s FROM jsonb_populate_record(NULL::register.entry, $1)', own)
                USING held::jsonb || jsonb_build_object('id', gen_random_uuid());
            END LOOP;
            ids := ids || id;
          END LOOP;
          RETURN ids;
        END $$
        """;

    private static async Task<string[]> PositionsAsync(NpgsqlConnection connection, Guid draft)
    {
        await using var command = new NpgsqlCommand("SELECT ARRAY(SELECT split_part(k, ':', 2) FROM requests.service_request r, unnest(r.touch_refs) k WHERE r.id = $1)", connection);
        command.Parameters.Add(new() { Value = draft });
        return (string[])(await command.ExecuteScalarAsync())!;
    }
}
