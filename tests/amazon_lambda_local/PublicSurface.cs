using System.Reflection;

namespace Amazon.Lambda.Local.Tests;

/// <summary>Spells the public surface of an assembly, a line for each type and each member.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const BindingFlags Inherited =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <param name="inherited">Whether members count that a base class of the same package declares.</param>
    public static IEnumerable<string> Of(Assembly assembly, bool inherited) =>
        assembly.GetExportedTypes().SelectMany(type => Of(type, inherited ? Inherited : Declared));

    private static IEnumerable<string> Of(Type type, BindingFlags which)
    {
        yield return $"{Kind(type)} {Name(type)}";
        if (type.IsEnum)
        {
            foreach (var name in type.GetEnumNames())
            {
                yield return $"{Name(type)}: {name} = {Convert.ToInt32(Enum.Parse(type, name), null)}";
            }

            yield break;
        }

        var isDelegate = typeof(Delegate).IsAssignableFrom(type);
        foreach (var member in type.GetMembers(which).Where(member => !isDelegate || member.Name == "Invoke"))
        {
            if (Signature(member) is { } signature)
            {
                yield return $"{Name(type)}: {signature}";
            }
        }
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string? Signature(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: false } method =>
            $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{{Accessors(property)} }}",
        FieldInfo field => $"{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
        : "";

    private static string Accessors(PropertyInfo property) =>
        (property.GetMethod is { IsPublic: true } ? " get;" : "")
        + (property.SetMethod is { IsPublic: true } ? " set;" : "");

    // Without their names: no call here names an argument.
    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + Name(parameter.ParameterType)
        + (parameter.HasDefaultValue ? " = default" : "")));

    private static string Name(Type type)
    {
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var prefix = type.IsNested ? Name(type.DeclaringType!) + "." : Namespace(type);
        return type.IsGenericType
            ? $"{prefix}{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : prefix + type.Name;
    }

    // System's names are clear without.
    private static string Namespace(Type type) =>
        type.Namespace!.StartsWith("System", StringComparison.Ordinal) ? "" : type.Namespace + ".";
}
