using System.Net;
using System.Net.Sockets;

namespace AiGateway.Local.DynamoDb;

/// <summary>
/// Amazon's DynamoDB Local, in memory, on a free port, for as long as this object or this process lives. Where <c>DYNAMODB_ENDPOINT</c> is set,
/// the one that answers there is used, and nothing is started. One database for all credentials and regions (<c>-sharedDb</c>).
/// It listens on all interfaces: the tool has no option for the address.
/// </summary>
public sealed class DynamoDbLocal : IAsyncDisposable
{
    public const string EndpointVariable = "DYNAMODB_ENDPOINT";

    /// <summary>Another process may take the free port in between; more than a few times is another problem.</summary>
    private const int StartsMax = 3;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);

    private readonly JavaProcess? process;

    private DynamoDbLocal(Uri endpoint, JavaProcess? process)
    {
        Endpoint = endpoint;
        this.process = process;
    }

    public Uri Endpoint { get; }

    /// <summary>Uses the endpoint that the environment names, or starts one.</summary>
    /// <exception cref="DynamoDbLocalMissingException">Java or the package is missing.</exception>
    /// <exception cref="InvalidOperationException">It did not start; the message carries its output.</exception>
    public static Task<DynamoDbLocal> UseOrStartAsync(CancellationToken stop)
    {
        var endpoint = Environment.GetEnvironmentVariable(EndpointVariable);
        return string.IsNullOrEmpty(endpoint)
            ? StartAsync(DynamoDbLocalPackage.Find(AppContext.BaseDirectory), stop)
            : UseAsync(new Uri(endpoint), stop);
    }

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<DynamoDbLocal> StartAsync(DynamoDbLocalPackage package, CancellationToken stop)
    {
        var output = string.Empty;
        for (var start = 0; start < StartsMax; start++)
        {
            var port = FreePort();
            var process = JavaProcess.Start(package, port);
            var endpoint = new Uri($"http://127.0.0.1:{port}");
            if (await Readiness.WaitAsync(endpoint, ReadyWithin, () => process.HasExited, stop))
            {
                return new DynamoDbLocal(endpoint, process);
            }

            output = process.Output;
            await process.DisposeAsync();
        }

        throw new InvalidOperationException($"DynamoDB Local did not start. It said: {output}");
    }

    /// <summary>Uses one that runs already.</summary>
    public static async Task<DynamoDbLocal> UseAsync(Uri endpoint, CancellationToken stop) =>
        await Readiness.WaitAsync(endpoint, ReadyWithin, () => false, stop)
            ? new DynamoDbLocal(endpoint, null)
            : throw new InvalidOperationException($"Nothing answers at {EndpointVariable}={endpoint}.");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
