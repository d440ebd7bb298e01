"""Compares the results that two doors gave for the same runs: `compare_results.py FOLDER`.

FOLDER holds a folder a door, each with the same JSON files. What differs between any two runs is left
out: ids, times, durations, and the folder that the run was in.
"""

import json
import pathlib
import sys

OWN_OF_A_RUN = {"run_id", "started_at", "ended_at", "duration_ms", "record",
                "processing_time_per_file", "total_execution_time"}


def common_part(value, folder):
    if isinstance(value, dict):
        return {key: common_part(each, folder) for key, each in value.items()
                if key not in OWN_OF_A_RUN}
    if isinstance(value, list):
        return [common_part(each, folder) for each in value]
    return value.replace(folder, "") if isinstance(value, str) else value


def read(door, name):
    text = (door / name).read_text(encoding="utf-8")
    # Dumped again in the order of the text: the order of the keys counts too.
    return json.dumps(common_part(json.loads(text), str(door.parent.parent / door.name)), indent=1)


def main(results):
    first, second = sorted(each for each in pathlib.Path(results).resolve().iterdir() if each.is_dir())
    names = sorted({path.name for door in (first, second) for path in door.glob("*.json")})
    equal = bool(names)
    for name in names:
        same = all((door / name).is_file() for door in (first, second)) \
            and read(first, name) == read(second, name)
        print(f"{name}: {'the same' if same else 'DIFFERENT'}")
        equal = equal and same
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
