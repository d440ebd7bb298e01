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

    AnsweringInterface([int] $answer) { $this.Answer = $answer }

    [PSHostRawUserInterface] get_RawUI() { return $null }
    [string] ReadLine() { return '' }
    [securestring] ReadLineAsSecureString() { return $null }
    [void] Write([string] $value) { }
    [void] Write([ConsoleColor] $foreground, [ConsoleColor] $background, [string] $value) { }
    [void] WriteLine([string] $value) { }
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
