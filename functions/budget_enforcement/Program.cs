using AiGateway.Lambda;

return await BudgetEnforcement.Function.RunAsync(
    EnvironmentReader.OfProcess(), JsonLines.ToStandardOutput(), TimeProvider.System);
