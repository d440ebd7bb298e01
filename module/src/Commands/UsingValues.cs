using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using Ratchet.Interop;

namespace Ratchet.Commands;

/// <summary>The values of a script block's <c>$using:</c> expressions, taken in the scope of the caller.</summary>
/// <remarks>
/// They go along as the parameter that PowerShell itself takes them from: a dictionary under the name
/// <c>--%</c>, whose keys are the expressions in UTF-16 as base64, a plain variable in lower case.
/// </remarks>
internal sealed class UsingValues
{
    /// <summary>The name of the parameter.</summary>
    internal const string ParameterName = "--%";

    private static readonly object NotSet = new();

    private readonly PSCmdlet cmdlet;

    internal UsingValues(PSCmdlet cmdlet) => this.cmdlet = cmdlet;

    /// <summary>Null where the block uses none.</summary>
    /// <exception cref="RatchetException">parallel.invalid_action: one is not set here.</exception>
    internal Dictionary<string, object?>? Of(ScriptBlock block, string action)
    {
        Dictionary<string, object?>? values = null;
        foreach (Ast found in block.Ast.FindAll(static ast => ast is UsingExpressionAst, searchNestedScriptBlocks: true))
        {
            var expression = (UsingExpressionAst)found;
            object? value = ValueOf(expression);
            if (value != NotSet)
            {
                values ??= new Dictionary<string, object?>(StringComparer.Ordinal);
                values[KeyOf(expression)] = Unbound(value);
            }
            else if (!IsForAnother(expression, block.Ast))
            {
                throw new RatchetException(
                    "parallel.invalid_action",
                    "invalid_argument",
                    $"action \"{action}\" uses {expression.Extent.Text}, which is not set here; set it before");
            }
        }

        return values;
    }

    private static string KeyOf(UsingExpressionAst expression)
    {
        string text = expression.ToString();
        if (expression.SubExpression is VariableExpressionAst)
        {
            text = text.ToLowerInvariant();
        }

        return Convert.ToBase64String(Encoding.Unicode.GetBytes(text));
    }

    /// <summary>In a block inside the block, it may be meant for whoever runs that one.</summary>
    private static bool IsForAnother(Ast expression, Ast block)
    {
        for (Ast? ast = expression.Parent; ast is not null && ast != block; ast = ast.Parent)
        {
            if (ast is ScriptBlockExpressionAst)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A script block as a value is made anew from its text, so that it belongs to nobody.</summary>
    private static object? Unbound(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain is ScriptBlock block ? ScriptBlock.Create(block.ToString()) : value;
    }

    private object? ValueOf(UsingExpressionAst expression)
    {
        VariableExpressionAst variable = UsingExpressionAst.ExtractUsingVariable(expression);
        // What is set to $null is set: the value alone would not tell.
        string name = variable.VariablePath.UserPath;
        PSVariableIntrinsics variables = cmdlet.SessionState.PSVariable;
        object? value = variables.Get(name) is { } found ? found.Value : variables.GetValue(name, NotSet);
        if (value == NotSet || expression.SubExpression is VariableExpressionAst)
        {
            return value;
        }

        // Members and constant indices behind the variable: the parser has seen to it that it is no more.
        string behind = expression.Extent.Text[(variable.Extent.EndOffset - expression.Extent.StartOffset)..];
        ScriptBlock evaluate = ScriptBlock.Create("param($value) , ($value" + behind + ")");
        return evaluate.InvokeReturnAsIs(value);
    }
}
