#nullable disable

using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.CloudWatchLogsEvents;

/// <summary>The event of a CloudWatch Logs subscription.</summary>
[SuppressMessage("Design", "CA1034", Justification = "The published type nests these.")]
public class CloudWatchLogsEvent
{
    public Log Awslogs { get; set; }

    public class Log
    {
        /// <summary>The log events: JSON, gzip, base64.</summary>
        [JsonPropertyName("data")]
        public string EncodedData { get; set; }

        /// <summary>The JSON, unzipped without any bound: decode <see cref="EncodedData"/> yourself.</summary>
        public string DecodeData()
        {
            if (string.IsNullOrEmpty(EncodedData))
            {
                return EncodedData;
            }

            using var zipped = new MemoryStream(Convert.FromBase64String(EncodedData));
            using var unzipped = new GZipStream(zipped, CompressionMode.Decompress);
            using var text = new StreamReader(unzipped, Encoding.UTF8);
            return text.ReadToEnd();
        }
    }
}
