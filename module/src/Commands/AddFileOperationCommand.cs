using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Adds operations to an open transaction.</summary>
/// <remarks>
/// Nothing of the project changes, hence neither -WhatIf nor -Confirm. What comes by the pipeline for one
/// transaction is one request.
/// </remarks>
[Cmdlet(VerbsCommon.Add, "FileOperation", DefaultParameterSetName = TransactionSet)]
[OutputType(typeof(FileTransaction))]
public sealed class AddFileOperationCommand : TransactionCommand
{
    /// <summary>How Get-ChildItem shows attributes, in a property of the name of our parameter.</summary>
    private static readonly Regex ShownAttributes = new("^[-dl][-a][-r][-h][-sl]l?$", RegexOptions.CultureInvariant);

    private readonly List<FileOperation> collected = [];
    private FileTransaction? target;
    private bool isWhole = true;
    private bool hasTypedMode;

    /// <summary>Gets or sets what happens.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What happens: write is create or update, whichever fits; a delete takes a folder with all in it.")]
    [ValidateSet("create", "update", "write", "delete", "move", "make_folder", "remove_folder")]
    public string Operation { get; set; } = string.Empty;

    /// <summary>Gets or sets what it happens to.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What it happens to, in the project; no character has a meaning of its own.")]
    [Alias("FilePath", "LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Gets or sets the text of the file.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The file's text, written as it is given.")]
    [AllowEmptyString]
    [AllowNull]
    public string? Content { get; set; }

    /// <summary>Gets or sets the encoding of the text.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Of -Content; utf8 without a mark when absent. utf8BOM, unicode, bigendianunicode, utf32 have one.")]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

    /// <summary>Gets or sets the file that holds the content.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "A file to take the bytes from instead.")]
    [AllowEmptyString]
    public string? ContentPath { get; set; }

    /// <summary>Gets or sets the bytes of the file.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The file's bytes instead.")]
    [AllowEmptyCollection]
    public byte[]? Bytes { get; set; }

    /// <summary>Gets or sets where it is moved to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Of a move: the new path.")]
    [Alias("To")]
    [AllowEmptyString]
    public string? Destination { get; set; }

    /// <summary>Gets or sets what the file must be now.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Refuses unless the file has this SHA-256 before, in hexadecimal digits.")]
    [Alias("ExpectedSha256")]
    [AllowEmptyString]
    public string? ExpectedHash { get; set; }

    /// <summary>Gets or sets the permissions.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Permission bits in octal; a new file follows the umask, an old one keeps its own.")]
    [AllowEmptyString]
    public string? Mode { get; set; }

    /// <summary>Gets or sets whether links are followed.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Changes the file that a link leads to, inside the project; else links are refused.")]
    public SwitchParameter FollowLink { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => hasTypedMode = MyInvocation.BoundParameters.ContainsKey(nameof(Mode));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!Try(TransactionId, ChooseTarget))
        {
            return;
        }

        isWhole &= Try(Path, () => collected.Add(Typed()));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Send();

    private static bool IsSame(FileTransaction one, FileTransaction other) =>
        ReferenceEquals(one, other) || (one.Id == other.Id && one.ProjectRoot == other.ProjectRoot);

    private void ChooseTarget()
    {
        FileTransaction transaction = Chosen();
        if (target is not null && !IsSame(target, transaction))
        {
            Send();
        }

        target = transaction;
    }

    private FileOperation Typed() => new()
    {
        Operation = Operation.ToLower(CultureInfo.InvariantCulture),
        Path = Resolve(Path),
        Content = Content,
        Encoding = Encoding,
        ContentPath = string.IsNullOrEmpty(ContentPath) ? null : Resolve(ContentPath),
        Bytes = Bytes,
        Destination = string.IsNullOrEmpty(Destination) ? null : Resolve(Destination),
        ExpectedHash = ExpectedHash,
        Mode = !hasTypedMode && Mode is not null && ShownAttributes.IsMatch(Mode) ? null : Mode,
        FollowLink = FollowLink,
    };

    /// <summary>
    /// Sends what was collected. What is refused is an error each, and the others are added; but such a
    /// transaction is not passed on, so that a pipeline does not complete a part.
    /// </summary>
    private void Send()
    {
        if (target is not { } transaction)
        {
            return;
        }

        target = null;
        var operations = new List<OrderedDictionary>(collected.Count);
        foreach (FileOperation operation in collected)
        {
            isWhole &= Try(operation.Path, () => operations.Add(operation.Request(transaction.Folder)));
        }

        collected.Clear();
        try
        {
            while (operations.Count > 0 && Refusal(transaction, operations) is { } fault)
            {
                isWhole = false;
                Try(transaction.Id, () => throw fault);
                int refused = (int)(fault.Error.Details?["operation"] as long? ?? operations.Count - 1);
                operations.RemoveRange(0, refused + 1);
            }
        }
        finally
        {
            if (!isWhole && !IsStopping)
            {
                Refresh(transaction);
            }
        }

        if (isWhole && !IsStopping)
        {
            WriteObject(transaction);
        }

        isWhole = true;
    }

    /// <summary>One request; null where all were added, else why one was not. Those before it were.</summary>
    private RatchetException? Refusal(FileTransaction transaction, List<OrderedDictionary> operations)
    {
        try
        {
            using var request = new RequestWriter();
            byte[] json = About(request, transaction).Add("operations", operations).End();
            transaction.Update((TransactionInfo)Run(transaction, "transaction.add", json, "Adding operations"));
            return null;
        }
        catch (RatchetException fault)
        {
            return fault;
        }
    }
}
