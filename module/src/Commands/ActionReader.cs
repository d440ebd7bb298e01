using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;

namespace Ratchet.Commands;

/// <summary>From what was typed or piped to actions: script blocks, commands as lists of texts, tables.</summary>
/// <remarks>
/// Keys may be written as in PowerShell (TimeoutSeconds) or as in JSON. What is wrong with a value beyond its
/// form is for the engine to say.
/// </remarks>
internal sealed class ActionReader
{
    private const string Ways = "give it one of command, shell, operation and script";

    private static readonly RequestKeys ActionKeys = new(
        "name", "command", "shell", "operation", "request", "script", "cwd", "env", "stdin", "stdin_base64",
        "timeout_seconds", "retries", "needs", "pool", "expected_seconds");

    private static readonly RequestKeys CheckKeys = new(
        "id", "name", "check", "severity", "retries", "needs", "pool");

    private static readonly RequestKeys FormKeys = new(
        "command", "shell", "operation", "request", "script", "cwd", "env", "stdin", "stdin_base64", "timeout_seconds");

    private readonly Func<string, string> resolve;
    private readonly UsingValues usingValues;
    private readonly string location;

    /// <param name="cmdlet">Whose variables the blocks use.</param>
    /// <param name="resolve">A path as the session sees it, absolute.</param>
    /// <param name="location">Where blocks run that say nothing else.</param>
    internal ActionReader(PSCmdlet cmdlet, Func<string, string> resolve, string location)
    {
        this.resolve = resolve;
        this.location = location;
        usingValues = new UsingValues(cmdlet);
    }

    /// <summary>
    /// Takes a list apart: one of texts alone is a command and stays whole, as does everything that is no list.
    /// </summary>
    internal static IEnumerable<object?> Each(object? value)
    {
        object? plain = Plain(value);
        return plain is IList list && !IsCommand(list) ? Elements(list) : [value];
    }

    /// <exception cref="RatchetException">parallel.invalid_action, path.invalid.</exception>
    internal ParallelAction Action(object? value, int number)
    {
        string defaultName = number.ToString(CultureInfo.InvariantCulture);
        var request = new OrderedDictionary();
        if (Plain(value) is var plain && plain is not (ScriptBlock or IList))
        {
            Members(value, $"action {defaultName}", ActionKeys, request);
        }
        else
        {
            AddBare(plain, request);
        }

        string name = request["name"] as string ?? defaultName;
        return new ParallelAction(name, request, Form(request, name));
    }

    /// <exception cref="RatchetException">parallel.invalid_action, path.invalid.</exception>
    internal ParallelAction Check(object? value, int number)
    {
        var request = new OrderedDictionary();
        Members(value, $"check {number}", CheckKeys, request);
        string id = request["id"] as string ?? string.Empty;
        if (!request.Contains("check"))
        {
            return new ParallelAction(id, request, null);
        }

        var form = new OrderedDictionary();
        object? check = Plain(request["check"]);
        if (check is ScriptBlock or IList)
        {
            AddBare(check, form);
        }
        else
        {
            Members(request["check"], $"check {number}", FormKeys, form);
        }

        ScriptWork? block = Form(form, id);
        request["check"] = form;
        return new ParallelAction(id, request, block);
    }

    private static object? Plain(object? value) =>
        value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    private static bool IsCommand(IList list)
    {
        foreach (object? item in list)
        {
            if (Plain(item) is not string)
            {
                return false;
            }
        }

        return list.Count > 0;
    }

    private static IEnumerable<object?> Elements(IList list)
    {
        foreach (object? item in list)
        {
            yield return item;
        }
    }

    private static RatchetException Invalid(string action, string fault) =>
        new("parallel.invalid_action", "invalid_argument", $"{action} {fault}");

    private static void AddBare(object? plain, OrderedDictionary request)
    {
        if (plain is ScriptBlock)
        {
            request["script"] = plain;
        }
        else
        {
            request["command"] = Texts(plain);
        }
    }

