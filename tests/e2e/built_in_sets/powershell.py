"""Sets for the templates of PowerShell."""

SETS = {
    "powershell/module": [
        {
            "name": "price rules",
            "module": "Price.Rules",
            "author": "Ada O'Neil",
            "version": "1.2.3.4",
            "guid": "3f2a8f0e-7d0c-4c5e-9a55-1c1f6c4b9b1d",
            "powershell_version": "5.1",
            "description": "It's about 100 % prices",
            "functions": [
                {
                    "verb": "Measure",
                    "noun": "price",
                    "synopsis": "Adds tax.",
                    "details": "Taxes are added.",
                    "parameters": [
                        {
                            "name": "Net",
                            "type": "double",
                            "mandatory": True,
                            "description": "The price.",
                        },
                        {
                            "name": "Rate",
                            "type": "double",
                            "default": 0.5,
                            "description": "The rate.",
                        },
                        {
                            "name": "Größe",
                            "type": "bool",
                            "default": True,
                            "description": "Whether it is large.",
                        },
                        {
                            "name": "Unit",
                            "type": "string",
                            "default": "'it''s'",
                            "description": "The unit.",
                        },
                    ],
                    "output_type": "double",
                    "pipeline": True,
                    "example": "2, 3 | Measure-Price",
                    "body": "if ($Größe) {\n    return $Net * (1 + $Rate)\n}\n$Net",
                },
                {
                    "verb": "Set",
                    "noun": "price list",
                    "synopsis": "Sets a price.",
                    "target": "$Name",
                    "parameters": [
                        {
                            "name": "Name",
                            "type": "string",
                            "mandatory": True,
                            "description": "Whose.",
                        }
                    ],
                    "body": '"set $Name"',
                },
                {
                    "verb": "Remove",
                    "noun": "type",
                    "synopsis": "Removes.",
                    "pipeline": True,
                    "parameters": [{"name": "Name", "type": "string[]", "description": "Which."}],
                    "body": "$Name.Count",
                },
                {"verb": "Test", "noun": "größe", "synopsis": "Tests.", "body": "$true"},
            ],
        }
    ],
    # Tests of the module that the template `module` makes with its own function.
    "powershell/test": [
        {
            "module": "../Greetings/Greetings.psd1",
            "function": "Get-Greeting",
            "test_input": ["-Name Ada"],
            "expected_output": "'Hello, Ada!'",
        },
        {
            "module": "../Greetings/Greetings.psm1",
            "function": "Get-Greeting",
            "test_input": ["'Ada'"],
            "expected_output": "'Hello, Ada!'",
            "case_name": 'a "name" for $1',
            "cases": [
                {"name": "a number", "test_input": [7], "expected_output": "'Hello, 7!'"},
                {"name": "a flag", "test_input": [True], "expected_output": "'Hello, True!'"},
            ],
            "exception": "System.Management.Automation.ParameterBindingException",
            "invalid_input": ["-Nobody", 1],
        },
        {"module": "../Greetings/Greetings.psm1", "function": "Get-Greeting", "test_input": ["x"]},
    ],
}
