#nullable disable

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs once, before the first event is asked for. False ends the process without serving any.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();
