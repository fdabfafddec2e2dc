"""Addresses where no device answers: for a machine whose devices do not matter."""

from __future__ import annotations

import json

ADDRESSES = json.dumps(
    {
        "simulated": True,
        "printer": "/nowhere/printer",
        "finger": "/nowhere/finger",
        "page_printer": "ipp://127.0.0.1:9/ipp/print",
        "card": {"reader": "KIOSK IC Reader", "socket": "/nowhere/pcscd.comm"},
        "payment_host": "tcp://127.0.0.1:9",
        "agency": {"url": "https://127.0.0.1:9", "ca": "/nowhere/ca.pem", "seal_keys": "/nowhere/keys.json"},
        "office": "mqtt://127.0.0.1:9",
    }
)
