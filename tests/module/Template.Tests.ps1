BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    . $PSScriptRoot/AnsweringHost.ps1

    # A project with one template of its own: a folder with two files.
    function New-TemplateProject {
        $project = New-Project
        Save-Text -Path "$project/ratchet/templates/letter/template.yaml" -Text @'
name: letter
description: A letter, and who gets it.
language: go
variables:
  type: object
  required: [title, count]
  properties:
    title: {type: string, description: What it is about., pattern: '^[A-Z]'}
    count: {type: integer, minimum: 1}
    kind: {enum: [plain, 'a & b'], default: plain}
    people: {type: array, items: {type: object}, default: []}
files:
  - {source: body.mustache, path: '{{title|kebab}}.txt'}
  - {source: list.mustache, path: 'lists/{{title|kebab}}.txt', when: {kind: plain}}
'@
        $folder = "$project/ratchet/templates/letter"
        Save-Text -Path "$folder/body.mustache" -Text "{{title}} {{count}} {{kind}}`n"
        Save-Text -Path "$folder/list.mustache" -Text "{{#people}}{{name.last}};{{/people}}`n"
        $project
    }

    # A project with one template of one file, of these variables.
    function New-NoteProject {
        param([string] $Schema, [string] $Body)

        $project = New-Project
        Save-Text -Path "$project/ratchet/templates/note/template.yaml" -Text "name: note`ndescription: A note.`nvariables:`n$Schema"
        Save-Text -Path "$project/ratchet/templates/note/note.txt.mustache" -Text $Body
        $project
    }

    function Save-Text {
        param([string] $Path, [string] $Text)

        $null = New-Item -ItemType Directory -Path (Split-Path -Path $Path) -Force
        [System.IO.File]::WriteAllText($Path, $Text)
    }

    # What a script gives in a session where somebody answers; also the errors and the user's interface.
    function Invoke-WithAnswer {
        param([string] $Script, [string[]] $Line = @(), [int] $Choice = 0)

        $answering = [AnsweringHost]::new($Choice)
        foreach ($each in $Line) {
            $answering.Interface.Lines.Enqueue($each)
        }
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $output = @($shell.AddScript("Import-Module -Name '$manifest'; $Script").Invoke())
            [pscustomobject] @{
                Output    = $output
                Errors    = @($shell.Streams.Error)
                Interface = $answering.Interface
            }
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    $streams = @{ ErrorVariable = 'faults'; ErrorAction = 'SilentlyContinue' }
}

