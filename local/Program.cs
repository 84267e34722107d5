using AiGateway.Local;

using var stop = new StopSignals();
return await CommandLine.RunAsync(args, Commands.All, Console.In, Console.Out, Console.Error, stop.Token);
