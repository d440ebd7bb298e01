"""Uses the Python that the built-in templates made: `use_built_ins.py PLAN PART`.

PLAN is a JSON file: template → [[variables, folder, files]]. Prints how many modules it used.
"""

import datetime
import importlib
import json
import math
import pathlib
import sys


def raises(kind, function, *arguments, **named):
    try:
        function(*arguments, **named)
    except kind:
        return True
    return False


def loaded(plan, template):
    """Each set's variables and its module, imported as a user's package would."""
    for variables, folder, files in plan[template]:
        place, file = pathlib.Path(folder), pathlib.Path(files[0])
        sys.path.insert(0, str(place))
        try:
            yield variables, importlib.import_module(f"{place.name}.{file.stem}")
        finally:
            sys.path.remove(str(place))


def class_of(module, *endings):
    """The one class that the module itself makes and whose name has none of these ends."""
    found = [
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and each.__module__ == module.__name__
        and not each.__name__.endswith(endings)
    ]
    assert len(found) == 1, (module, found)
    return found[0]


def use_modules(plan):
    for _, module in loaded(plan, "python/module"):
        if hasattr(module, "greet"):
            assert module.__all__ == ["greet"]
            assert module.greet("Ada") == "Hello, Ada!"
        else:
            assert module.__all__ == ["import_", "area_of_circle", "do_nothing"]
            assert (module.import_(2), module.import_(2, 3, "x")) == (2, 5)
            assert module.area_of_circle(2) == math.pi * 4
            assert module.do_nothing() is None
        yield module


def use_classes(plan):
    for _, module in loaded(plan, "python/class"):
        made = class_of(module)
        if made.__name__ == "Circle":
            circle = made(2)
            assert repr(circle) == "Circle(radius=2, label='\"$&\"')"
            assert circle.area() == math.pi * 4
            assert circle.def_(3) == made(6) != circle
            assert circle.is_within(1) and not circle.is_within(3, 4)
        else:
            item = made("x")
            assert (item.name, repr(item)) == ("x", f"{made.__name__}(name='x')")
            assert item == made(name="x") != made("y") and item != "x"
        yield module


def use_dataclasses(plan):
    for variables, module in loaded(plan, "python/model_dataclass"):
        made = class_of(module)
        if "imports" in variables:
            item = made(day=datetime.date(2026, 1, 31))
            assert item.end is None
        else:
            item = made(name="x")
            assert item.id is None and (len(variables["fields"]) < 2 or item.count == 3)
        assert made.from_dict(item.to_dict()) == item
        assert raises(ValueError, made.from_dict, {"nmae": 1})
        assert raises(TypeError, made.from_dict, {})
        yield module


def use_repositories(plan):
    for _, module in loaded(plan, "python/crud_sqlite"):
        kind = class_of(module)
        made = getattr(module, kind.__name__.removesuffix("Repository"))
        repository = kind.open()
        first, second = (repository.add(made(name=name)) for name in ("Ada", "'; --"))
        assert (first.id, second.id) == (1, 2)
        assert list(repository.list()) == [first, second]
        assert list(repository.list(limit=1, offset=1)) == [second]
        first.name = "größer"
        repository.update(first)
        assert repository.get(1) == first
        repository.remove(1)
        assert raises(KeyError, repository.get, 1)
        assert raises(KeyError, repository.remove, 1)
        assert raises(KeyError, repository.update, first)
        assert raises(ValueError, repository.add, second)
        repository.close()
        yield module


def use_settings(plan, template, refusals, *others):
    for variables, module in loaded(plan, template):
        made = class_of(module, *others)
        prefix = variables.get("prefix", "")
        if "settings" in variables:
            values = {f"{prefix}URL": "u", f"{prefix}WORKERS": "7", f"{prefix}DEBUG": "no"}
            settings = made.from_env(values)
            assert settings == made(url="u", workers=7, ratio=0.5, debug=False)
            assert raises(refusals, made.from_env, {})
            assert raises(refusals, made.from_env, {**values, f"{prefix}WORKERS": "many"})
            assert raises((AttributeError, TypeError, *refusals), setattr, settings, "workers", 1)
        else:
            assert made.from_env({}).log_level == "INFO"
            assert made.from_env({"LOG_LEVEL": "$1"}).log_level == "$1"
        yield module


def standard_library(plan):
    yield from use_modules(plan)
    yield from use_classes(plan)
    yield from use_dataclasses(plan)
    yield from use_repositories(plan)
    # Errors of settings are ValueError, with the variable's name in the message.
    yield from use_settings(plan, "python/config_env", (ValueError,), "SettingsError")


def pydantic(plan):
    from pydantic import ValidationError

    yield from use_settings(plan, "python/config", (ValidationError,))


def sqlalchemy(plan):
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    moment = datetime.datetime(2026, 1, 31)
    for variables, module in loaded(plan, "python/model"):
        made = class_of(module, "Base")
        engine = create_engine("sqlite://")
        module.Base.metadata.create_all(engine)
        given = {"name": "Lamp"}
        if "seen" in vars(made):
            given = {"born": moment.date(), "photo": b"\0", "seen": moment}
        with Session(engine) as session:
            item = made(**given)
            session.add(item)
            session.commit()
            assert item.created_at and item.updated_at
            assert variables["entity"] != "class" or item.__tablename__ in ("order", "things")
            if variables.get("id_type") in ("uuid", "String"):
                assert len(item.id) == 36
            else:
                assert item.id == 1
            assert session.get(made, item.id) is item
            assert "seen" not in given or item.about == '"$1"\n'
            assert repr(item) == f"{made.__name__}(id={item.id!r})"
        yield module


def fastapi(plan):
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    for variables, module in loaded(plan, "python/crud"):
        app = FastAPI()
        app.include_router(module.router)
        client = TestClient(app)
        path = module.router.prefix
        given = {"name": "a", **({"count": 4} if len(variables.get("fields", [])) > 1 else {})}
        assert client.get(path).json() == []
        made = client.post(path, json=given)
        assert made.status_code == 201 and made.json()["id"] == 1, made.json()
        assert made.json().items() >= given.items()
        assert client.get(f"{path}/1").json() == made.json()
        changed = client.put(f"{path}/1", json={**given, "name": "$1"})
        assert changed.json() == {**made.json(), "name": "$1"}
        assert client.get(path).json() == [changed.json()]
        assert client.get(f"{path}?offset=1").json() == []
        assert client.get(f"{path}?limit=0").status_code == 422
        assert client.post(path, json={}).status_code == 422
        assert client.put(f"{path}/2", json=given).status_code == 404
        removed = client.delete(f"{path}/1")
        assert (removed.status_code, removed.content) == (204, b"")
        for answer in (client.get(f"{path}/1"), client.delete(f"{path}/1")):
            assert answer.status_code == 404 and "there is no" in answer.json()["detail"]
        assert client.get("/openapi.json").status_code == 200
        yield module


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        rendered = json.load(file)
    sys.path.insert(0, str(pathlib.Path(sys.argv[1]).parent))
    used = list(
        {
            "standard_library": standard_library,
            "pydantic": pydantic,
            "sqlalchemy": sqlalchemy,
            "fastapi": fastapi,
        }[sys.argv[2]](rendered)
    )
    print(f"used {len(used)} modules")
