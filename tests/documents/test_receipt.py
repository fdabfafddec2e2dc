"""Slips say what the law wants on them, in Korean, and fit a glance."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from drivers.printer.paper import Cut, Feed, Line, Pair, Text
from kiosk.documents.receipt import CardFacts, ClaimFacts, Issuer, PaidItem, ReceiptFacts, claim_slip, receipt

ISSUER = Issuer(
    "인천광역시 서구청",
    "000-00-00000",
    "인천광역시 서구 견본로 102 (심곡동)",
    "032-000-0000",
    "민원봉사과 032-000-0001",
)
CARD = CardFacts("견본카드", "123456******3456", "30012345", "견본매입사", "0000000000")
AT = datetime(2021, 3, 2, 10, 6, 7)
PAID = ReceiptFacts(
    issuer=ISSUER,
    site="서구청 현관(1호)",
    terminal_id="SG000002",
    at=AT,
    transaction="A1B2C3D4E5F6",
    items=(PaidItem("주민등록표 등본", 2, 400),),
    card=CARD,
)
CLAIM = ClaimFacts(
    ISSUER, "서구청 현관(1호)", "SG000002", AT, "A1B2C3D4E5F6", 400, 0, "print-unknown", "확인하지 못했습니다."
)


def text(lines: tuple[Line, ...]) -> str:
    said = [f"{x.left} {x.right}" if isinstance(x, Pair) else x.text if isinstance(x, Text) else "" for x in lines]
    return "\n".join(said)


def test_a_receipt_holds_every_field() -> None:
    said = text(receipt(PAID))
    for field in (
        *("인천광역시 서구청", "000-00-00000", "견본로 102", "전화 032-000-0000", "단말기번호 SG000002"),
        *(
            "거래일시 2021-03-02 10:06:07",
            "거래 구분 승인",
            "카드종류 견본카드",
            "123456******3456",
            "일시불",
            "금액 400원",
        ),
        *("부가세 0원", "승인번호 30012345", "매입사 견본매입사", "가맹점번호 0000000000", "주민등록표 등본 2부"),
        *("환불 문의: 민원봉사과 032-000-0001", "A1B2C3D4E5F6", "견본"),
    ):
        assert field in said, field


def test_a_cancelled_payment_reads_as_one() -> None:
    said = text(receipt(replace(PAID, cancelled=True)))
    assert "거래 구분 취소" in said
    assert "-400원" in said


def test_what_was_free_names_the_reason_and_no_card() -> None:
    said = text(receipt(replace(PAID, items=(PaidItem("주민등록표 등본", 1, 0, "국가유공자"),), card=None)))
    assert "감면 사유: 국가유공자" in said
    assert "거래 구분 무료 발급" in said
    assert "카드" not in said


def test_a_claim_slip_says_where_when_which_how_much_why_and_whom_to_call() -> None:
    said = text(claim_slip(CLAIM))
    for field in ("서구청 현관(1호)", "2021-03-02", "A1B2C3D4E5F6", "400원", "print-unknown", "032-000-0001", "미처리"):
        assert field in said, field


def test_a_slip_has_at_most_forty_lines() -> None:
    many = tuple(PaidItem(f"문서 {i}", 1, 0, "국가유공자") for i in range(40))
    for slip in (receipt(replace(PAID, items=many)), claim_slip(CLAIM)):
        assert sum(line.lines if isinstance(line, Feed) else 1 for line in slip) <= 40
        assert isinstance(slip[-1], Cut)


def test_a_summed_up_receipt_still_adds_up() -> None:
    said = text(receipt(replace(PAID, items=tuple(PaidItem(f"문서 {i}", 1, 100) for i in range(9)))))
    assert "그 밖의 문서 4부 400원" in said
    assert "금액 900원" in said


def test_a_claim_slip_says_what_has_been_given_back_so_that_nobody_pays_it_out_again() -> None:
    back = text(claim_slip(replace(CLAIM, won=0, returned_won=400)))
    assert "취소한 금액" in back
    assert "이미 취소했습니다" in back
    assert "돌려 드립니다" not in back
    assert "돌려 드립니다" in text(claim_slip(CLAIM))
