using AiGateway.Lambda;

return await Sweep.Function.RunAsync(
    EnvironmentReader.OfProcess(), JsonLines.ToStandardOutput(), TimeProvider.System);