Describe 'Import-Template' {
    It 'gives the files and the variables of a built-in template' {
        $template = Import-Template -TemplateName model_dataclass -Language python
        $template | Should -BeOfType ([Ratchet.Results.Template])
        $template.Name | Should -Be 'model_dataclass'
        $template.Language | Should -Be 'python'
        $template.Source | Should -Be 'built_in'
        $template.Files.Count | Should -Be 1
        $template.Content | Should -Match '\{\{'
        $entity = $template.Variables | Where-Object Name -EQ entity
        $entity.Type | Should -Be 'string'
        $entity.Required | Should -BeTrue
        $entity.Description | Should -Not -BeNullOrEmpty
        $template['name'] | Should -Be 'model_dataclass'
    }

    It 'has its old name as an alias, and finds old names of templates' {
        (Load-Template crud_endpoint).Name | Should -Be 'crud'
        (Load-Template -TemplateName model -Language python).Variables.Name | Should -Contain 'table_name'
    }

    It 'takes python where no language is given and several have one' {
        (Import-Template test).Language | Should -Be 'python'
    }

    It 'finds the only template of a name whatever its language, unless one is given' {
        $project = New-TemplateProject
        (Import-Template letter -ProjectRoot $project).Language | Should -Be 'go'
        Import-Template letter -Language python -ProjectRoot $project @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.unknown,*'
    }

    It 'is hidden by nothing in the current folder' {
        $place = New-Project
        Save-Text -Path "$place/test/template.yaml" -Text "name: test`n"
        Push-Location -LiteralPath $place
        try {
            (Import-Template test).Source | Should -Be 'built_in'
            Import-Template ./test @streams | Should -BeNullOrEmpty
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.invalid,*'
        } finally {
            Pop-Location
        }
    }

    It 'takes a path from $PWD, and says which it was' {
        $place = New-Project
        Save-Text -Path "$place/tools/note.md.mustache" -Text 'Hello {{name}}'
        Push-Location -LiteralPath "$place/tools"
        try {
            $template = Import-Template ./note.md.mustache -ProjectRoot $place
        } finally {
            Pop-Location
        }
        $template.Source | Should -Be 'path'
        $template.Path | Should -Be "$place/tools/note.md.mustache"
        $template.Content | Should -Be 'Hello {{name}}'
        ($template | Expand-Template -Variables @{ name = 'A' }).Content | Should -Be 'Hello A'
    }

    It 'names the nearest where there is none: <Name>' -ForEach @(
        @{ Name = 'model_dataclas'; Message = '*did you mean "model_dataclass"?*' }
        @{ Name = 'leter'; Message = '*did you mean "letter"?*' }
    ) {
        Import-Template $Name -ProjectRoot (New-TemplateProject) @streams | Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.unknown,*'
        "$($faults[0])" | Should -BeLike $Message
    }

    It 'refuses what names no template' {
        { Import-Template @{ name = 'test' } } | Should -Throw -ErrorId 'request.wrong_type,*'
        Import-Template 'Env:/HOME' @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'path.invalid,*'
    }

    It 'shows variables and files' {
        $shown = Import-Template letter -ProjectRoot (New-TemplateProject) | Out-String -Width 200
        $shown | Should -Match 'title: string, required'
        $shown | Should -Match 'lists/\{\{title\|kebab\}\}\.txt'
    }
}

