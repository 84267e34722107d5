using System.Text.Json;
using System.Text.Json.Serialization;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Engine;
using AiGateway.TimeZones;

namespace AiGateway.Local.Stack;

/// <summary>Budgets from a file, into the budgets table.</summary>
internal static class BudgetSeed
{
    /// <summary>Reads <c>{"budgets":[{"scope":"team#T","window":"month","usd":"25", …}]}</c>: the names of the budgets table.</summary>
    public static Outcome<IReadOnlyList<BudgetFields>> Read(string file)
    {
        if (!File.Exists(file))
        {
            return new Problem("no_file", $"There is no file {file}.");
        }

        List<BudgetFields> rows;
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllText(file), BudgetFileJson.Default.BudgetFile);
            rows = [.. (read?.Budgets ?? []).Select(row => row.ToFields())];
        }
        catch (JsonException error)
        {
            return new Problem("bad_budgets", $"{file} is not as local/budgets.json: {error.Message}");
        }

        var book = BudgetBook.Read(rows, IsTimeZone);
        return book.Problems.Count > 0
            ? new Problem("bad_budgets", $"{file}: {string.Join(' ', book.Problems.Select(problem => problem.Message))}")
            : Outcome(rows);
    }

    /// <exception cref="InvalidOperationException">The table could not be written.</exception>
    public static async Task PutAsync(
        DynamoClient dynamo, TableNames names, IReadOnlyList<BudgetFields> rows, TimeSpan timeout, CancellationToken stop)
    {
        var table = new BudgetsTable(dynamo, names, timeout, IsTimeZone);
        foreach (var row in rows)
        {
            if (await table.PutAsync(row, stop) is StoreResult<BudgetFields>.Failed failed)
            {
                throw new InvalidOperationException($"The budget of {row.Scope} could not be written: {failed.Detail}");
            }
        }
    }

    private static bool IsTimeZone(string id) => IanaZones.Find(id) is Outcome<ZoneRules>.Ok;

    private static Outcome<IReadOnlyList<BudgetFields>> Outcome(List<BudgetFields> rows) =>
        new Outcome<IReadOnlyList<BudgetFields>>.Ok(rows);
}

/// <summary>The file.</summary>
internal sealed record BudgetFile(IReadOnlyList<BudgetFileRow> Budgets);

/// <summary>A row of it. Amounts are decimal strings, as money is everywhere.</summary>
internal sealed record BudgetFileRow(string Scope, string Window)
{
    public string? Usd { get; init; }

    public long? Tokens { get; init; }

    public long? Requests { get; init; }

    public string? Mode { get; init; }

    public string? HoldMode { get; init; }

    public string? OnExpiry { get; init; }

    public string? OnRetry { get; init; }

    public bool ReplacesTier { get; init; }

    public BudgetFields ToFields() => new(Scope, Window)
    {
        Limits = new BudgetAmounts(UsdAmount(), Tokens, Requests),
        Mode = Mode,
        HoldMode = HoldMode,
        OnExpiry = OnExpiry,
        OnRetry = OnRetry,
        ReplacesTier = ReplacesTier,
    };

    private decimal? UsdAmount() => Usd is null
        ? null
        : Domain.Usd.TryParse(Usd, out var amount)
            ? amount.Amount
            : throw new JsonException($"\"{Usd}\" is not an amount of dollars such as \"25\".");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BudgetFile))]
internal sealed partial class BudgetFileJson : JsonSerializerContext;
