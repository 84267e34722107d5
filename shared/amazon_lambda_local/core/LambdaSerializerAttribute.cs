#nullable disable

namespace Amazon.Lambda.Core;

/// <summary>Names the serializer of an assembly or a handler for class library functions.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Method)]
public sealed class LambdaSerializerAttribute : Attribute
{
    public LambdaSerializerAttribute(Type serializerType) => SerializerType = serializerType;

    public Type SerializerType { get; set; }
}
