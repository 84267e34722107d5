using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Tests.Budgets;

/// <summary>Names that stand in tables: changing one would orphan what is stored.</summary>
public static class StoredNamesTests
{
    [Fact]
    public static void Stored_names_never_change_and_stand_in_their_order()
    {
        Assert.Equal(["usd", "tokens", "requests"], BudgetNames.Dimensions.All);
        Assert.Equal(["minute", "hour", "day", "week", "month", "quarter", "year"], BudgetNames.Windows.All);
        Assert.Equal(["hard", "soft", "shadow"], BudgetNames.Modes.All);
        Assert.Equal(["worst_case", "expected"], BudgetNames.HoldModes.All);
        Assert.Equal(["charge", "release"], BudgetNames.ExpiryPolicies.All.Order());
        Assert.Equal(["charge", "release"], BudgetNames.RetryPolicies.All.Order());
    }

    [Fact]
    public static void A_name_reads_back_as_its_value_and_another_as_none()
    {
        foreach (var window in Enum.GetValues<Window>())
        {
            Assert.Equal(window, BudgetNames.Windows.Find(BudgetNames.Windows[window]));
        }

        Assert.Null(BudgetNames.Windows.Find("Month"));
        Assert.Null(BudgetNames.Windows.Find(null));
        Assert.Equal(RetryPolicy.Charge, BudgetNames.RetryPolicies.Find("charge"));
        Assert.Equal(ExpiryPolicy.Release, BudgetNames.ExpiryPolicies.Find("release"));
    }
}
