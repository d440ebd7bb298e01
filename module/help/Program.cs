using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Ratchet.Engine;
using Ratchet.Help;
using Ratchet.Interop;
using Ratchet.Results;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: Ratchet.Help LIBRARY TEXTS_FOLDER OUTPUT_FILE");
    return 2;
}

using EngineSession engine = EngineSession.Open(NativeMethods.Load(Path.GetFullPath(args[0])));
var sentences = new FieldSentences(new Description(engine.CallForJson("describe")).Operations);
var commands = new List<CommandHelp>();
foreach (CommandShape shape in CommandShape.AllOf(typeof(EngineSession).Assembly, sentences))
{
    string file = Path.Combine(args[1], shape.Name + ".md");
    commands.Add(new CommandHelp(shape, HelpText.Parse(file, File.ReadAllText(file))));
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[2]))!);
File.WriteAllText(args[2], MamlWriter.Write(commands), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
return 0;
