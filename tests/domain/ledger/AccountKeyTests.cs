using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Ledger;

/// <summary>An account's stored key reads back as that account, and nothing else is one.</summary>
public static class AccountKeyTests
{
    [Theory]
    [InlineData("org", 0, "org")]
    [InlineData("org", 1, "org#1")]
    [InlineData("team#payments", 0, "team#payments")]
    [InlineData("team#payments", 3, "team#payments#3")]
    [InlineData("team#a#user#b", 63, "team#a#user#b#63")]
    public static void A_shard_is_a_number_after_its_scope(string scope, int shard, string stored)
    {
        var key = new AccountKey(Assert.IsType<Outcome<Scope>.Ok>(Scope.Parse(scope)).Value, "2026-11").At(shard);

        Assert.Equal((stored, shard, $"{stored}@2026-11"), (key.StoredScope, key.Shard, key.ToString()));
        Assert.Equal(key, Assert.IsType<Outcome<AccountKey>.Ok>(AccountKey.Parse(stored, "2026-11")).Value);
        Assert.Equal(0, key.Whole().Shard);
        Assert.Same(key, key.At(shard));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#1")]
    [InlineData("org#")]
    [InlineData("org#0")]
    [InlineData("org#01")]
    [InlineData("org#+1")]
    [InlineData("org#64")]
    [InlineData("org#x")]
    [InlineData("nonsense")]
    [InlineData("nonsense#1")]
    public static void Anything_else_is_no_account(string stored)
    {
        var read = AccountKey.Parse(stored, "2026-11");

        Assert.Equal(
            new Problem("bad_account", "An account is a scope, or a scope and the number of a shard."),
            Assert.IsType<Outcome<AccountKey>.Failed>(read).Problem);
    }

    [Fact]
    public static void A_user_whose_name_is_a_number_is_no_shard()
    {
        Assert.Equal(0, Assert.IsType<Outcome<AccountKey>.Ok>(AccountKey.Parse("team#a#user#1", "2026-11")).Value.Shard);
    }
}
