using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>moto's server, which plays AWS for plans and applies: <c>pip install 'moto[server]'</c>.</summary>
internal sealed class AwsEmulator : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private AwsEmulator(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Address.ToString().TrimEnd('/'),
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public static async Task<AwsEmulator> StartAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo("python3") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-m", "moto.server", "-H", "127.0.0.1", "-p", port.ToString() })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var emulator = new AwsEmulator(process, new Uri($"http://127.0.0.1:{port}"));
        await emulator.WaitUntilReadyAsync();
        return emulator;
    }

    /// <summary>A certificate for the load balancer: the one thing that a deployment brings along.</summary>
    public async Task<string> RequestCertificateAsync()
    {
        var answer = await CallAsync("acm", "CertificateManager.RequestCertificate", new JsonObject { ["DomainName"] = "llm.example.com" });
        return (string)answer["CertificateArn"]!;
    }

    /// <summary>What an operator does after the first apply: puts a provider's real key in.</summary>
    public async Task PutSecretAsync(string id, string value)
    {
        var answer = await CallAsync(
            "secretsmanager",
            "secretsmanager.PutSecretValue",
            new JsonObject { ["SecretId"] = id, ["SecretString"] = value, ["ClientRequestToken"] = Guid.NewGuid().ToString() });
        Assert.NotNull(answer["VersionId"]);
    }

    /// <summary>A bucket (<c>name</c>) or an object (<c>name/key</c>) of S3.</summary>
    public async Task PutAsync(string path, string content = "")
    {
        using var response = await _http.PutAsync(path, new StringContent(content));
        response.EnsureSuccessStatusCode();
    }

    public Task<string> ReadAsync(string path) => _http.GetStringAsync(path);

    public void Dispose()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<JsonNode> CallAsync(string service, string target, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Content = new StringContent(body.ToJsonString());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await _http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task WaitUntilReadyAsync()
    {
        for (var tries = 0; tries < 240; tries++)
        {
            Assert.False(_process.HasExited, "python3 -m moto.server ended at once. Install it: pip install 'moto[server]==5.2.1'");
            try
            {
                using var answer = await _http.GetAsync("/moto-api/");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(500);
        }

        Assert.Fail("moto's server did not answer within two minutes.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