Describe 'Expand-Template' {
    It 'gives a text for a text' {
        $text = Expand-Template 'Hello {{name|upper}}' @{ name = 'Ada' }
        $text | Should -BeOfType ([string])
        $text | Should -BeExactly 'Hello ADA'
        '{{a}}', '{{a}}!' | Expand-Template -Variables @{ a = 1 } | Should -Be '1', '1!'
    }

    It 'has its old name as an alias, with the old parameters' {
        Substitute-Variables -TemplateContent '{{a}}' -Variables @{ a = 'x' } -StrictMode $true | Should -Be 'x'
    }

    It 'inserts a value as it is: <Value>' -ForEach @(
        @{ Value = '$1 $& $$ ${x} $(x)' }
        @{ Value = 'C:\new\1' }
        @{ Value = '{{x}}' }
        @{ Value = '{{{x}}} {{#x}} {{=<% %>=}}' }
        @{ Value = '<a href="x">&amp;</a>' }
        @{ Value = "two`nlines" }
        @{ Value = 'ünïcödé 🦀' }
    ) {
        Expand-Template 'a{{v}}b{{v}}' @{ v = $Value } | Should -BeExactly "a${Value}b${Value}"
    }

    It 'tells names apart by case' {
        $variables = [hashtable]::new([System.StringComparer]::Ordinal)
        $variables['name'] = 'small'
        $variables['Name'] = 'big'
        Expand-Template '{{name}} {{Name}}' $variables | Should -BeExactly 'small big'
        Expand-Template '{{name}}' @{ Name = 'big' } @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.missing_variable,*'
        "$($faults[0])" | Should -BeLike '*did you mean "Name"?*'
    }

    It 'gives the same whatever the order of a hashtable' {
        $names = 1..40 | ForEach-Object { "name$_" }
        $content = ($names | ForEach-Object { "{{$_}}" }) -join ' '
        $forth = [ordered] @{}
        $back = [ordered] @{}
        $names | ForEach-Object { $forth[$_] = "{{$_}}" }
        [array]::Reverse($names)
        $names | ForEach-Object { $back[$_] = "{{$_}}" }
        foreach ($variables in $forth, $back, [hashtable] $forth, [pscustomobject] $back) {
            Expand-Template $content $variables | Should -BeExactly $content
        }
    }

    It 'can write a literal {{' {
        Expand-Template '{{=<% %>=}}{{<% a %>}}<%={{ }}=%> {{a}}' @{ a = 'x' } | Should -BeExactly '{{x}} x'
    }

    It 'keeps the line ends of the template' {
        $content = "{{#list}}`r`n- {{.}}`r`n{{/list}}`r`nend {{a}}`r`n"
        Expand-Template $content @{ list = @(1, 2); a = "x`ny" } |
            Should -BeExactly "- 1`r`n- 2`r`nend x`ny`r`n"
    }

    It 'takes nested values: <What>' -ForEach @(
        @{
            What      = 'hashtables'
            Variables = @{ person = @{ name = @{ last = 'Li' } }; list = @(@{ n = 1 }, @{ n = 2 }) }
        }
        @{
            What      = 'objects'
            Variables = [pscustomobject] @{
                person = [pscustomobject] @{ name = [pscustomobject] @{ last = 'Li' } }
                list   = [pscustomobject] @{ n = 1 }, [pscustomobject] @{ n = 2 }
            }
        }
        @{
            What      = 'JSON'
            Variables = '{"person": {"name": {"last": "Li"}}, "list": [{"n": 1}, {"n": 2}]}' | ConvertFrom-Json
        }
    ) {
        Expand-Template '{{person.name.last}}{{#list}} {{n}}{{/list}}' $Variables | Should -BeExactly 'Li 1 2'
    }

    It 'refuses an unknown name with its place, unless it is not strict' {
        Expand-Template "a`n  {{nmae}}" @{ name = 'x' } @streams | Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.missing_variable,*'
        "$($faults[0])" | Should -BeLike '*did you mean "name"?*'
        $faults[0].Exception.Error.Line | Should -Be 2
        $faults[0].Exception.Error.Column | Should -Be 3
        Expand-Template "a {{nmae}}!" @{ name = 'x' } -StrictMode $false | Should -BeExactly 'a !'
    }

    It 'gives the files of a template, and a file as its text' {
        $project = New-TemplateProject
        $people = @{ name = @{ last = 'Li' } }, [pscustomobject] @{ name = @{ last = 'Wu' } }
        $variables = @{ title = 'The Plan'; count = 2; people = $people }
        $files = @(Expand-Template -Template letter -Variables $variables -ProjectRoot $project)
        $files | Should -HaveCount 2
        $files[0] | Should -BeOfType ([Ratchet.Results.RenderedFile])
        $files.Path | Should -Be 'the-plan.txt', 'lists/the-plan.txt'
        "$($files[0])" | Should -BeExactly "The Plan 2 plain`n"
        $files[1].Content | Should -BeExactly "Li;Wu;`n"
        @(Get-Tree -Path $project) | Should -HaveCount 3
    }

    It 'takes what Import-Template and Get-RatchetTemplate give, and a file' {
        $project = New-TemplateProject
        $variables = @{ title = 'A'; count = 1; kind = 'a & b' }
        $template = Import-Template letter -ProjectRoot $project
        (Expand-Template -Template $template -Variables $variables).Path | Should -Be 'a.txt'
        (Expand-Template -TemplateContent $template -Variables $variables).Path | Should -Be 'a.txt'
        $found = Get-RatchetTemplate letter -ProjectRoot $project
        ($found | Expand-Template -Variables $variables).Content | Should -BeExactly "A 1 a & b`n"
        Save-Text -Path "$project/x.mustache" -Text '{{a}}'
        $file = Get-Item -LiteralPath "$project/x.mustache" | Expand-Template -Variables @{ a = 7 }
        $file.Content | Should -Be '7'
    }

    It 'refuses variables that do not fit: <Code>' -ForEach @(
        @{ Code = 'template.missing_variable'; Given = @{ title = 'A' }; Message = '*"count" is missing*' }
        @{
            Code    = 'template.unused_variable'
            Given   = @{ title = 'A'; count = 1; kin = 'plain' }
            Message = '*did you mean "kind"*'
        }
        @{
            Code    = 'template.wrong_type'
            Given   = @{ title = 'A'; count = 'many' }
            Message = '*must be an integer*'
        }
        @{ Code = 'request.wrong_type'; Given = 'title=A'; Message = '*variables*' }
    ) {
        $project = New-TemplateProject
        $call = { Expand-Template -Template letter -Variables $Given -ProjectRoot $project -ErrorAction Stop }
        $call | Should -Throw -ErrorId "$Code,*" -ExpectedMessage $Message
    }
}

