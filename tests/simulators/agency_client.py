"""Asks the simulated agency over real TLS, as plainly as the standard library can."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from simulators.residents import RESIDENTS, thumb

VISIT = "0123456789ABCDEF"


@dataclass
class AgencyClient:
    address: dict[str, str]
    seconds: float = 15.0

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        tls = ssl.create_default_context(cafile=self.address["ca"])
        at = urlsplit(self.address["url"])
        connection = http.client.HTTPSConnection(at.hostname or "", at.port, timeout=self.seconds, context=tls)
        try:
            data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
            connection.request(method, path, data)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def identify(self, who: str = "hong", visit: str = VISIT, **changes: Any) -> tuple[int, Any]:
        template = base64.b64encode(changes.pop("thumb", thumb(who))).decode()
        question = {"visit": visit, "rrn": RESIDENTS[who].rrn, "template": template, "format": "zfm-512"}
        return self.ask("POST", "/v1/identity", {**question, **changes})

    def token(self, who: str = "hong", visit: str = VISIT) -> str:
        status, said = self.identify(who, visit)
        assert status == 200, said
        return str(said["subject_token"])

    def fetch(self, token: str, visit: str = VISIT, **changes: Any) -> tuple[int, Any]:
        question = {"visit": visit, "type": "resident-copy", "options": {}, "inputs": {}, "subject_token": token}
        return self.ask("POST", "/v1/documents", {**question, **changes})

    def document(self, who: str = "hong", **options: str) -> Any:
        status, said = self.fetch(self.token(who), options=options)
        assert status == 200, said
        return said

    def tell(self, number: str, outcome: str) -> tuple[int, Any]:
        return self.ask("POST", "/v1/outcomes", {"number": number, "outcome": outcome})
