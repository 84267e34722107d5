using System.Globalization;

namespace BudgetEnforcement.Decide;

/// <summary>
/// The ids of a process's attempts: 32 hexadecimal digits, the first half random and the process's own, the rest counted. None is made twice; asking the
/// system for chance each time costs more than a hundredth of a decision.
/// </summary>
/// <param name="process">Random, one for each process.</param>
internal sealed class AttemptIds(long process)
{
    private long last;

    public string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{process:x16}{Interlocked.Increment(ref last):x16}");
}
