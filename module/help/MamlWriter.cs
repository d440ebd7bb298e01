using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Xml;

namespace Ratchet.Help;

/// <summary>Writes the help of all cmdlets as MAML, the XML that Get-Help reads.</summary>
internal sealed class MamlWriter
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XmlWriter xml;

    private MamlWriter(XmlWriter xml) => this.xml = xml;

    internal static string Write(IReadOnlyList<CommandHelp> commands)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            new MamlWriter(xml).WriteAll(commands);
        }

        return text + "\n";
    }

    private static string TypeName(Type type)
    {
        if (type.IsArray)
        {
            return TypeName(type.GetElementType()!) + "[]";
        }

        return (Nullable.GetUnderlyingType(type) ?? type).Name;
    }

    private void WriteAll(IReadOnlyList<CommandHelp> commands)
    {
        xml.WriteStartElement("helpItems", "http://msh");
        xml.WriteAttributeString("schema", "maml");
        foreach (CommandHelp command in commands)
        {
            Write(command);
        }

        xml.WriteEndElement();
    }

    private void Write(CommandHelp help)
    {
        CommandShape shape = help.Shape;
        xml.WriteStartElement("command", "command", Command);
        xml.WriteAttributeString("xmlns", "maml", null, Maml);
        xml.WriteAttributeString("xmlns", "dev", null, Dev);
        xml.WriteStartElement("details", Command);
        xml.WriteElementString("name", Command, shape.Name);
        xml.WriteElementString("verb", Command, shape.Verb);
        xml.WriteElementString("noun", Command, shape.Noun);
        Paragraphs("description", [help.Text.Synopsis]);
        xml.WriteEndElement();
        Paragraphs("description", help.Text.Description);
        WriteSyntax(shape);
        WriteParameters(shape);
        WriteOutputs(shape);
        WriteExamples(help.Text);
        xml.WriteEndElement();
    }

    private void WriteSyntax(CommandShape shape)
    {
        xml.WriteStartElement("syntax", Command);
        foreach (string set in shape.Sets())
        {
            xml.WriteStartElement("syntaxItem", Command);
            xml.WriteElementString("name", Maml, shape.Name);
            foreach (ParameterShape parameter in shape.Parameters)
            {
                if (parameter.Set == set || parameter.Set == CommandShape.AllSets)
                {
                    Write(parameter);
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteParameters(CommandShape shape)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        xml.WriteStartElement("parameters", Command);
        foreach (ParameterShape parameter in shape.Parameters)
        {
            if (written.Add(parameter.Name))
            {
                Write(parameter);
            }
        }

        xml.WriteEndElement();
    }

    private void Write(ParameterShape parameter)
    {
        bool isSwitch = parameter.Type == typeof(SwitchParameter);
        string position = parameter.Position == int.MinValue
            ? "named"
            : parameter.Position.ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("parameter", Command);
        xml.WriteAttributeString("required", parameter.IsMandatory ? "true" : "false");
        xml.WriteAttributeString("variableLength", parameter.Type.IsArray ? "true" : "false");
        xml.WriteAttributeString("globbing", parameter.AcceptsWildcards ? "true" : "false");
        xml.WriteAttributeString("pipelineInput", parameter.Pipeline);
        xml.WriteAttributeString("position", position);
        xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        xml.WriteElementString("name", Maml, parameter.Name);
        Paragraphs("description", [parameter.Sentence]);
        if (!isSwitch)
        {
            xml.WriteStartElement("parameterValue", Command);
            xml.WriteAttributeString("required", "true");
            xml.WriteAttributeString("variableLength", parameter.Type.IsArray ? "true" : "false");
            xml.WriteString(TypeName(parameter.Type));
            xml.WriteEndElement();
        }

        xml.WriteStartElement("type", Dev);
        xml.WriteElementString("name", Maml, TypeName(parameter.Type));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteOutputs(CommandShape shape)
    {
        xml.WriteStartElement("returnValues", Command);
        foreach (Type output in shape.Outputs)
        {
            xml.WriteStartElement("returnValue", Command);
            xml.WriteStartElement("type", Dev);
            xml.WriteElementString("name", Maml, output.FullName);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteExamples(HelpText text)
    {
        xml.WriteStartElement("examples", Command);
        foreach (HelpExample example in text.Examples)
        {
            xml.WriteStartElement("example", Command);
            xml.WriteElementString("title", Maml, example.Title);
            xml.WriteElementString("code", Dev, example.Code);
            xml.WriteStartElement("remarks", Dev);
            xml.WriteElementString("para", Maml, example.Remarks);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Paragraphs(string element, IReadOnlyList<string> paragraphs)
    {
        xml.WriteStartElement(element, Maml);
        foreach (string paragraph in paragraphs)
        {
            xml.WriteElementString("para", Maml, paragraph);
        }

        xml.WriteEndElement();
    }

    /// <summary>The file is UTF-8, and its head must say so.</summary>
    private sealed class Utf8Text : StringWriter
    {
        internal Utf8Text()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
