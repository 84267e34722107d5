using System.Globalization;
using System.Security.Cryptography;

namespace AiGateway.Benchmarks.Results;

/// <summary>
/// A fixed piece of work that no change of the project changes: what it takes tells how quick the machine is at the moment. Figures of a slow hour
/// and of a quick one are compared by their ratio to it. It allocates nothing.
/// </summary>
internal sealed class MachineWork
{
    private const int Bytes = 4 * 1024;
    private const int Amounts = 100;

    private readonly byte[] text = new byte[Bytes];
    private readonly byte[] hash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Of the last piece, so that no compiler leaves it out.</summary>
    public decimal Sum { get; private set; }

    /// <summary>Hashes 4 KB, and writes and reads a hundred amounts of dollars.</summary>
    public void DoPiece()
    {
        SHA256.HashData(text, hash);
        Span<char> written = stackalloc char[40];
        var sum = 0m;
        for (var amount = 1; amount <= Amounts; amount++)
        {
            (amount / 1_024m).TryFormat(written, out var length, default, CultureInfo.InvariantCulture);
            sum += decimal.Parse(written[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }

        Sum = sum;
    }
}
