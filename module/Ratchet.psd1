@{
    RootModule           = 'Ratchet.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '239f3a64-9fbe-4f28-82a0-acf7d1abbc9b'
    Author               = 'The Ratchet authors'
    CompanyName          = 'The Ratchet authors'
    Copyright            = '(c) The Ratchet authors. MIT license.'
    Description          = 'Changes many files of a repository as one step, whole or not at all.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('Ratchet.Types.ps1xml', 'Ratchet.Handles.Types.ps1xml')
    FormatsToProcess     = @('Ratchet.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-FileOperation'
        'Complete-FileTransaction'
        'Expand-Template'
        'Get-FileTransaction'
        'Get-RatchetOperation'
        'Get-RatchetPattern'
        'Get-RatchetRun'
        'Get-RatchetTemplate'
        'Import-Template'
        'Invoke-ParallelAction'
        'Invoke-ParallelCheck'
        'Invoke-RatchetOperation'
        'Invoke-RatchetPattern'
        'New-RatchetTemplateItem'
        'Repair-FileTransaction'
        'Set-RatchetFileContent'
        'Start-FileTransaction'
        'Test-Dependency'
        'Test-FileSyntax'
        'Test-PatternInstance'
        'Test-ProjectStructure'
        'Test-RatchetDocument'
        'Test-RatchetSchema'
        'Test-TemplateVariable'
        'Undo-FileTransaction'
        'Undo-RatchetRun'
    )
    AliasesToExport      = @(
        'Begin-FileTransaction'
        'Commit-FileTransaction'
        'Invoke-BatchCreate'
        'Invoke-ParallelActions'
        'Invoke-ParallelChecks'
        'Load-Template'
        'Rollback-FileTransaction'
        'Substitute-Variables'
        'Validate-Dependencies'
        'Validate-FileSyntax'
        'Validate-PatternInstance'
        'Validate-ProjectStructure'
        'Validate-TemplateVars'
        'Write-FileAtomic'
        'Write-FilesAtomic'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('Linux', 'PSEdition_Core', 'Transactions', 'Templates', 'CodeGeneration', 'Parallel')
        }
    }
}
