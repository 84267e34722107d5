using AiGateway.Lambda;
using Sweep.Tests.Harness;

namespace Sweep.Tests;

public static class SettingsTests
{
    [Fact]
    public static void What_is_not_said_has_the_designs_defaults()
    {
        var settings = Settings.Read(new SweepProcess(Events.Now).Reader);

        Assert.Equal(TimeSpan.FromMinutes(30), settings.Options.TimeToLive);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Options.Confirmation);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Margin);
        Assert.Null(settings.Store.Endpoint);
    }

    [Fact]
    public static void Every_mistake_is_reported_at_once()
    {
        var env = new EnvironmentReader(name => name switch
        {
            "STORE_TIMEOUT_MS" => "soon",
            "HOLD_TIME_TO_LIVE_MINUTES" => "5",
            _ => null,
        });

        var wrong = Assert.Throws<SettingsException>(() => Settings.Read(env)).Mistakes;

        string[] names =
            ["AWS_REGION", "TABLE_PREFIX", "STORE_TIMEOUT_MS", "FUNCTION_TIMEOUT_MS", "HOLD_TIME_TO_LIVE_MINUTES"];
        Assert.All(names, name => Assert.Contains(wrong, mistake => mistake.StartsWith(name, StringComparison.Ordinal)));
        Assert.Equal(names.Length, wrong.Count);
    }

    [Theory]
    [InlineData("STORE_TIMEOUT_MS", "60000", "60000")]
    [InlineData("DEADLINE_MARGIN_MS", "5000", "124999")]
    public static void Times_that_do_not_fit_each_other_are_refused(string name, string value, string functionTimeout)
    {
        var process = new SweepProcess(Events.Now);
        process.Environment[name] = value;
        process.Environment["FUNCTION_TIMEOUT_MS"] = functionTimeout;

        var wrong = Assert.Throws<SettingsException>(() => Settings.Read(process.Reader)).Mistakes;

        Assert.Contains(wrong, mistake => mistake.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public static void A_longer_life_of_holds_is_taken_over()
    {
        var process = new SweepProcess(Events.Now);
        process.Environment["HOLD_TIME_TO_LIVE_MINUTES"] = "90";

        Assert.Equal(TimeSpan.FromMinutes(90), Settings.Read(process.Reader).Options.TimeToLive);
    }
}
