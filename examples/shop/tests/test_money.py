"""Tests of the module shop.money."""

import pytest

from shop.money import to_cents


@pytest.mark.parametrize(
    ("amount", "cents"), [("39.50", 3950), ("7", 700), ("0.5", 50)]
)
def test_reads_amounts(amount: str, cents: int) -> None:
    assert to_cents(amount) == cents


@pytest.mark.parametrize("amount", ["", "1.234", "-1", "one"])
def test_refuses_what_is_no_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        to_cents(amount)
