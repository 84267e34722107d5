using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Tests.Stack;

public sealed class BudgetSeedTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_demos_budgets_are_dollars_a_month_in_place_of_every_tier_window()
    {
        var rows = Assert.IsType<Outcome<IReadOnlyList<BudgetFields>>.Ok>(BudgetSeed.Read(Repository.Budgets)).Value;

        Assert.All(rows, row => Assert.True(row.ReplacesTier));
        Assert.All(rows, row => Assert.Equal(new BudgetAmounts(Usd: row.Limits.Usd), row.Limits));
        Assert.Equal(25m, rows.Single(row => row.Scope == "team#research").Limits.Usd);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"budgets":[{"window":"month"}]}""")]
    [InlineData("""{"budgets":[{"scope":"team#a","window":"month","usd":25}]}""")]
    [InlineData("""{"budgets":[{"scope":"team#a","window":"month","usd":"1e3"}]}""")]
    [InlineData("""{"budgets":[{"scope":"team#a","window":"fortnight","usd":"25"}]}""")]
    [InlineData("""{"budgets":[{"scope":"crew#a","window":"month","usd":"25"}]}""")]
    [InlineData("""{"budgets":[{"scope":"team#a","window":"month","usd":"25","monthly":true}]}""")]
    public void A_wrong_file_is_a_sentence_that_names_it(string text)
    {
        File.WriteAllText(_file, text);

        var failed = Assert.IsType<Outcome<IReadOnlyList<BudgetFields>>.Failed>(BudgetSeed.Read(_file));
        Assert.Contains(_file, failed.Problem.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var failed = Assert.IsType<Outcome<IReadOnlyList<BudgetFields>>.Failed>(BudgetSeed.Read("/nowhere/budgets.json"));

        Assert.Equal("There is no file /nowhere/budgets.json.", failed.Problem.Message);
    }
}
