"""Uses what the built-in templates made of built_ins.yaml.

Arguments: the folder of the rendered files, then the parts to be used. Exits
with 77 where a third-party package that a part needs is not installed.
"""

import datetime
import sys
import warnings


def raises(kind, function, *arguments):
    """Tell whether the call raises an error of this kind."""
    try:
        function(*arguments)
    except kind:
        return True
    return False


def standard_library():
    from app import config_env, customer, customer_repository
    from app import dated_thing, order_repository, shop_env

    for module in (customer_repository, order_repository):
        repository = module.CustomerRepository.open()
        first = customer.Customer(name="Ada", active=True, avatar=b"\0")
        stored = repository.add(first)
        assert stored == customer.Customer(
            id=1, name="Ada", active=True, avatar=b"\0"
        )
        assert stored.active is True
        second = repository.add(customer.Customer(name="'; --", avatar=b""))
        assert list(repository.list()) == [stored, second]
        assert list(repository.list(limit=1, offset=1)) == [second]
        stored.name = "Grace"
        repository.update(stored)
        assert repository.get(1).name == "Grace"
        assert repository.get(2).name == "'; --"
        repository.remove(1)
        assert raises(KeyError, repository.get, 1)
        assert raises(KeyError, repository.remove, 1)
        assert raises(KeyError, repository.update, stored)
        assert raises(ValueError, repository.add, second)
        repository.close()

    thing = dated_thing.DatedThing(day=datetime.date(2026, 1, 31))
    assert thing.end is None
    assert dated_thing.DatedThing.from_dict(thing.to_dict()) == thing
    assert raises(ValueError, dated_thing.DatedThing.from_dict, {"dya": 1})
    assert raises(TypeError, dated_thing.DatedThing.from_dict, {})

    assert config_env.Settings.from_env({}).log_level == "INFO"
    read = shop_env.ShopSettings.from_env
    settings = read({
        "SHOP_DATABASE_URL": "u", "SHOP_WORKERS": "7", "SHOP_DEBUG": "yes",
    })
    assert settings == shop_env.ShopSettings(
        database_url="u", workers=7, ratio=0.5, debug=True
    )
    assert raises(shop_env.SettingsError, read, {})
    assert raises(
        shop_env.SettingsError,
        read, {"SHOP_DATABASE_URL": "u", "SHOP_WORKERS": "many"},
    )


def pydantic():
    import pydantic
    from app import config, shop_config

    assert config.Settings.from_env({}).log_level == "INFO"
    read = shop_config.ShopSettings.from_env
    settings = read({
        "SHOP_DATABASE_URL": "u", "SHOP_WORKERS": "7", "SHOP_DEBUG": "yes",
    })
    assert settings == shop_config.ShopSettings(
        database_url="u", workers=7, ratio=0.5, debug=True
    )
    assert raises(pydantic.ValidationError, read, {})
    assert raises(
        (TypeError, pydantic.ValidationError),
        setattr, settings, "workers", 1,
    )


def sqlalchemy():
    import sqlalchemy
    from sqlalchemy.orm import Session
    from app import invoice, product, user

    moment = datetime.datetime(2026, 1, 31)
    for base, item in (
        (product.Base, product.Product(name="Lamp")),
        (user.Base, user.UserAccount(
            email="e", picture=b"", born=moment.date(), seen=moment
        )),
        (user.Base, invoice.Invoice(name="First")),
    ):
        engine = sqlalchemy.create_engine("sqlite://")
        base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(item)
            session.commit()
            assert item.created_at is not None
            if isinstance(item, user.UserAccount):
                assert len(item.id) == 36
                assert item.about == '"quoted"\n'
                assert (item.active, item.logins, item.rating) == (True, 0, .5)
            else:
                assert item.id == 1


def fastapi():
    import fastapi
    from fastapi.testclient import TestClient
    from app import order_items, products

    app = fastapi.FastAPI()
    app.include_router(products.router)
    app.include_router(order_items.router)
    client = TestClient(app)
    assert client.get("/products").json() == []
    made = client.post("/products", json={"name": "a"})
    assert made.status_code == 201
    assert made.json() == {"name": "a", "description": "", "id": 1}
    assert client.get("/products/1").json() == made.json()
    changed = client.put("/products/1", json={"name": "b"})
    assert changed.json()["name"] == "b"
    assert client.get("/products").json() == [changed.json()]
    assert client.put("/products/2", json={"name": "b"}).status_code == 404
    removed = client.delete("/products/1")
    assert (removed.status_code, removed.content) == (204, b"")
    assert client.delete("/products/1").status_code == 404
    missing = client.get("/products/1")
    assert missing.status_code == 404
    assert missing.json() == {"detail": "there is no product 1"}
    assert client.get("/products?limit=0").status_code == 422
    assert client.post("/order-items", json={}).status_code == 422
    made = client.post("/order-items", json={"note": "x"})
    assert made.json() == {"amount": 1, "note": "x", "id": 1}
    assert client.get("/openapi.json").status_code == 200


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.path.insert(0, sys.argv[1])
    for part in sys.argv[2:]:
        try:
            globals()[part]()
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("app"):
                raise
            print(f"not installed: {error.name}")
            sys.exit(77)
