# Dot-sourced by each test file: imports the built module and gives folders and instances to work with.
$manifest = $env:RATCHET_MODULE
if (-not $manifest) {
    $manifest = Join-Path -Path $PSScriptRoot -ChildPath '../../build/release/module/Ratchet/Ratchet.psd1'
}
$manifest = Convert-Path -LiteralPath $manifest
$moduleFolder = Split-Path -Path $manifest -Parent
Import-Module -Name $manifest

# The command line of the same build.
$commandLine = (Get-Item -Path (Join-Path -Path $moduleFolder -ChildPath 'bin/linux-*/ratchet')).FullName

# An instance of batch_create that makes files of one class each; python's compiler is not needed for it.
function New-Instance {
    param([string[]] $Path = @('app/one.py', 'app/two.py'))

    $files = foreach ($file in $Path) {
        @{
            path          = $file
            template_vars = @{ entity = 'Thing'; fields = @(@{ name = 'size'; type = 'int' }) }
        }
    }
    @{
        pattern_id      = 'PAT-BATCH-CREATE-001'
        project_root    = '.'
        template_type   = 'model_dataclass'
        language        = 'python'
        files_to_create = @($files)
    }
}

# The same as a file; gives its path.
function Save-Instance {
    param([string] $Path, [hashtable] $Instance = (New-Instance))

    $Instance | ConvertTo-Json -Depth 9 | Set-Content -LiteralPath $Path
    $Path
}

# A new empty folder that the caller may use as a project.
function New-Project {
    (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath (New-Guid))).FullName
}

# Every file below a folder, also the hidden ones.
function Get-Tree {
    param([string] $Path)

    @(Get-ChildItem -LiteralPath $Path -Recurse -Force -File | ForEach-Object FullName)
}
