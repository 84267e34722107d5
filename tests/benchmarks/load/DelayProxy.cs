using System.Net;
using System.Net.Sockets;

namespace AiGateway.Benchmarks.Load;

/// <summary>Stands before the database and holds every answer back for a while, as a network does.</summary>
internal sealed class DelayProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri target;
    private readonly TimeSpan delay;
    private readonly Task accepting;

    public DelayProxy(Uri target, TimeSpan delay)
    {
        (this.target, this.delay) = (target, delay);
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            _ = RelayAsync(await listener.AcceptTcpClientAsync(stop.Token), stop.Token);
        }
    }

    private async Task RelayAsync(TcpClient client, CancellationToken ends)
    {
        try
        {
            using (client)
            {
                using var server = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                await server.ConnectAsync(target.Host, target.Port, ends);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), ends),
                    AnswerAsync(server.GetStream(), client.GetStream(), ends));
            }
        }
        catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
        {
            // Either side hung up, or the measurement is over.
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, CancellationToken ends)
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await from.ReadAsync(buffer, ends)) > 0)
        {
            await Task.Delay(delay, ends);
            await to.WriteAsync(buffer.AsMemory(0, read), ends);
        }
    }
}
