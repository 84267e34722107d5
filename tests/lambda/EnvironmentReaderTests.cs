using AiGateway.Domain;

namespace AiGateway.Lambda.Tests;

public static class EnvironmentReaderTests
{
    private enum OnExpiry
    {
        Charge,
        Release,
    }

    [Fact]
    public static void Reads_every_kind_of_setting()
    {
        var env = Reader(
            ("TABLE", " budgets "), ("TIMEOUT_MS", "250"), ("CAP_USD", "0.25"), ("COUNT", "-3"), ("TRUSTED", "true"),
            ("ON_EXPIRY", "release"), ("ENDPOINT", "http://127.0.0.1:8000"));

        Assert.Equal("budgets", env.Text("TABLE"));
        Assert.Equal(TimeSpan.FromMilliseconds(250), env.Milliseconds("TIMEOUT_MS", 1, 2_000));
        Assert.Equal(new Usd(0.25m), env.Usd("CAP_USD", Usd.Zero, new Usd(1m)));
        Assert.Equal(-3, env.Integer("COUNT", -5, 5));
        Assert.True(env.Boolean("TRUSTED"));
        Assert.Equal(OnExpiry.Release, ReadOnExpiry(env, null));
        Assert.Equal(new Uri("http://127.0.0.1:8000"), env.Uri("ENDPOINT"));
        env.ThrowIfInvalid();
    }

    [Fact]
    public static void What_is_not_set_is_what_the_caller_says()
    {
        var env = Reader(("BLANK", "   "));

        Assert.Null(env.OptionalText("ABSENT"));
        Assert.Null(env.OptionalText("BLANK"));
        Assert.Null(env.OptionalUri("ABSENT"));
        Assert.Equal(TimeSpan.FromMilliseconds(7), env.Milliseconds("ABSENT", 1, 9, otherwise: 7));
        Assert.Equal(7, env.Integer("ABSENT", 1, 9, otherwise: 7));
        Assert.Equal(new Usd(2m), env.Usd("ABSENT", Usd.Zero, new Usd(9m), otherwise: new Usd(2m)));
        Assert.False(env.Boolean("ABSENT", otherwise: false));
        Assert.Equal(OnExpiry.Charge, ReadOnExpiry(env, OnExpiry.Charge));
        env.ThrowIfInvalid();
    }

    [Fact]
    public static void All_mistakes_are_reported_at_once()
    {
        var env = Reader(
            ("TIMEOUT_MS", "2001"), ("CAP_USD", "1e3"), ("COUNT", "1.5"), ("TRUSTED", "True"), ("ON_EXPIRY", "keep"),
            ("ENDPOINT", "file:///etc"));

        env.Text("TABLE");
        env.Milliseconds("TIMEOUT_MS", 1, 2_000);
        env.Usd("CAP_USD", Usd.Zero, new Usd(1_000m));
        env.Integer("COUNT", 0, 9);
        env.Boolean("TRUSTED");
        ReadOnExpiry(env, OnExpiry.Charge);
        env.Uri("ENDPOINT");
        env.Require(false, "STORE_TIMEOUT_MS must be less than WEBHOOK_TIMEOUT_MS");

        var thrown = Assert.Throws<SettingsException>(env.ThrowIfInvalid);
        Assert.Equal(
            [
                "TABLE is not set",
                "TIMEOUT_MS is \"2001\" but must be a whole number from 1 to 2000",
                "CAP_USD is \"1e3\" but must be an amount of dollars from 0 to 1000",
                "COUNT is \"1.5\" but must be a whole number from 0 to 9",
                "TRUSTED is \"True\" but must be one of true, false",
                "ON_EXPIRY is \"keep\" but must be one of charge, release",
                "ENDPOINT is \"file:///etc\" but must be an absolute http or https address",
                "STORE_TIMEOUT_MS must be less than WEBHOOK_TIMEOUT_MS",
            ],
            thrown.Mistakes);
        Assert.All(thrown.Mistakes, mistake => Assert.Contains(mistake, thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public static void Settings_are_compared_only_where_each_of_them_is_known()
    {
        var env = Reader(("STORE_TIMEOUT_MS", "900"), ("WEBHOOK_TIMEOUT_MS", "800"));

        env.Integer("STORE_TIMEOUT_MS", 1, 1_000);
        env.Integer("WEBHOOK_TIMEOUT_MS", 1, 1_000);
        env.Integer("FUNCTION_TIMEOUT_MS", 1, 1_000);
        env.Require(false, "STORE_TIMEOUT_MS must be less than WEBHOOK_TIMEOUT_MS");
        env.Require(false, "WEBHOOK_TIMEOUT_MS must be less than FUNCTION_TIMEOUT_MS");
        env.Require(true, "never said");

        Assert.Equal(
            ["FUNCTION_TIMEOUT_MS is not set", "STORE_TIMEOUT_MS must be less than WEBHOOK_TIMEOUT_MS"],
            Assert.Throws<SettingsException>(env.ThrowIfInvalid).Mistakes);
    }

    [Fact]
    public static void A_long_wrong_value_is_not_repeated_whole()
    {
        var env = Reader(("COUNT", new string('9', 5_000)));

        env.Integer("COUNT", 0, 9);

        Assert.InRange(Assert.Throws<SettingsException>(env.ThrowIfInvalid).Message.Length, 1, 200);
    }

    private static OnExpiry ReadOnExpiry(EnvironmentReader env, OnExpiry? otherwise) => env.Choice(
        "ON_EXPIRY", otherwise, ("charge", OnExpiry.Charge), ("release", OnExpiry.Release));

    private static EnvironmentReader Reader(params (string Name, string Text)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Text);
}
