"""Variable sets that are refused."""

# Template, a variable set that is nearly right, and the variable that a refusal names.
REFUSED_SETS = [
    ("javascript/class", {"name": "a", "fields": [{"name": "toJSON", "type": "string"}]}, "name"),
    ("python/crud", {"name": "a", "entity": "b", "singular": "größe"}, "singular"),
    (
        "python/crud",
        {"name": "a", "entity": "b", "singular": "c", "fields": [{"name": "class", "type": "int"}]},
        "name",
    ),
    (
        "python/crud",
        {"name": "a", "entity": "b", "singular": "c", "fields": [{"name": "json", "type": "str"}]},
        "name",
    ),
    (
        "python/model",
        {"entity": "a", "table_name": "b", "fields": [{"name": "metadata", "type": "int"}]},
        "name",
    ),
    (
        "python/model_dataclass",
        {"entity": "a", "fields": [{"name": "größe x", "type": "int"}]},
        "name",
    ),
    (
        "python/module",
        {
            "name": "a",
            "functions": [
                {
                    "name": "b",
                    "description": "c",
                    "body": "pass",
                    "parameters": [{"name": "lambda", "type": "int"}],
                }
            ],
        },
        "name",
    ),
    ("python/module", {"name": "a", "description": "two\nlines"}, "description"),
    ("python/class", {"name": "a", "attributes": [{"name": "def", "type": "int"}]}, "name"),
    ("python/test", {"module": "shop.class", "function": "f", "test_input": []}, "module"),
    (
        "python/test",
        {"module": "shop", "function": "f", "test_input": [], "exception": "ValueError"},
        "invalid_input",
    ),
    ("javascript/module", {"name": "a", "description": "ends here */ run()"}, "description"),
    ("javascript/class", {"name": "a", "fields": [{"name": "class", "type": "string"}]}, "name"),
    (
        "javascript/class",
        {"name": "a", "methods": [{"name": "constructor", "description": "b", "body": ""}]},
        "body",
    ),
    ("javascript/test", {"module": './a"; run(); "', "function": "f", "test_input": []}, "module"),
    (
        "typescript/module",
        {
            "name": "a",
            "functions": [
                {
                    "name": "b",
                    "description": "c",
                    "body": "return;",
                    "parameters": [{"name": "new", "type": "number", "description": "d"}],
                }
            ],
        },
        "name",
    ),
    ("powershell/module", {"name": "a", "description": "$(Get-Date)"}, "description"),
    (
        "powershell/module",
        {
            "name": "a",
            "functions": [{"verb": "Frobnicate", "noun": "b", "synopsis": "c", "body": "1"}],
        },
        "verb",
    ),
    (
        "powershell/module",
        {
            "name": "a",
            "functions": [
                {
                    "verb": "Get",
                    "noun": "b",
                    "synopsis": "c",
                    "body": "1",
                    "parameters": [{"name": "input", "type": "int", "description": "d"}],
                }
            ],
        },
        "name",
    ),
    (
        "powershell/test",
        {"module": "./it's.psm1", "function": "Get-It", "test_input": []},
        "module",
    ),
    ("go/module", {"name": "größe"}, "name"),
    (
        "go/module",
        {
            "name": "a",
            "functions": [
                {
                    "name": "b",
                    "description": "c",
                    "returns": "int",
                    "body": "return 1",
                    "parameters": [{"name": "func", "type": "int"}],
                    "cases": [{"name": "d", "input": [1], "expected": 1}],
                }
            ],
        },
        "name",
    ),
    ("go/test", {"module": "type", "function": "f", "test_input": []}, "module"),
    (
        "go/test",
        {"module": "a", "function": "f", "test_input": [], "expected_output": 1},
        "result_type",
    ),
]