    private static string Text(object? value) =>
        (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);

    /// <summary>One text, or a list of what can be written as texts.</summary>
    private static List<string> Texts(object? value)
    {
        var texts = new List<string>();
        object? plain = Plain(value);
        if (plain is IEnumerable list and not (string or IDictionary))
        {
            foreach (object? item in list)
            {
                texts.Add(Text(item));
            }
        }
        else
        {
            texts.Add(Text(plain));
        }

        return texts;
    }

    /// <summary>Reads the keys of a table or the properties of an object. What is null is not there.</summary>
    private static void Members(object? value, string what, RequestKeys keys, OrderedDictionary request)
    {
        object? plain = Plain(value);
        if (plain is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                Add(keys.Of(Text(entry.Key)), entry.Value);
            }
        }
        else if (plain is null or string or ValueType)
        {
            throw Invalid(
                what, $"is {(plain is null ? "nothing" : $"\"{Text(plain)}\"")}: neither a table nor a script block nor "
                    + "a list with a program and its arguments");
        }
        else
        {
            foreach (PSPropertyInfo property in PSObject.AsPSObject(value).Properties)
            {
                Add(keys.Of(property.Name), property.Value);
            }
        }

        void Add(string key, object? member)
        {
            if (member is null)
            {
                return;
            }

            if (request.Contains(key))
            {
                throw Invalid(what, $"says {key} twice");
            }

            request.Add(key, Converted(key, member, what));
        }
    }

    private static object? Converted(string key, object value, string what)
    {
        switch (key)
        {
            case "name" or "id" or "pool":
                return Text(value);
            case "severity":
                return Text(value).ToLowerInvariant();
            case "command" or "needs":
                return Texts(value);
            case "env":
                return Environment(value, what);
            case "retries" when LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out long number):
                return number;
            case "timeout_seconds" or "expected_seconds"
                when LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double number):
                return number;
            case "host":
                throw Invalid(what, $"has the key host, which a script block stands for here; {Ways}");
            default:
                return value;
        }
    }

    private static Hashtable Environment(object value, string what)
    {
        if (Plain(value) is not IDictionary given)
        {
            throw Invalid(what, "has an env that is no table");
        }

        var variables = new Hashtable(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in given)
        {
            variables[Text(entry.Key)] = entry.Value is null ? null : Text(entry.Value);
        }

        return variables;
    }

    /// <summary>Makes of what to do what the engine takes; gives the block, where it is one.</summary>
    private ScriptWork? Form(OrderedDictionary form, string name)
    {
        var what = $"action \"{name}\"";
        int ways = Count(form, "command") + Count(form, "shell") + Count(form, "operation") + Count(form, "script");
        if (ways != 1)
        {
            throw Invalid(what, $"says {(ways == 0 ? "nothing" : "more than one thing")} to do; {Ways}");
        }

        if (form["cwd"] is { } folder)
        {
            form["cwd"] = resolve(Text(folder));
        }

        AddInput(form);
        if (!form.Contains("script"))
        {
            return null;
        }

        if (Plain(form["script"]) is not ScriptBlock block)
        {
            throw Invalid(what, "has a script that is no script block");
        }

        string place = form["cwd"] as string ?? location;
        form.Remove("script");
        form.Remove("cwd");
        form["host"] = true;
        return new ScriptWork(block.ToString(), usingValues.Of(block, name), place);
    }

    private static int Count(OrderedDictionary form, string key) => form.Contains(key) ? 1 : 0;

    /// <summary>A list of texts is lines, bytes are bytes.</summary>
    private static void AddInput(OrderedDictionary form)
    {
        switch (Plain(form["stdin"]))
        {
            case byte[] bytes:
                form.Remove("stdin");
                form["stdin_base64"] = Convert.ToBase64String(bytes);
                break;
            case IList lines:
                form["stdin"] = string.Join('\n', Texts(lines)) + "\n";
                break;
        }
    }
}
