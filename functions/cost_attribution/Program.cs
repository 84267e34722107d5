using AiGateway.Lambda;

return await CostAttribution.Function.RunAsync(
    EnvironmentReader.OfProcess(), JsonLines.ToStandardOutput(), TimeProvider.System);
