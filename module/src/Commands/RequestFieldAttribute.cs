using System;

namespace Ratchet.Commands;

/// <summary>
/// Ties a parameter to the field of a request that it becomes; the parameter's help is that field's
/// sentence, and a field that does not exist fails the build of the help.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequestFieldAttribute : Attribute
{
    internal RequestFieldAttribute(string operation, string field)
    {
        Operation = operation;
        Field = field;
    }

    internal string Operation { get; }

    internal string Field { get; }
}
