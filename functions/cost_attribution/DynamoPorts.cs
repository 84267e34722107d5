namespace CostAttribution;

/// <summary>The ports on DynamoDB.</summary>
internal static class DynamoPorts
{
    public static Ports Create(Settings settings, TimeProvider clock) =>
        throw new NotSupportedException($"{settings.Store.TablePrefix}{clock}");
}
