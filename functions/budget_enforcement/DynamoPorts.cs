namespace BudgetEnforcement;

/// <summary>The ports on DynamoDB.</summary>
internal static class DynamoPorts
{
    public static Ports Create(StoreSettings settings, TimeProvider clock) =>
        throw new NotSupportedException($"{settings.TablePrefix}{clock}");
}
