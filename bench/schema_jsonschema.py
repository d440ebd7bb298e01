"""The same as schema.cpp by python-jsonschema: one line a round, `<validate>`, in milliseconds."""

import json
import sys
import time

import jsonschema

ROUNDS = 5

schema_path, document_path = sys.argv[1:]
with open(schema_path, encoding="utf-8") as file:
    validator = jsonschema.Draft202012Validator(json.load(file))
with open(document_path, encoding="utf-8") as file:
    document = json.load(file)
for _ in range(ROUNDS):
    start = time.perf_counter()
    if not validator.is_valid(document):
        sys.exit(1)
    print((time.perf_counter() - start) * 1000)
