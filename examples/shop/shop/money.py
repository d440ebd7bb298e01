"""Amounts of money, as whole cents."""


def to_cents(amount: str) -> int:
    """Return the cents of an amount such as "39.50".

    Raises:
        ValueError: The text is not an amount.
    """
    whole, _, fraction = amount.partition(".")
    if not whole.isdecimal() or not (fraction + "00").isdecimal() or len(fraction) > 2:
        raise ValueError(f"not an amount: {amount!r}")
    return int(whole) * 100 + int((fraction + "00")[:2])
