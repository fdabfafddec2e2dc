"""Reads the kiosks' AsyncAPI file and says of a message what is wrong with it.

Not responsible for topics of others: what the contract does not name is reported too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import yaml

FILE = Path(__file__).parent.parent / "kiosk" / "office" / "asyncapi.yaml"
PARAMETERS = {"kid": "[A-Z0-9-]{3,23}", "device": "[a-z][a-z_]*", "type": "[a-z0-9-]+"}


class Contract:
    def __init__(self, file: Path = FILE) -> None:
        document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        schemas = document["components"]["schemas"]
        self._checks = [
            (re.compile(_pattern(channel["address"])), _validator(name, document, schemas))
            for channel in document["channels"].values()
            for name in channel["messages"]
        ]

    def problem(self, topic: str, payload: bytes) -> str:
        """What does not keep the contract, without quoting the data; "" if all is well."""
        for pattern, validator in self._checks:
            if found := pattern.fullmatch(topic):
                return self._payload_problem(found.groupdict(), payload, validator)
        return "unknown topic"

    @staticmethod
    def _payload_problem(named: dict[str, str], payload: bytes, validator: Any) -> str:
        if not payload:
            return "" if "device" in named else "empty"
        try:
            said = json.loads(payload)
        except ValueError:
            return "no JSON"
        if error := next(iter(validator.iter_errors(said)), None):
            return f"{error.json_path}: {error.validator}"
        for name in ("kid", "type"):
            if name in named and said.get(name, named[name]) != named[name]:
                return f"{name} differs from the topic's"
        return ""


def _pattern(address: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>{PARAMETERS[found[1]]})", address)


def _validator(message: str, document: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """The schema's own references point into the whole document, so it travels along."""
    place = document["components"]["messages"][message]["payload"]["$ref"]
    schema = {"$ref": place, "components": {"schemas": schemas}}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
