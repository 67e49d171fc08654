using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ClientConnect.Architecture.Tests;

/// <summary>
/// What a compiled type uses, method bodies, lambdas and async state machines included. Blind to constants of other modules,
/// which the compiler copies.
/// </summary>
internal static class Il
{
    public static IEnumerable<TypeReference> Uses(TypeDefinition type) =>
        new[] { type.BaseType }
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Concat(type.CustomAttributes.Select(a => a.AttributeType))
            .Concat(type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType))
            .Concat(type.Fields.Select(f => f.FieldType))
            .Concat(type.Methods.SelectMany(InMethod))
            .Where(used => used is not null)
            .SelectMany(Flatten);

    public static IEnumerable<MethodReference> Calls(TypeDefinition type) => Instructions(type).Select(i => i.Operand).OfType<MethodReference>();

    public static IEnumerable<string> Literals(TypeDefinition type) =>
        Instructions(type).Where(i => i.OpCode == OpCodes.Ldstr).Select(i => (string)i.Operand)
            .Concat(type.CustomAttributes.Concat(type.Methods.SelectMany(m => m.CustomAttributes)).Concat(type.Properties.SelectMany(p => p.CustomAttributes))
                .SelectMany(a => a.ConstructorArguments).Select(a => a.Value).OfType<string>())
            .Concat(type.Fields.Where(f => f.HasConstant).Select(f => f.Constant).OfType<string>());

    /// <summary>The type as written: lambdas and state machines belong to the one that they were written in.</summary>
    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    public static bool IsPublic(TypeDefinition type) => type.IsNested ? type.IsNestedPublic && IsPublic(type.DeclaringType) : type.IsPublic;

    public static bool IsWritten(TypeDefinition type) => !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace.StartsWith("ClientConnect.", StringComparison.Ordinal);

    private static IEnumerable<Instruction> Instructions(TypeDefinition type) => type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions);

    private static IEnumerable<TypeReference> InMethod(MethodDefinition method) =>
        method.Parameters.Select(p => p.ParameterType)
            .Append(method.ReturnType)
            .Concat(method.CustomAttributes.Select(a => a.AttributeType))
            .Concat(method.HasBody ? method.Body.Variables.Select(v => v.VariableType).Concat(method.Body.Instructions.SelectMany(InInstruction)) : []);

    private static IEnumerable<TypeReference> InInstruction(Instruction instruction) => instruction.Operand switch
    {
        GenericInstanceMethod generic => [generic.DeclaringType, generic.ReturnType, .. generic.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    private static IEnumerable<TypeReference> Flatten(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        IModifierType modified => Flatten(modified.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