Describe 'Test-TemplateVariable' {
    It 'says what is missing and what is too much' {
        $project = New-TemplateProject
        $verdict = Test-TemplateVariable -Template letter -ProjectRoot $project -Variables @{ tilte = 'A' }
        $verdict | Should -BeOfType ([Ratchet.Results.TemplateVerdict])
        $verdict.Valid | Should -BeFalse
        $verdict.Missing | Should -Be 'title', 'count'
        $verdict.Extra | Should -Be 'tilte'
        $verdict | Out-String -Width 200 | Should -Match 'Missing +: title, count'
    }

    It 'checks a text by what it uses' {
        $verdict = Test-TemplateVariable '{{a}} {{b.c}}' @{ a = 1; d = 2 }
        $verdict.Valid | Should -BeFalse
        $verdict.Missing | Should -Be 'b.c'
        $verdict.Extra | Should -Be 'd'
        $verdict.Warnings.Code | Should -Be 'template.unused_variable'
        (Test-TemplateVariable '{{a}}' ([pscustomobject] @{ a = 1 })).Valid | Should -BeTrue
        (Test-TemplateVariable '{{a}}' @{ A = 1 }).Missing | Should -Be 'a'
    }

    It 'has its old name as an alias, with the old parameters' {
        (Validate-TemplateVars -TemplateContent '{{a}}' -Variables @{ a = 1 }).Valid | Should -BeTrue
    }

    It 'says what a template has that does not compile, as a verdict' {
        $verdict = Test-TemplateVariable "x`n{{#a}}" @{ a = 1 }
        $verdict.Valid | Should -BeFalse
        $verdict.Errors.Code | Should -Be 'template.invalid'
        $verdict.Errors.Line | Should -Be 2
    }

    It 'gives one boolean with -Quiet' {
        '{{a}}', '{{a}}!' | Test-TemplateVariable -Variables @{ a = 1 } -Quiet | Should -BeExactly $true
        '{{a}}', '{{b}}' | Test-TemplateVariable -Variables @{ a = 1 } -Quiet | Should -BeExactly $false
        $warned = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        Test-TemplateVariable -Template none -Variables @{} -Quiet @warned | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *none*'
    }
}

Describe 'Get-RatchetTemplate' {
    It 'lists those of the project beside the built-in ones' {
        $project = New-TemplateProject
        $all = Get-RatchetTemplate -ProjectRoot $project
        $all | Should -BeOfType ([Ratchet.Results.TemplateSummary])
        $all.Name | Should -Contain 'letter'
        $all.Name | Should -Contain 'crud_sqlite'
        ($all | Where-Object Name -EQ letter).Source | Should -Be 'project'
        $all.project_root | Select-Object -Unique | Should -Be $project
        $all | Out-String | Should -Match 'letter +go +project'
    }

    It 'finds by name, old name, wildcard and language' {
        $project = New-TemplateProject
        (Get-RatchetTemplate crud_endpoint).Name | Should -Be 'crud'
        (Get-RatchetTemplate model* -Language python).Name | Should -Be 'model', 'model_dataclass'
        (Get-RatchetTemplate let*, config_env -ProjectRoot $project).Name | Should -Be 'letter', 'config_env'
        Get-RatchetTemplate letter* -Language python -ProjectRoot $project | Should -BeNullOrEmpty
        Get-RatchetTemplate none* | Should -BeNullOrEmpty
        Get-RatchetTemplate none @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.unknown,*'
    }

    It 'says why one cannot be used' {
        $project = New-Project
        Save-Text -Path "$project/ratchet/templates/broken/template.yaml" -Text "name: broken`ndescription: None.`nvariables: 7`n"
        (Get-RatchetTemplate broken -ProjectRoot $project).Fault | Should -Match 'variables'
    }

    It 'can be asked for in a pipeline' {
        $project = New-TemplateProject
        (Get-RatchetTemplate letter -ProjectRoot $project | Import-Template).Name | Should -Be 'letter'
    }
}

