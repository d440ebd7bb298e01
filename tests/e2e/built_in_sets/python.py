"""Sets for the templates of Python."""

FIELDS = [
    {"name": "name", "type": "str"},
    {"name": "price", "type": "float", "default": 0.5},
    {"name": "count", "type": "int", "default": 3},
    {"name": "sold", "type": "bool", "default": False},
]
SETTINGS = [
    {"name": "url", "type": "str"},
    {"name": "workers", "type": "int", "default": 4},
    {"name": "ratio", "type": "float", "default": 0.5},
    {"name": "debug", "type": "bool", "default": True},
]

PYTHON_FUNCTIONS = [
    {
        "name": "import",
        "description": "Return the sum, or the first alone.",
        "parameters": [
            {"name": "first", "type": "int"},
            {"name": "second", "type": "int", "default": 1},
            {"name": "label", "type": "str | None", "default": None},
        ],
        "returns": "int",
        "body": "if label is None:\n    return first\nreturn first + second",
    },
    {
        "name": "areaOfCircle",
        "description": "Return the area.",
        "parameters": [{"name": "radius", "type": "float"}],
        "returns": "float",
        "body": "return math.pi * radius ** 2",
    },
    {"name": "doNothing", "description": "Do nothing.", "body": "return"},
]
SETS = {
    "python/crud": [
        {"name": "products", "entity": "Product", "singular": "product"},
        {"name": "order items", "entity": "OrderItem", "singular": "order-item", "fields": FIELDS},
        {"name": "größen", "entity": "größe", "singular": "groesse", "fields": FIELDS[:1]},
        {"name": "classes", "entity": "class", "singular": "class"},
        {"name": "queries", "entity": "query", "singular": "query"},
        {
            "name": "nones",
            "entity": "none",
            "singular": "none",
            "class_name": "Nothing",
            "module": "nothings",
        },
    ],
    "python/crud_sqlite": [
        {"entity": "Product", "table": "products", "fields": FIELDS},
        {"entity": "größe", "table": "order", "fields": FIELDS},
        {"entity": "class", "table": "t", "fields": FIELDS[:1]},
        {"entity": "none", "table": "t", "fields": FIELDS[:1]},
        {"entity": "any", "table": "t", "fields": FIELDS[:1]},
        {"entity": "Product", "table": "p", "fields": FIELDS, "model_module": "app.product"},
    ],
    "python/model": [
        {"entity": "Product", "table_name": "products", "id_type": "int"},
        {"entity": "Product", "table_name": "products"},
        {"entity": "größe", "table_name": "sizes", "id_type": "uuid", "fields": FIELDS},
        {"entity": "base", "table_name": "bases", "id_type": "BigInteger"},
        {
            "entity": "class",
            "table_name": "order",
            "id_type": "String",
            "fields": [
                {"name": "about", "type": "text", "default": '"$1"\n'},
                {"name": "seen", "type": "datetime"},
                {"name": "born", "type": "date"},
                {"name": "photo", "type": "bytes"},
            ],
        },
        {"entity": "none", "table_name": "nones"},
    ],
    "python/model_dataclass": [
        {"entity": "Product", "fields": FIELDS},
        {"entity": "größe", "fields": FIELDS},
        {"entity": "class", "fields": FIELDS[:1]},
        {"entity": "none", "fields": FIELDS[:1]},
        {"entity": "any", "fields": FIELDS[:1]},
        {
            "entity": "dated_thing",
            "description": "Something with a day.",
            "imports": ["from datetime import date"],
            "fields": [
                {"name": "day", "type": "date"},
                {"name": "end", "type": "date | None", "default": None},
            ],
        },
    ],
    "python/config": [
        {},
        {"name": "größe settings", "prefix": "SHOP_", "settings": SETTINGS},
        {"name": "class", "settings": SETTINGS},
        {"name": "base model", "settings": SETTINGS},
    ],
    "python/config_env": [
        {},
        {"name": "größe settings", "prefix": "SHOP_", "settings": SETTINGS},
        {"name": "class", "settings": SETTINGS},
        {"name": "settings error", "settings": SETTINGS},
    ],
    "python/module": [
        {
            "name": "circles",
            "description": "Circles and sums.",
            "imports": ["import math"],
            "functions": PYTHON_FUNCTIONS,
        }
    ],
    "python/class": [
        {
            "name": "circle",
            "description": "A circle.",
            "imports": ["import math"],
            "attributes": [
                {"name": "radius", "type": "float"},
                {"name": "label", "type": "str", "default": '"$&"'},
            ],
            "methods": [
                {
                    "name": "area",
                    "description": "Return the area.",
                    "returns": "float",
                    "body": "return math.pi * self.radius ** 2",
                },
                {
                    "name": "def",
                    "description": "Return a larger one.",
                    "parameters": [{"name": "factor", "type": "float"}],
                    "returns": "Circle",
                    "body": "return Circle(self.radius * factor)",
                },
                {
                    "name": "isWithin",
                    "description": "Tell whether it is between two sizes.",
                    "parameters": [
                        {"name": "least", "type": "float"},
                        {"name": "most", "type": "float", "default": 9},
                    ],
                    "returns": "bool",
                    "body": "return least <= self.radius <= most",
                },
            ],
        }
    ],
    "python/test": [
        {
            "module": "json",
            "function": "dumps",
            "test_input": [[1, {"key": "a" * 40}]],
            "expected_output": '\'[1, {"key": "\' + "a" * 40 + \'"}]\'',
        },
        {
            "module": "json",
            "function": "loads",
            "test_input": "'[true]'",
            "expected_output": [True],
            "exception": "subject.JSONDecodeError",
            "invalid_input": ["{"],
        },
        {
            "module": "os.path",
            "function": "relpath",
            "test_input": {"path": "/a/b", "start": "/a"},
            "imports": ["import os"],
            "expected_output": 'os.path.join("b")',
        },
        {"module": "os", "function": "getcwd", "test_input": []},
    ],
}
