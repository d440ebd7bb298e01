using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using Ratchet.Commands;

namespace Ratchet.Help;

internal sealed record CommandHelp(CommandShape Shape, HelpText Text);

/// <summary>A parameter in one parameter set.</summary>
internal sealed record ParameterShape(
    string Name,
    Type Type,
    string Set,
    bool IsMandatory,
    int Position,
    string Pipeline,
    bool AcceptsWildcards,
    IReadOnlyList<string> Aliases,
    string Sentence);

/// <summary>A cmdlet as its attributes declare it. Nothing of the host's is run: attributes are read as data.</summary>
internal sealed record CommandShape(
    string Verb, string Noun, IReadOnlyList<ParameterShape> Parameters, IReadOnlyList<Type> Outputs)
{
    internal const string AllSets = "__AllParameterSets";

    internal string Name => $"{Verb}-{Noun}";

    internal static IEnumerable<CommandShape> AllOf(Assembly assembly, FieldSentences sentences)
    {
        var shapes = new SortedDictionary<string, CommandShape>(StringComparer.Ordinal);
        foreach (Type type in assembly.GetExportedTypes())
        {
            if (Find(type, nameof(CmdletAttribute)) is { } cmdlet)
            {
                CommandShape shape = Read(type, cmdlet, sentences);
                shapes.Add(shape.Name, shape);
            }
        }

        return shapes.Values;
    }

    /// <summary>The names of the sets; one that has no name where there is but one.</summary>
    internal IReadOnlyCollection<string> Sets()
    {
        var sets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ParameterShape parameter in Parameters)
        {
            sets.Add(parameter.Set);
        }

        if (sets.Count > 1)
        {
            sets.Remove(AllSets);
        }

        return sets;
    }

    private static CommandShape Read(Type type, CustomAttributeData cmdlet, FieldSentences sentences)
    {
        var parameters = new List<ParameterShape>();
        foreach (PropertyInfo property in type.GetProperties())
        {
            foreach (CustomAttributeData attribute in property.GetCustomAttributesData())
            {
                if (attribute.AttributeType.Name == nameof(ParameterAttribute))
                {
                    parameters.Add(Read(property, attribute, sentences));
                }
            }
        }

        if (Named(cmdlet, "SupportsShouldProcess", false))
        {
            parameters.Add(Switch("WhatIf", "wi", "Shows what would be done; nothing is written."));
            parameters.Add(Switch("Confirm", "cf", "Asks before anything is written."));
        }

        var outputs = new List<Type>();
        if (Find(type, nameof(OutputTypeAttribute)) is { } output)
        {
            foreach (var item in (IEnumerable<CustomAttributeTypedArgument>)output.ConstructorArguments[0].Value!)
            {
                outputs.Add((Type)item.Value!);
            }
        }

        IList<CustomAttributeTypedArgument> name = cmdlet.ConstructorArguments;
        return new CommandShape((string)name[0].Value!, (string)name[1].Value!, parameters, outputs);
    }

    private static ParameterShape Read(PropertyInfo property, CustomAttributeData attribute, FieldSentences sentences)
    {
        bool byValue = Named(attribute, "ValueFromPipeline", false);
        bool byName = Named(attribute, "ValueFromPipelineByPropertyName", false);
        string pipeline = (byValue, byName) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };
        RequestFieldAttribute? field = property.GetCustomAttribute<RequestFieldAttribute>();
        string sentence = field is null
            ? Named(attribute, "HelpMessage", string.Empty)
            : sentences.Of(field.Operation, field.Field);
        if (sentence.Length == 0)
        {
            throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has no help");
        }

        return new ParameterShape(
            property.Name,
            property.PropertyType,
            Named(attribute, "ParameterSetName", AllSets),
            Named(attribute, "Mandatory", false),
            Named(attribute, "Position", int.MinValue),
            pipeline,
            Find(property, "SupportsWildcardsAttribute") is not null,
            Aliases(property),
            sentence);
    }

    private static List<string> Aliases(PropertyInfo property)
    {
        var aliases = new List<string>();
        if (Find(property, nameof(AliasAttribute)) is { } attribute)
        {
            foreach (var item in (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            {
                aliases.Add((string)item.Value!);
            }
        }

        return aliases;
    }

    private static ParameterShape Switch(string name, string alias, string sentence) =>
        new(name, typeof(SwitchParameter), AllSets, false, int.MinValue, "false", false, [alias], sentence);

    private static CustomAttributeData? Find(MemberInfo member, string attributeName)
    {
        foreach (CustomAttributeData attribute in member.GetCustomAttributesData())
        {
            if (attribute.AttributeType.Name == attributeName)
            {
                return attribute;
            }
        }

        return null;
    }

    private static T Named<T>(CustomAttributeData attribute, string name, T fallback)
    {
        foreach (CustomAttributeNamedArgument argument in attribute.NamedArguments)
        {
            if (argument.MemberName == name)
            {
                return (T)argument.TypedValue.Value!;
            }
        }

        return fallback;
    }
}
