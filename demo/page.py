"""A small page on 127.0.0.1 to work the simulated devices by hand: place a finger, insert a card, pull a cable."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any
from urllib.parse import unquote

from demo.eyes import Eyes
from demo.stage import Stage
from simulators.residents import RESIDENTS

LOOK_SECONDS = 0.25
LINES: dict[str, tuple[tuple[str, str], ...]] = {
    "지문 인식기 finger": (
        ("홍길동의 엄지를 올린다", "finger place hong"),
        ("젖은 손가락", "finger place hong wet"),
        ("다른 사람의 손가락", "finger place kim"),
        ("손을 뗀다", "finger lift"),
        ("케이블을 뽑는다", "finger unplug"),
        ("케이블을 꽂는다", "finger plug"),
    ),
    "카드 card": (
        ("카드를 넣는다", "card insert resident"),
        ("거절되는 카드", "card insert decline"),
        ("응답 없는 카드", "card insert mute"),
        ("카드를 뺀다", "card remove"),
    ),
    "A4 프린터 page_printer": (
        ("둘째 장에서 걸림", "page_printer jam at 2"),
        ("첫 장에서 걸림", "page_printer jam at 1"),
        ("걸린 종이를 꺼낸다", "page_printer jam clear"),
        ("용지 없음", "page_printer empty"),
        ("용지를 채운다", "page_printer refill 250"),
        ("케이블을 뽑는다", "page_printer unplug"),
        ("케이블을 꽂는다", "page_printer plug"),
    ),
    "영수증 프린터 printer": (
        ("용지 40 mm 남음", "printer set paper_mm 40"),
        ("새 두루마리", "printer set paper_mm 50000"),
        ("덮개를 연다", "printer set cover_open 1"),
        ("덮개를 닫는다", "printer set cover_open 0"),
        ("케이블을 뽑는다", "printer unplug"),
        ("케이블을 꽂는다", "printer plug"),
    ),
    "결제 호스트 payment_host": (
        ("응답 없음", "payment_host silent"),
        ("거절", "payment_host decline"),
        ("정상", "payment_host answer; payment_host approve"),
    ),
    "발급 기관 agency": (
        ("연결 끊김", "agency away"),
        ("8초 늦음", "agency slow 8"),
        ("다른 사람의 서류", "agency wrong-person"),
        ("정상", "agency back; agency reset"),
    ),
    "관제 office": (("브로커 정지", "office broker kill"), ("브로커 시작", "office broker start")),
}
STYLE = """
body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:60rem;color:#1e2124;background:#f4f5f6}
section{background:#fff;border-radius:12px;padding:1rem 1.25rem;margin:0 0 1rem}
h1{font-size:1.4rem} h2{font-size:1rem;margin:0 0 .5rem}
button{font:inherit;padding:.5rem .9rem;margin:.2rem;border:1px solid #6d7882;border-radius:8px;background:#fff}
button:hover{background:#ecf2fe} pre{white-space:pre-wrap;background:#1e2124;color:#fff;padding:1rem;border-radius:8px}
"""
SCRIPT = """
async function say(line){const r=await fetch('/do/'+encodeURIComponent(line),{method:'POST'});
document.getElementById('answer').textContent=line+'\\n'+JSON.stringify(await r.json(),null,1)}
"""


def visitor() -> str:
    hong = RESIDENTS["hong"]
    return f"가상의 주민 {hong.name}: 주민등록번호 {hong.rrn[:6]}-{hong.rrn[6:]}"


def document() -> str:
    sections = "".join(
        f"<section><h2>{html.escape(role)}</h2>"
        + "".join(
            f'<button onclick="say(\'{line}\')" title="{line}">{html.escape(text)}</button>' for text, line in rows
        )
        + "</section>"
        for role, rows in LINES.items()
    )
    return (
        f"<!doctype html><html lang=ko><meta charset=utf-8><title>모의 장치</title><style>{STYLE}</style>"
        f"<h1>모의 장치</h1><p>{html.escape(visitor())}</p>{sections}"
        f"<pre id=answer>…</pre><script>{SCRIPT}</script></html>"
    )


def obeyed(stage: Stage, lines: str) -> dict[str, Any]:
    """The answer to the last of the lines, or to the first that was refused."""
    answer: dict[str, Any] = {}
    try:
        for line in lines.split("; "):
            answer = stage.do(line)
    except (ValueError, OSError) as error:
        answer = {"error": str(error)}
    return answer


class Page:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send(document().encode(), "text/html; charset=utf-8")

            def do_POST(self) -> None:
                line = unquote(self.path.removeprefix("/do/"))
                known = any(line == said for rows in LINES.values() for _, said in rows)
                answer = obeyed(stage, line) if known else {"error": "not a button of this page"}
                self._send(json.dumps(answer, ensure_ascii=False).encode(), "application/json")

            def _send(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def serve_until(self, over: Callable[[], bool], on_change: Callable[[str], None]) -> None:
        """Serve while the demo lasts, and say each new screen once."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        eyes, shown = Eyes(self._stage.inspect), ""
        while not over():
            try:
                name = eyes.look().name
            except (OSError, ValueError):
                name = shown
            if name != shown:
                shown = name
                on_change(name)
            sleep(LOOK_SECONDS)
        self._server.shutdown()
