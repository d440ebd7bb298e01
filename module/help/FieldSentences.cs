using System;
using System.Collections;
using System.Collections.Generic;
using Ratchet.Results;

namespace Ratchet.Help;

/// <summary>The sentences of the fields of requests, as the engine describes them.</summary>
internal sealed class FieldSentences
{
    private readonly Dictionary<string, IDictionary> requests = new(StringComparer.Ordinal);

    internal FieldSentences(IReadOnlyList<OperationDescription> operations)
    {
        foreach (OperationDescription operation in operations)
        {
            requests.Add(operation.Name, operation.Request);
        }
    }

    internal string Of(string operation, string field)
    {
        IDictionary schema = requests[operation];
        var reference = (string)schema["$ref"]!;
        var definitions = (IDictionary)schema["$defs"]!;
        var definition = (IDictionary)definitions[reference[(reference.LastIndexOf('/') + 1)..]]!;
        var properties = (IDictionary)definition["properties"]!;
        return properties[field] is IDictionary property && property["description"] is string sentence
            ? sentence
            : throw new InvalidOperationException($"the request of {operation} has no field {field}");
    }
}
