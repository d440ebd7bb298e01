"""The same as templates.cpp by jinja2: `python3 templates_jinja.py FOLDER`."""

import json
import pathlib
import statistics
import sys
import time

import jinja2

ROUNDS = 30
ROUND_SECONDS = 0.02
BETWEEN_LOOKS = 20


def main():
    folder = pathlib.Path(sys.argv[1])
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=False,
                                     trim_blocks=True, keep_trailing_newline=True,
                                     undefined=jinja2.StrictUndefined)
    for file in sorted(folder.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        template = environment.get_template(file.stem + ".jinja")
        expected = template.render(data)
        (folder / (file.stem + ".jinja2.txt")).write_text(expected, encoding="utf-8")
        rounds = []
        for _ in range(ROUNDS):
            count, spent, start = 0, 0.0, time.perf_counter()
            while spent < ROUND_SECONDS:
                for _ in range(BETWEEN_LOOKS):
                    template.render(data)
                count += BETWEEN_LOOKS
                spent = time.perf_counter() - start
            rounds.append(spent / count * 1e6)
        print(file.stem, statistics.median(rounds))


main()
