using System.Text.Json.Serialization;

namespace AiGateway.Local.Tests;

[JsonSerializable(typeof(string))]
internal sealed partial class TestJson : JsonSerializerContext;
