#nullable disable

using System.Globalization;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One event as the Runtime API hands it over.</summary>
internal sealed class Invocation : IDisposable
{
    public Invocation(HttpResponseHeaders headers, byte[] body)
    {
        // publiclyVisible: the serializer then reads the bytes where they are.
        Body = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);
        RequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new RuntimeApiException("The Runtime API sent an event without a request id.");
        InvocationId = Header(headers, "Lambda-Runtime-Invocation-Id");
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id");
        TenantId = Header(headers, "Lambda-Runtime-Aws-Tenant-Id");
        InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");
        var deadlineText = Header(headers, "Lambda-Runtime-Deadline-Ms");
        DeadlineMilliseconds = long.TryParse(deadlineText, CultureInfo.InvariantCulture, out var deadline) ? deadline : 0;
    }

    public MemoryStream Body { get; }

    public string RequestId { get; }

    /// <summary>Unlike the request id never used twice, and echoed: tells a late reply from a retry's. May be null.</summary>
    public string InvocationId { get; }

    public string TraceId { get; }

    public string TenantId { get; }

    public string InvokedFunctionArn { get; }

    /// <summary>Milliseconds since 1970.</summary>
    public long DeadlineMilliseconds { get; }

    public void Dispose() => Body.Dispose();

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;
}
