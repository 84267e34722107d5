using AiGateway.Aws;
using AiGateway.Domain.Budgets;
using AiGateway.Local.DynamoDb;

namespace AiGateway.Local.Stack;

/// <summary>How to start the stack.</summary>
/// <param name="TablePrefix">What the tables' names start with.</param>
/// <param name="Programs">JIT builds or native binaries.</param>
/// <param name="Budgets">Rows to put into the budgets table.</param>
/// <param name="LogFile">Where the functions' lines go.</param>
internal sealed record StackOptions(
    string TablePrefix, FunctionPrograms Programs, IReadOnlyList<BudgetFields> Budgets, string LogFile)
{
    /// <summary>Of the Function URL; 0: any free one.</summary>
    public int UrlPort { get; init; }

    /// <summary>Of the Invoke API; 0: any free one.</summary>
    public int InvokePort { get; init; }
}

/// <summary>DynamoDB Local with its tables, the functions, and the doors to them. Disposing stops all of it.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(20);

    private readonly DynamoDbLocal _database;
    private readonly DynamoClient _dynamo;
    private readonly StreamWriter _log;

    private LocalStack(DynamoDbLocal database, DynamoClient dynamo, FunctionHost functions, StreamWriter log, StackOptions options)
    {
        _database = database;
        _dynamo = dynamo;
        _log = log;
        Functions = functions;
        var names = new TableNames(options.TablePrefix);
        Tables = new StackTables(
            new AccountsTable(dynamo, names, StoreTimeout), new LedgerTable(dynamo, names, StoreTimeout));
    }

    public FunctionHost Functions { get; }

    public StackTables Tables { get; }

    public Uri Database => _database.Endpoint;

    public Uri Url { get; private set; } = null!;

    public Uri InvokeAddress { get; private set; } = null!;

    /// <exception cref="DynamoDbLocalMissingException">Java or the npm package is missing.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<LocalStack> StartAsync(StackOptions options, CancellationToken stop)
    {
        var database = await DynamoDbLocal.UseOrStartAsync(stop);
        var dynamo = DynamoClient.Create(
            new DynamoSettings(LambdaEnvironment.Region, database.Endpoint, StoreTimeout), DynamoCredentials.Local);
        Directory.CreateDirectory(Path.GetDirectoryName(options.LogFile)!);
        var log = new StreamWriter(options.LogFile, append: false);
        var functions = new FunctionHost(LocalFunctions.Specs(database.Endpoint, options.TablePrefix, options.Programs), log);
        var stack = new LocalStack(database, dynamo, functions, log, options);
        try
        {
            var names = new TableNames(options.TablePrefix);
            await LocalTables.CreateAllAsync(database.Endpoint, names, stop);
            await BudgetSeed.PutAsync(dynamo, names, options.Budgets, StoreTimeout, stop);
            stack.Url = await functions.ServeUrlAsync(LocalFunctions.BudgetEnforcement, options.UrlPort);
            stack.InvokeAddress = await functions.ServeInvokeApiAsync(options.InvokePort);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a process of each function that traffic waits for, so that the first question does not.</summary>
    /// <returns>What went wrong, or null.</returns>
    public async Task<string?> WarmUpAsync()
    {
        foreach (var (function, payload) in WarmUps.All().Where(one => one.Function != LocalFunctions.Sweep))
        {
            if (await Functions.InvokeAsync(function, payload) is InvocationResult.Failed failed)
            {
                return $"{function} does not start: {System.Text.Encoding.UTF8.GetString(failed.Payload.Span)}";
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Functions.DisposeAsync();
        _dynamo.Dispose();
        await _database.DisposeAsync();
        await _log.DisposeAsync();
    }
}

/// <summary>The tables that commands read.</summary>
internal sealed record StackTables(AccountsTable Accounts, LedgerTable Ledger);
