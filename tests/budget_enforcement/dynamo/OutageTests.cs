using System.Net;
using System.Net.Sockets;
using AiGateway.Aws;
using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>The real database, or none: missing tables, nothing that listens, answers that do not come.</summary>
public static class OutageTests
{
    [Fact]
    public static async Task Missing_tables_refuse_and_are_told_from_an_outage()
    {
        using var enforced = await Enforced.StartAsync(
            settings: [("OTHER_PREFIX", "no-such-deployment-"), ("OUTAGE", "allow")]);

        Assert.False(await enforced.AskAsync(Questions.Headers()));

        Assert.Equal("store_malformed", enforced.LogOf(Questions.RequestId, "reason"));
        Assert.Contains("ResourceNotFoundException", enforced.LogOf(Questions.RequestId, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_missing_ledger_refuses_and_the_hold_is_given_back()
    {
        using var enforced = await Enforced.StartAsync(
            monthlyUsd: 25m,
            only: [TableDefinitions.Accounts, TableDefinitions.Budgets, TableDefinitions.Teams, TableDefinitions.Clients]);

        Assert.False(await enforced.AskAsync(Questions.Headers()));

        Assert.Equal("store_malformed", enforced.LogOf(Questions.RequestId, "reason"));
        Assert.Equal(0m, (await enforced.MonthAsync()).Committed);
    }

    [Theory]
    [InlineData("deny", false, "store_unreachable", false)]
    [InlineData("allow", true, "outage_allow", true)]
    public static async Task Nothing_that_listens_is_an_outage_and_the_rules_answer_it(
        string rule, bool admitted, string reason, bool degraded)
    {
        using var client = LocalDatabase.Client(new Uri($"http://127.0.0.1:{ClosedPort()}/"), TimeSpan.FromSeconds(20));
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m, client: client, settings: ("OUTAGE", rule));

        Assert.Equal(admitted, await enforced.AskAsync(Questions.Headers()));

        Assert.Equal(reason, enforced.LogOf(Questions.RequestId, "reason"));
        Assert.Equal(degraded, enforced.LogOf(Questions.RequestId).GetProperty("degraded").GetBoolean());
        Assert.Equal("error", enforced.LogOf(Questions.RequestId, "level"));
    }

    [Fact]
    public static async Task An_outage_after_the_start_lets_an_allowance_through_and_no_more()
    {
        await using var proxy = new SlowProxy(await LocalDatabase.EndpointAsync());
        using var client = LocalDatabase.Client(proxy.Endpoint, TimeSpan.FromSeconds(20));
        using var enforced = await Enforced.StartAsync(
            monthlyUsd: 25m,
            client: client,
            settings: [("OUTAGE", "allowance"), ("OUTAGE_ALLOWANCE_USD", "0.001")]);
        Assert.True(await enforced.AskAsync(Questions.Headers("before")));

        await proxy.StopAsync();
        var answers = new List<bool>();
        var reasons = new List<string>();
        foreach (var id in (string[])["one", "two", "three", "four"])
        {
            answers.Add(await enforced.AskAsync(Questions.Headers(id)));
            reasons.Add(enforced.LogOf(id, "reason"));
        }

        // The first finds its connections cut, which is no proof that nothing was applied.
        Assert.Equal("outage_allowance", reasons.First(reason => reason != "store_timed_out"));
        Assert.Equal("outage_allowance_spent", reasons[^1]);
        Assert.Equal(reasons.Count(reason => reason == "outage_allowance"), answers.Count(answer => answer));
        Assert.InRange(answers.Count(answer => answer), 1, 2);
    }

    [Fact]
    public static async Task A_slow_database_refuses_in_time_and_the_bucket_keeps_what_was_perhaps_taken()
    {
        await using var proxy = new SlowProxy(await LocalDatabase.EndpointAsync());
        using var client = LocalDatabase.Client(proxy.Endpoint, TimeSpan.FromSeconds(20));
        using var enforced = await Enforced.StartAsync(
            monthlyUsd: 25m, client: client, settings: ("STORE_TIMEOUT_MS", "8000"));
        Assert.True(await enforced.AskAsync(Questions.Headers("before")));
        var hold = (await enforced.MonthAsync()).Committed;

        proxy.Gate = new TaskCompletionSource();
        Assert.False(await enforced.AskAsync(Questions.Headers("slow")));

        Assert.Equal("store_timed_out", enforced.LogOf("slow", "reason"));
        Assert.InRange((await enforced.MonthAsync()).Committed, hold, 2m * hold);
        proxy.Gate.SetResult();
        proxy.Gate = null;
        Assert.True(await RecoversAsync(enforced), "Three questions after the database answered again were all refused.");
    }

    // The first may find a connection that the time-out has cut, which is no proof that nothing was applied: refused.
    private static async Task<bool> RecoversAsync(Enforced enforced)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            if (await enforced.AskAsync(Questions.Headers($"after-{tries}")))
            {
                return true;
            }
        }

        return false;
    }

    private static int ClosedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
