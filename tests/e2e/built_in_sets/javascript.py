"""Sets for the templates of JavaScript and TypeScript."""

FUNCTIONS = [
    {
        "name": "import",
        "description": "Adds, or gives the first alone.",
        "parameters": [
            {"name": "first", "type": "number", "description": "The first."},
            {"name": "second", "type": "number", "description": "The second.", "default": 1},
            {"name": "label", "type": "string", "description": "A label.", "default": 'say "$&"'},
        ],
        "returns": "number",
        "body": 'if (label === "") {\n  return first;\n}\nreturn first + second;',
    },
    {
        "name": "file name",
        "description": "Gives the last part of a path.",
        "parameters": [{"name": "path", "type": "string", "description": "The path."}],
        "returns": "string",
        "body": "return basename(path);",
    },
    {"name": "doNothing", "description": "Does nothing.", "body": "return;"},
]

SETS = {
    "javascript/module": [
        {
            "name": "paths and sums",
            "extension": "mjs",
            "description": "Paths and sums.",
            "imports": ['import { basename } from "node:path";'],
            "functions": FUNCTIONS,
        }
    ],
    "javascript/class": [
        {
            "name": "circle",
            "description": "A circle.",
            "extension": "mjs",
            "imports": ['import { basename } from "node:path";'],
            "fields": [
                {"name": "radius", "type": "number", "description": "How far it goes."},
                {"name": "label", "type": "string", "default": '"${x}" \\'},
            ],
            "methods": [
                {
                    "name": "area",
                    "description": "Gives the area.",
                    "returns": "number",
                    "body": "return Math.PI * this.#radius ** 2;",
                },
                {
                    "name": "delete",
                    "description": "Gives a larger one.",
                    "returns": "Circle",
                    "parameters": [
                        {"name": "factor", "type": "number"},
                        {
                            "name": "label",
                            "type": "string",
                            "default": "",
                            "description": "Its label.",
                        },
                    ],
                    "body": "if (label) {\n"
                    "  return new Circle({ radius: 0, label: basename(label) });\n}\n"
                    "return new Circle({ radius: this.#radius * factor });",
                },
            ],
        }
    ],
    # Tests of the module that the template `module` makes with its own functions.
    "javascript/test": [
        {
            "module": "./greetings",
            "function": "greet",
            "test_input": ['"Ada"'],
            "expected_output": '"Hello, Ada!"',
        },
        {
            "module": "./greetings",
            "function": "greet",
            "test_input": ["[1, 2]"],
            "extension": ".js",
            "expected_output": '"Hello, 1,2!"',
            "case_name": 'a "list"',
            "cases": [
                {"name": "a number", "test_input": [7], "expected_output": '"Hello, 7!"'},
                {"name": "null's", "test_input": [None], "expected_output": "`Hello, ${null}!`"},
                {"name": "true", "test_input": [True], "expected_output": '"Hello, true!"'},
            ],
            "exception": "TypeError",
            "invalid_input": ["Symbol()"],
            "imports": ['import "node:fs";'],
        },
        {"module": "./greetings", "function": "greet", "test_input": []},
        {
            "module": "./greetings",
            "function": "greetings.greet",
            "imported": "greet as other",
            "imports": ['import * as greetings from "./greetings.js";'],
            "test_input": [False],
            "expected_output": '"Hello, false!"',
        },
    ],
    "typescript/module": [
        {
            "name": "paths and sums",
            "extension": "mts",
            "description": "Lengths and sums.",
            "imports": ['import type { Later } from "./later.mjs";'],
            "functions": [
                FUNCTIONS[0],
                FUNCTIONS[2],
                {
                    "name": "wait",
                    "description": "Waits.",
                    "parameters": [
                        {
                            "name": "later",
                            "type": "Later | null",
                            "description": "What to wait for.",
                            "default": None,
                        }
                    ],
                    "returns": "boolean",
                    "body": "return later !== null;",
                },
            ],
        }
    ],
    "typescript/test": [
        {
            "module": "./greetings",
            "function": "greet",
            "test_input": ['"Ada"'],
            "expected_output": '"Hello, Ada!"',
        },
        {
            "module": "./greetings",
            "function": "greet",
            "test_input": ['""'],
            "expected_output": '"Hello, !"',
            "cases": [
                {"name": 'a "name"', "test_input": ['"Bob"'], "expected_output": '"Hello, Bob!"'}
            ],
            "exception": "TypeError",
            "invalid_input": ["Symbol() as never"],
        },
        {"module": "./greetings", "function": "greet", "test_input": ['"x"']},
    ],
}
