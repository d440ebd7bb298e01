"""Makes the document that schemas are measured on, and its schema: a catalogue of 1,000 entries in 213 KB,
with patterns, enumerations and lists of unique items.

`schema_document.py FOLDER` writes FOLDER/document.json and FOLDER/schema.json, the same bytes each time.
"""

import json
import pathlib
import sys

ENTRIES = 1000
KINDS = ["book", "record", "poster", "ticket", "tool", "toy", "lamp", "chair"]
TAGS = ["new", "used", "sale", "gift", "large", "small", "rare", "heavy", "fragile", "signed", "blue", "red"]
WORDS = ["amber", "basalt", "cedar", "dune", "ember", "fjord", "grove", "harbor", "island", "juniper"]

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "version": {"const": 1},
        "entries": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/entry"}},
    },
    "required": ["version", "entries"],
    "additionalProperties": False,
    "$defs": {
        "entry": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z]{3}-[0-9]{6}$"},
                "name": {"type": "string", "minLength": 1, "maxLength": 80},
                "kind": {"enum": KINDS},
                "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"},
                         "uniqueItems": True, "maxItems": 8},
                "price": {"type": "number", "minimum": 0, "exclusiveMaximum": 100000},
                "stock": {"type": "integer", "minimum": 0},
                "active": {"type": "boolean"},
                "size": {
                    "type": "object",
                    "properties": {"width": {"type": "integer", "minimum": 1},
                                   "height": {"type": "integer", "minimum": 1}},
                    "required": ["width", "height"],
                    "additionalProperties": False,
                },
                "note": {"type": ["string", "null"]},
            },
            "required": ["id", "name", "kind", "tags", "price", "stock", "active", "size"],
            "additionalProperties": False,
        },
    },
}


def entry(number):
    word = WORDS[number % len(WORDS)]
    made = {
        "id": f"{word[:3]}-{number * 7919 % 1000000:06d}",
        "name": f"{word.capitalize()} {WORDS[number * 7 % len(WORDS)]}, catalogue number {number}",
        "kind": KINDS[number * 5 % len(KINDS)],
        "tags": [TAGS[(number + step * 5) % len(TAGS)] for step in range(2 + number % 4)],
        "price": (number * 37 % 9000) + 0.25 * (number % 4),
        "stock": number * 13 % 500,
        "active": number % 3 != 0,
        "size": {"width": 1 + number % 90, "height": 1 + number * 3 % 120},
    }
    if number % 5 == 0:
        made["note"] = None if number % 2 else f"kept in room {number % 17}"
    return made


def main():
    folder = pathlib.Path(sys.argv[1])
    document = {"version": 1, "entries": [entry(number) for number in range(ENTRIES)]}
    (folder / "document.json").write_text(json.dumps(document) + "\n", encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps(SCHEMA, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
