using System.Text;
using System.Text.Json;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests;
using AiGateway.Tests.Support;
using BudgetEnforcement.Tests.Contract;
using BudgetEnforcement.Tests.Functions;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>The process as it is deployed: settings from its environment, events from the Runtime API, DynamoDB behind.</summary>
public static class EntryPointTests
{
    private const int Requests = 150;

    static EntryPointTests()
    {
        // Every call is signed; DynamoDB Local takes any credentials.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "local");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "local");
    }

    [Fact]
    public static async Task The_recorded_days_first_questions_are_decided_and_held_on_dynamodb()
    {
        using var tables = await LocalDatabase.CreateTablesAsync();
        var settings = SettingsTests.Valid();
        settings["DYNAMODB_ENDPOINT"] = tables.Endpoint.ToString();
        settings["TABLE_PREFIX"] = tables.Names.Prefix;
        settings["STORE_TIMEOUT_MS"] = "20000";
        settings["WEBHOOK_TIMEOUT_MS"] = "40000";
        settings["FUNCTION_TIMEOUT_MS"] = "60000";
        settings["TIER_MONTHLY_USD"] = "sandbox=5,standard=5,high=5";
        await using var function = new RunningEnforcement(settings: settings);

        foreach (var line in Recorded.DayWebhook.Take(Requests))
        {
            var question = Questions.Recorded(JsonDocument.Parse(line).RootElement, DateTimeOffset.UtcNow);
            var (status, body) = await function.AskAsync(question);
            var decoded = GatewayDecoder.Decode(Encoding.UTF8.GetBytes(body));
            Assert.True(
                question.RawPath == WebhookPaths.Decision
                    ? status == 200 && decoded is GatewayDecoder.Pass or GatewayDecoder.Reject
                    : status is 200 or 402 or 429,
                $"{status} {body}");
        }

        var decisions = function.Events.Where(line => RunningEnforcement.Text(line, "event") == "decision").ToList();
        Assert.Equal(Requests, decisions.Count);
        Assert.Contains(decisions, line => RunningEnforcement.Text(line, "decision") == "refused");
        foreach (var team in decisions.GroupBy(line => RunningEnforcement.Text(line, "team")!))
        {
            var held = team
                .Where(line => RunningEnforcement.Text(line, "decision") == "admitted")
                .Sum(line => Usd.TryParse(RunningEnforcement.Text(line, "hold_usd"), out var hold) ? hold.Amount : 0m);
            var total = await MonthAsync(tables, team.Key);
            Assert.Equal(held, total.Committed);
            Assert.True(total.Committed <= 5m, $"{team.Key}: {total.Committed}");
        }
    }

    private static async Task<RunningTotal> MonthAsync(TestTables tables, string team)
    {
        var scope = Assert.IsType<Outcome<Scope>.Ok>(Scope.Parse($"team#{team}")).Value;
        var accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var account = new AccountKey(scope, $"{DateTimeOffset.UtcNow:yyyy-MM}");
        var read = Assert.IsType<StoreResult<AccountTotals?>.Done>(await accounts.ReadAsync(account, default));
        return read.Value?[new Total("M", Dimension.Usd)] ?? RunningTotal.Zero;
    }
}
