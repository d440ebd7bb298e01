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
    TypesToProcess       = @('Ratchet.Types.ps1xml')
    FormatsToProcess     = @('Ratchet.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Get-RatchetOperation'
        'Get-RatchetPattern'
        'Invoke-RatchetOperation'
        'Invoke-RatchetPattern'
        'Test-PatternInstance'
    )
    AliasesToExport      = @(
        'Invoke-BatchCreate'
        'Validate-PatternInstance'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('Linux', 'PSEdition_Core', 'Transactions', 'Templates', 'CodeGeneration')
        }
    }
}
