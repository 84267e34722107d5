using BudgetEnforcement.Decide;

namespace BudgetEnforcement.Tests.Decide;

public static class AttemptIdsTests
{
    [Fact]
    public static async Task No_two_are_the_same_of_one_process_or_of_two()
    {
        AttemptIds[] processes = [new(1), new(-1)];

        var ids = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(processes[number % 2].Next)));

        Assert.Equal(2_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^(0000000000000001|ffffffffffffffff)[0-9a-f]{16}$", id));
    }
}
