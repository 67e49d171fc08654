using System.Text.Json;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>What was answered to which operation key: a write that is repeated gets the answer that it got.</summary>
public sealed class DoneOperations(ClickConnection connection)
{
    /// <summary>The answer that this operation got before, or a refusal where its key was used for something else; null where it was not done yet.</summary>
    internal async Task<Result<RequestReceipt>?> ReplayAsync(Viewer viewer, OperationKey? operation, CancellationToken ct)
    {
        if (operation is null) return null;
        return await connection.ReadAsync<Result<RequestReceipt>?>(
            batch => batch.Add("SELECT body_hash, answer FROM requests.operation WHERE user_id = $1 AND key = $2", viewer.User.Value, operation.Key),
            async (row, token) => await row.ReadAsync(token) ? Answer(row.GetString(0), row.GetString(1), operation) : (Result<RequestReceipt>?)null,
            ct);
    }

    private static Result<RequestReceipt> Answer(string body, string answer, OperationKey operation) =>
        body == operation.BodyHash
            ? JsonSerializer.Deserialize<RequestReceipt>(answer, JsonSerializerOptions.Web)!
            : new OperationKeyWasUsedForSomethingElse();

    /// <summary>In the transaction that does what is answered: whoever comes second with this key is rolled back.</summary>
    internal static void Add(ClickBatch batch, UserId user, OperationKey operation, RequestReceipt receipt, DateTimeOffset now) =>
        batch.AddBeside(
            "INSERT INTO requests.operation (user_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5)",
            user.Value, operation.Key, operation.BodyHash, SqlValue.Json(JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web)), now);
}
