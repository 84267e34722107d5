namespace AiGateway.Repository.Tests;

/// <summary>Fails with every offence, each on a line of its own.</summary>
internal static class Offences
{
    private const int ShownMax = 40;

    public static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join('\n', all.Take(ShownMax))}");
    }
}
