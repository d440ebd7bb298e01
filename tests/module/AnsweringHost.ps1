# A host that answers every question for the user, and keeps what was asked.
using namespace System.Collections.Generic
using namespace System.Collections.ObjectModel
using namespace System.Management.Automation
using namespace System.Management.Automation.Host

class AnsweringInterface : PSHostUserInterface {
    [int] $Answer
    # Written to Path, if there is one, while the question stands.
    [string] $Path
    [string] $Text
    [List[string]] $Questions = [List[string]]::new()
    # What is typed, a line for each question; a secret is taken from here too, and noted as one.
    [Queue[string]] $Lines = [Queue[string]]::new()
    [List[string]] $Secrets = [List[string]]::new()
    [List[string]] $Labels = [List[string]]::new()
    [System.Text.StringBuilder] $Written = [System.Text.StringBuilder]::new()

    AnsweringInterface([int] $answer) { $this.Answer = $answer }

    [PSHostRawUserInterface] get_RawUI() { return $null }
    [string] ReadLine() { return $this.Lines.Count ? $this.Lines.Dequeue() : '' }

    [securestring] ReadLineAsSecureString() {
        $line = $this.Lines.Count ? $this.Lines.Dequeue() : ''
        $this.Secrets.Add($line)
        return [System.Net.NetworkCredential]::new('', $line).SecurePassword
    }

    [void] Write([string] $value) { $this.Written.Append($value) }
    [void] Write([ConsoleColor] $foreground, [ConsoleColor] $background, [string] $value) { }
    [void] WriteLine([string] $value) { $this.Written.AppendLine($value) }
    [void] WriteErrorLine([string] $value) { }
    [void] WriteDebugLine([string] $value) { }
    [void] WriteProgress([long] $source, [ProgressRecord] $record) { }
    [void] WriteVerboseLine([string] $value) { }
    [void] WriteWarningLine([string] $value) { }

    [Dictionary[string, psobject]] Prompt(
        [string] $caption, [string] $message, [Collection[FieldDescription]] $fields) {
        return [Dictionary[string, psobject]]::new()
    }

    [PSCredential] PromptForCredential(
        [string] $caption, [string] $message, [string] $user, [string] $target) {
        return $null
    }

    [PSCredential] PromptForCredential(
        [string] $caption, [string] $message, [string] $user, [string] $target,
        [PSCredentialTypes] $types, [PSCredentialUIOptions] $options) {
        return $null
    }

    [int] PromptForChoice(
        [string] $caption, [string] $message, [Collection[ChoiceDescription]] $choices, [int] $default) {
        $this.Questions.Add($message)
        foreach ($choice in $choices) {
            $this.Labels.Add($choice.Label)
        }
        if ($this.Path) {
            [System.IO.File]::WriteAllText($this.Path, $this.Text)
        }
        return $this.Answer
    }
}

class AnsweringHost : PSHost {
    hidden [AnsweringInterface] $Interface
    hidden [guid] $Id = [guid]::NewGuid()

    AnsweringHost([int] $answer) { $this.Interface = [AnsweringInterface]::new($answer) }

    [cultureinfo] get_CurrentCulture() { return [cultureinfo]::InvariantCulture }
    [cultureinfo] get_CurrentUICulture() { return [cultureinfo]::InvariantCulture }
    [guid] get_InstanceId() { return $this.Id }
    [string] get_Name() { return 'Answering' }
    [PSHostUserInterface] get_UI() { return $this.Interface }
    [version] get_Version() { return [version]::new(1, 0) }
    [void] EnterNestedPrompt() { }
    [void] ExitNestedPrompt() { }
    [void] NotifyBeginApplication() { }
    [void] NotifyEndApplication() { }
    [void] SetShouldExit([int] $code) { }
}
