using AiGateway.Domain;
using AiGateway.Domain.Budgets;

namespace AiGateway.Local.Stack;

/// <summary><c>./dev up</c>: the stack, left running.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (UpOptions.Parse(args) is not Outcome<UpOptions>.Ok(var options))
        {
            await errors.WriteLineAsync(((Outcome<UpOptions>.Failed)UpOptions.Parse(args)).Problem.Message + " See ./dev up --help.");
            return ExitCode.Usage;
        }

        if (BudgetSeed.Read(options.BudgetsFile) is not Outcome<IReadOnlyList<BudgetFields>>.Ok(var budgets))
        {
            await errors.WriteLineAsync(((Outcome<IReadOnlyList<BudgetFields>>.Failed)BudgetSeed.Read(options.BudgetsFile)).Problem.Message);
            return ExitCode.Usage;
        }

        await errors.WriteLineAsync("starting DynamoDB Local and the functions");
        try
        {
            await using var stack = await LocalStack.StartAsync(StackFor(options, budgets), stop);
            return await ServeAsync(stack, output, errors, stop);
        }
        catch (IOException error)
        {
            await errors.WriteLineAsync($"{error.Message} Choose another port: see ./dev up --help.");
            return ExitCode.Usage;
        }
    }

    private static async Task<int> ServeAsync(LocalStack stack, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (await stack.WarmUpAsync() is { } trouble)
        {
            await errors.WriteLineAsync(trouble);
            return ExitCode.BadInput;
        }

        await output.WriteLineAsync($"""
            budget_enforcement  {stack.Url}
            cost_attribution    {stack.InvokeAddress}cloudwatch-logs/cost_attribution
            sweep               every {SweepSchedule.Interval.TotalMinutes:0} minutes
            invoke any          {stack.InvokeAddress}2015-03-31/functions/NAME/invocations
            dynamodb            {stack.Database}
            logs                {LogFile}

            Ask, as the gateway does:
              curl -s {stack.Url}v1/decision -H 'content-type: application/json' -H "x-budget-request-id: try-$RANDOM$RANDOM" \
                -H 'x-budget-team: research' -H 'x-budget-tier: sandbox' -H 'x-budget-provider: aws.bedrock' \
                -H 'x-budget-model: us.anthropic.claude-sonnet-4-5-20250929-v1:0' -H 'x-budget-size: 20000' \
                -H 'x-budget-max-tokens: 4000' -H 'x-budget-external: false' -H 'x-budget-path: /v1/chat/completions' -d '{"{}"}'
            Book the gateway's log:
              curl -s {stack.InvokeAddress}cloudwatch-logs/cost_attribution --data-binary @tests/recorded/day/gateway.log
            Hold the accounts against the ledger:
              curl -s {stack.InvokeAddress}2015-03-31/functions/sweep/invocations -d '{SweepSchedule.VerifyText}'

            Ctrl-C stops all of it.
            """);
        await output.FlushAsync(stop);
        await SweepSchedule.RunAsync(
            payload => stack.Functions.InvokeAsync(LocalFunctions.Sweep, payload), TimeProvider.System, stop);
        await errors.WriteLineAsync("stopping");
        return ExitCode.Done;
    }

    private static string LogFile => Path.Combine(Repository.LocalState, "logs", "up.log");

    private static StackOptions StackFor(UpOptions options, IReadOnlyList<BudgetFields> budgets) => new(
        options.TablePrefix, options.IsNative ? FunctionPrograms.Native() : FunctionPrograms.Built(), budgets, LogFile)
    {
        UrlPort = options.Port,
        InvokePort = options.InvokePort,
    };
}
