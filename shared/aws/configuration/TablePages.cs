using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// Reads all pages of a query or a scan: one page is at most 1 MB, and the rest is cut off in silence (T61).
/// </summary>
internal static class TablePages
{
    /// <summary>50 MB of configuration: more is not configuration, and running out is a fault.</summary>
    private const int PagesMax = 50;

    public static async Task<StoreResult<IReadOnlyList<T>>> ReadAsync<T>(
        string what, Func<Dictionary<string, AttributeValue>?, Task<StoreResult<ItemPage<T>>>> readPage)
    {
        var items = new List<T>();
        Dictionary<string, AttributeValue>? start = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await readPage(start);
            if (answer is not StoreResult<ItemPage<T>>.Done(var found))
            {
                return answer is StoreResult<ItemPage<T>>.Failed failed
                    ? new StoreResult<IReadOnlyList<T>>.Failed(failed.Fault, failed.Detail)
                    : throw new InvalidOperationException($"{what}: a read has no condition.");
            }

            items.AddRange(found.Items);
            start = found.Next;
            if (start is null)
            {
                return new StoreResult<IReadOnlyList<T>>.Done(items);
            }
        }

        return new StoreResult<IReadOnlyList<T>>.Failed(StoreFault.Malformed, $"{what}: more than {PagesMax} pages");
    }
}

/// <summary>A page, and where the next one starts; null on the last.</summary>
internal sealed record ItemPage<T>(IReadOnlyList<T> Items, Dictionary<string, AttributeValue>? Next);