Describe 'New-RatchetTemplateItem' {
    It 'writes all files of a template into the project' {
        $project = New-TemplateProject
        $variables = @{ title = 'The Plan'; count = 2 }
        $result = New-RatchetTemplateItem letter $variables -ProjectRoot $project
        $result | Should -BeOfType ([Ratchet.Results.RenderResult])
        $result.Changes.Created | Should -Be 'lists/the-plan.txt', 'the-plan.txt'
        $result.DryRun | Should -BeFalse
        Get-Content -LiteralPath "$project/the-plan.txt" -Raw | Should -BeExactly "The Plan 2 plain`n"
        "$project/lists/the-plan.txt" | Should -Exist
    }

    It 'writes into another folder, by paths from $PWD' {
        $project = New-TemplateProject
        $place = New-Project
        Push-Location -LiteralPath $place
        try {
            Save-Text -Path "$place/v.yaml" -Text "title: From file`ncount: 1`n"
            $found = Get-RatchetTemplate letter -ProjectRoot $project
            $call = @{ VariablesPath = './v.yaml'; Variables = @{ count = 5 }; Destination = '.' }
            $null = $found | New-RatchetTemplateItem @call
        } finally {
            Pop-Location
        }
        Get-Content -LiteralPath "$place/from-file.txt" | Should -Be 'From file 5 plain'
        "$project/from-file.txt" | Should -Not -Exist
    }

    It 'refuses the whole where a file is there, and replaces it with -Overwrite' {
        $project = New-TemplateProject
        Save-Text -Path "$project/lists/a.txt" -Text 'mine'
        $call = @{ Template = 'letter'; Variables = @{ title = 'A'; count = 1 }; ProjectRoot = $project }
        New-RatchetTemplateItem @call @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.exists,*'
        "$project/a.txt" | Should -Not -Exist
        $result = New-RatchetTemplateItem @call -Overwrite
        $result.Changes.Created | Should -Be 'a.txt'
        $result.Changes.Modified | Should -Be 'lists/a.txt'
        Get-Content -LiteralPath "$project/lists/a.txt" -Raw | Should -Not -Match 'mine'
    }

    It 'renders a set for each row of a table, in one transaction that can be taken back' {
        $project = New-TemplateProject
        Save-Text -Path "$project/rows.csv" -Text "title,count`nOne,1`nTwo,2`n"
        $rows = @{ VariablesPath = "$project/rows.csv"; ProjectRoot = $project }
        $result = New-RatchetTemplateItem letter @rows -KeepBackups
        $result.Changes.Created | Should -Be 'lists/one.txt', 'lists/two.txt', 'one.txt', 'two.txt'
        $null = Get-RatchetRun -ProjectRoot $project | Undo-RatchetRun
        "$project/one.txt" | Should -Not -Exist
        Save-Text -Path "$project/bad.csv" -Text "title,count`nOne,1`nTwo,none`n"
        $bad = @{ VariablesPath = "$project/bad.csv"; ProjectRoot = $project }
        New-RatchetTemplateItem letter @bad @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'template.wrong_type,*'
        $faults[0].Exception.Error.Line | Should -Be 3
        "$project/one.txt" | Should -Not -Exist
    }

    It 'plans with -WhatIf, and writes that plan and no other' {
        $project = New-TemplateProject
        $call = @{ Template = 'letter'; ProjectRoot = $project }
        $planned = New-RatchetTemplateItem @call -Variables @{ title = 'A'; count = 1 } -WhatIf
        $planned.DryRun | Should -BeTrue
        $planned.Plan.Path | Should -Contain 'a.txt'
        $planned.Diff | Should -Match '(?m)^\+A 1 plain\r?$'
        "$project/a.txt" | Should -Not -Exist
        $plan = @{ ExpectPlan = $planned.PlanSha256 }
        New-RatchetTemplateItem @call @plan -Variables @{ title = 'A'; count = 2 } @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'plan.changed,*'
        "$project/a.txt" | Should -Not -Exist
        $null = New-RatchetTemplateItem @call @plan -Variables @{ title = 'A'; count = 1 }
        "$project/a.txt" | Should -Exist
    }

    It 'asks with -Confirm and writes what was approved: <Answer>' -ForEach @(
        @{ Answer = 'yes'; Choice = 0; IsWritten = $true }
        @{ Answer = 'no'; Choice = 2; IsWritten = $false }
    ) {
        $project = New-TemplateProject
        $script = "New-RatchetTemplateItem letter @{ title = 'A'; count = 1 } -ProjectRoot '$project' -Confirm"
        $done = Invoke-WithAnswer -Script $script -Choice $Choice
        $done.Errors | Should -BeNullOrEmpty
        $done.Interface.Questions | Should -HaveCount 1
        $done.Interface.Questions[0] | Should -Match 'plan [0-9a-f]{64}'
        Test-Path -LiteralPath "$project/a.txt" | Should -Be $IsWritten
    }

    Context 'variables that are missing' {
        It 'are asked for as the schema types them, until the answer fits' {
            $project = New-TemplateProject
            $script = "New-RatchetTemplateItem letter -ProjectRoot '$project'"
            $done = Invoke-WithAnswer -Script $script -Line 'lower', '', 'Plan', 'many', '3'
            $done.Errors | Should -BeNullOrEmpty
            $done.Interface.Lines | Should -BeNullOrEmpty
            $written = $done.Interface.Written.ToString()
            $written | Should -Match 'What it is about\.'
            $written | Should -Match '(?s)title: .*must match the pattern.*title: title: count: '
            $written | Should -Match '(?s)count: .*must be an integer.*count: '
            $done.Interface.Questions | Should -BeNullOrEmpty
            Get-Content -LiteralPath "$project/plan.txt" | Should -Be 'Plan 3 plain'
        }

        It 'are not asked for where they were given' {
            $project = New-TemplateProject
            $script = "New-RatchetTemplateItem letter @{ title = 'A'; count = 1 } -ProjectRoot '$project'"
            $done = Invoke-WithAnswer -Script $script
            $done.Errors | Should -BeNullOrEmpty
            $done.Interface.Written.ToString() | Should -BeNullOrEmpty
            "$project/a.txt" | Should -Exist
        }

        It 'are choices where there is something to choose' {
            $project = New-NoteProject -Body '{{kind}} {{public}}' -Schema @'
  required: [kind, public]
  properties:
    kind: {enum: [plain, a & b, 7], description: What kind.}
    public: {type: boolean}
'@
            $done = Invoke-WithAnswer -Script "New-RatchetTemplateItem note -ProjectRoot '$project'" -Choice 1
            $done.Errors | Should -BeNullOrEmpty
            $done.Interface.Questions | Should -Be 'What kind.', ''
            $done.Interface.Labels | Should -Be '&1 plain', '&2 a & b', '&3 7', '&Yes', '&No'
            Get-Content -LiteralPath "$project/note.txt" | Should -Be 'a & b false'
        }

        It 'are asked for where an answer makes them mandatory' {
            $project = New-NoteProject -Body '{{#tls}}{{port}}{{/tls}}' -Schema @'
  required: [tls, port]
  properties:
    tls: {type: boolean}
    port: {type: integer, when: tls}
'@
            $script = "New-RatchetTemplateItem note -ProjectRoot '$project'"
            $done = Invoke-WithAnswer -Script $script -Choice 0 -Line '443'
            $done.Errors | Should -BeNullOrEmpty
            Get-Content -LiteralPath "$project/note.txt" | Should -Be '443'
        }

        It 'are not shown where they are secret, nor told when they do not fit' {
            $project = New-NoteProject -Body '{{token}}' -Schema @'
  required: [token]
  properties:
    token: {type: string, format: password, minLength: 6}
'@
            $script = "New-RatchetTemplateItem note -ProjectRoot '$project'"
            $done = Invoke-WithAnswer -Script $script -Line 'abcde', 'pa$$ {{w}}=,'
            $done.Errors | Should -BeNullOrEmpty
            $done.Interface.Secrets | Should -Be 'abcde', 'pa$$ {{w}}=,'
            $done.Interface.Written.ToString() | Should -Not -Match 'abcde'
            Get-Content -LiteralPath "$project/note.txt" | Should -BeExactly 'pa$$ {{w}}=,'
        }

        It 'end the command where no answer fits' {
            $project = New-TemplateProject
            $done = Invoke-WithAnswer -Script "New-RatchetTemplateItem letter -ProjectRoot '$project'"
            $done.Errors | Should -HaveCount 1
            $done.Errors[0].FullyQualifiedErrorId | Should -BeLike 'template.missing_variable,*'
            "$($done.Errors[0])" | Should -BeLike '*"title"*'
            @(Get-Tree -Path $project) | Should -HaveCount 3
        }

        It 'are one error that names them all where nobody is there: <How>' -ForEach @(
            @{ How = 'not interactive'; Options = @('-NonInteractive') }
            @{ How = 'input from a pipe'; Options = @() }
        ) {
            $project = New-TemplateProject
            $command = @"
                Import-Module -Name '$manifest'
                `$quiet = @{ ErrorVariable = 'faults'; ErrorAction = 'SilentlyContinue' }
                New-RatchetTemplateItem letter -ProjectRoot '$project' @quiet
                "`$(`$faults.Count) `$(`$faults[0].FullyQualifiedErrorId) `$(`$faults[0])"
"@
            $output = 'Plan', '3' | pwsh -NoProfile @Options -Command $command
            $output | Should -HaveCount 1
            $output | Should -BeLike '1 template.missing_variable,* "title", "count" are missing*'
            @(Get-Tree -Path $project) | Should -HaveCount 3
        }

        It 'are one error where the host cannot ask' {
            $project = New-TemplateProject
            $shell = [powershell]::Create()
            try {
                $script = "Import-Module -Name '$manifest'; New-RatchetTemplateItem letter -ProjectRoot '$project'"
                $shell.AddScript($script).Invoke() | Should -BeNullOrEmpty
                $shell.Streams.Error | Should -HaveCount 1
                "$($shell.Streams.Error)" | Should -BeLike '*"title", "count" are missing*'
            } finally {
                $shell.Dispose()
            }
        }
    }
}

Describe 'Completion' {
    BeforeAll {
        function Get-Completion {
            param([string] $Line)

            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
        }
        $project = New-TemplateProject
    }

    It 'knows names of templates: <Command>' -ForEach @(
        @{ Command = 'Import-Template'; Parameter = '' }
        @{ Command = 'New-RatchetTemplateItem'; Parameter = '' }
        @{ Command = 'Get-RatchetTemplate'; Parameter = '' }
        @{ Command = 'Expand-Template'; Parameter = '-Template' }
        @{ Command = 'Test-TemplateVariable'; Parameter = '-Template' }
    ) {
        $found = Get-Completion -Line "$Command -ProjectRoot '$project' $Parameter let"
        $found.CompletionText | Should -Be 'letter'
        $found.ToolTip | Should -Be 'A letter, and who gets it.'
    }

    It 'knows languages' {
        $begin = "Import-Template -ProjectRoot '$project'"
        (Get-Completion -Line "$begin -Language ").CompletionText | Should -Contain 'go'
        (Get-Completion -Line "$begin -Language ").CompletionText | Should -Contain 'python'
        (Get-Completion -Line "$begin -TemplateName letter -Language ").CompletionText | Should -Be 'go'
        Get-Completion -Line "$begin -Language go model_d" | Should -BeNullOrEmpty
        (Get-Completion -Line "$begin -Language python model_d").CompletionText | Should -Be 'model_dataclass'
    }
}
