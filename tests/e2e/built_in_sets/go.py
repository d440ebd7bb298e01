"""Sets for the templates of Go, and what the generated tests test."""

SETS = {
    "go/module": [
        {
            "name": "paths",
            "package": "paths",
            "module_path": "example.com/some/paths",
            "go_version": "1.18",
            "description": "works with paths.",
            "imports": ["errors", "strings"],
            "functions": [
                {
                    "name": "type",
                    "description": "doubles.",
                    "returns": "int",
                    "body": "return größe * 2",
                    "parameters": [{"name": "größe", "type": "int"}],
                    "cases": [{"name": "one", "input": [1], "expected": 2}],
                },
                {
                    "name": "splitURL",
                    "description": "splits.",
                    "returns": "[]string",
                    "parameters": [
                        {"name": "text", "type": "string"},
                        {"name": "most", "type": "int"},
                    ],
                    "body": 'if most < 0 {\n\tpanic(errors.New("negative"))\n}\n'
                    'return strings.SplitN(text, "/", most)',
                    "cases": [
                        {"name": "none", "input": ['"a"', 2], "expected": '[]string{"a"}'},
                        {
                            "name": 'a "quoted" %d',
                            "input": ['"a/b"', 2],
                            "expected": '[]string{"a", "b"}',
                        },
                    ],
                },
                {
                    "name": "last error",
                    "description": "tells nothing.",
                    "returns": "error",
                    "body": "return nil",
                    "cases": [{"name": "nil", "input": [], "expected": None}],
                },
            ],
        },
        {"name": "prices", "manifest": False},
    ],
    # Tests inside a package that has the functions of GO_SUBJECT.
    "go/test": [
        {
            "module": "subject",
            "function": "Add",
            "test_input": [2, 3],
            "argument_types": ["int", "int"],
            "expected_output": 5,
            "result_type": "int",
            "cases": [{"name": 'a "negative" one', "test_input": [2, -3], "expected_output": -1}],
        },
        {
            "module": "subject",
            "function": "Split",
            "test_input": ['"a b"'],
            "argument_types": ["string"],
            "expected_output": '[]string{"a", "b"}',
            "result_type": "[]string",
            "exception": "ErrEmpty",
            "invalid_input": ['""'],
        },
        {
            "module": "subject",
            "function": "Wait",
            "test_input": ["time.Second"],
            "imports": ["time"],
            "argument_types": ["time.Duration"],
            "expected_output": True,
            "result_type": "bool",
            "case_name": "a second",
        },
        {
            "module": "subject",
            "function": "NewCart().Total",
            "test_input": [],
            "expected_output": 7,
            "result_type": "int64",
        },
        {"module": "subject", "function": "Add", "test_name": "Again", "test_input": [1, 1]},
        {
            "module": "subject",
            "function": "Split",
            "test_name": "SplitAny",
            "test_input": ['"a"'],
            "exception": "error",
            "invalid_input": ['""'],
        },
    ],
}

GO_SUBJECT = """package subject

import (
	"errors"
	"strings"
	"time"
)

var ErrEmpty = errors.New("empty")

type Cart struct{}

func NewCart() Cart { return Cart{} }

func (Cart) Total() int64 { return 7 }

func Add(a, b int) int { return a + b }

func Wait(d time.Duration) bool { return d > 0 }

func Split(text string) ([]string, error) {
	if text == "" {
		return nil, ErrEmpty
	}
	return strings.Fields(text), nil
}
"""
