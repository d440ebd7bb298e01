"""Variable sets for every built-in template: language/name → sets, beside those made of NAMES."""

from . import go, javascript, powershell, python

SETS = {**python.SETS, **javascript.SETS, **powershell.SETS, **go.SETS}
