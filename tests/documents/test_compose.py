"""The paper says what the record holds, nothing else, on as many sheets as the agency sealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from config.forms import ornaments
from kiosk.documents import code
from kiosk.documents.compose import RESIDENT_COPY, Composed, FontLacks, PagesDiffer, UnknownForm, compose, form_of
from kiosk.documents.record import Record
from kiosk.documents.sheets import paper_of
from tests.documents import records

CONSTANTS = """
견본 신청인 용도 및 목적 담당자 전화 발급일 발급기 세대주 성명 세대구성 사유 및 일자 현주소 전입일/변동일
변동사유 번호 세대주관계 성명 (한자) 주민등록번호 등록상태 과거 주소 = 이하 여백 = - 다음 쪽에 계속 - 수수료
문서확인번호 / 쪽 인 주민등록표(등본) 이 등본은 세대별 주민등록표의 원본내용과 틀림없음을 증명합니다.
위·변조 확인 · 휴대전화 카메라로 왼쪽 코드를 비추면 발급기관의 전자서명을 확인합니다. 화면에 나온
이름·주소·발급시각·쪽수가 이 종이와 같은지 반드시 비교하십시오. 복사본의 서명도 유효하게 나옵니다. 주소는
https://verify.seogu.example 입니다. 다른 주소가 열리면 믿지 마십시오. 로도 확인할 수 있으며, 확인 기간은
발급일부터 90일입니다. 이 증명서를 복사하면 바탕에 “사본” 글자가 나타납니다. 견본: 시험용으로 만든 문서로
법적 효력이 없으며, 적힌 사람은 실재하지 않습니다."""


def put(record: Record, fee: str = "200원") -> Composed:
    return compose(record, RESIDENT_COPY, sample=True, fee=fee)


def texts(paper: Composed) -> Iterator[str]:
    with pypdfium2.PdfDocument(paper.pdf) as document:
        for sheet in document:
            yield sheet.get_textpage().get_text_range()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def raster(paper: Composed, page: int, dpi: int) -> Any:
    with pypdfium2.PdfDocument(paper.pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def test_every_field_of_the_record_is_on_the_paper() -> None:
    record = records.record(records.fields(household_reason="전입세대구성", household_date="2015-03-02"))
    text = squeezed("".join(texts(put(record))))
    for field in paper_of(record, sample=True, fee="200원").texts():
        assert squeezed(field) in text, field
    assert "1/1쪽" in text


def test_nothing_but_the_record_and_the_form_is_on_the_paper() -> None:
    record = records.record(records.fields(household_reason="전입세대구성", household_date="2015-03-02"))
    stamp = record.copy.office + "인"
    allowed = squeezed(CONSTANTS + stamp + "".join(paper_of(record, sample=True, fee="200원").texts()))
    words = set("".join(texts(put(record))).split()) - {"1", "/", "쪽"}
    stray = [word for word in words if word.strip("()") not in allowed]
    assert not stray


def test_masked_digits_stay_masked() -> None:
    text = "".join(texts(put(records.record())))
    assert not re.search(r"\d{6}-\d{7}", text)
    said = records.fields()
    said["members"][0]["rrn"] = "800312-1234567"
    assert len(re.findall(r"\d{6}-\d{7}", "".join(texts(put(records.record(said)))))) == 1


@pytest.mark.parametrize(("people", "past", "pages"), [(1, 0, 1), (12, 0, 1), (13, 0, 2), (12, 24, 2), (36, 1, 3)])
def test_sheets_are_divided_as_the_agency_counts_them(people: int, past: int, pages: int) -> None:
    row = {"address": "인천광역시 서구 옛견본로 9, 2동 305호 (가좌동)", "since": "2001-02-03", "reason": "전입"}
    gone = {"past_addresses": [{"no": str(i + 1), **row} for i in range(past)]} if past else {}
    record = records.record(records.fields(people, **gone), pages)
    paper = put(record)
    assert paper.pages == pages
    for number, text in enumerate(texts(paper), 1):
        assert f"{number}/{pages}쪽" in squeezed(text)
        assert "이하여백" not in squeezed(text) or number == pages
    wrong = records.record(records.fields(people, **gone), pages + 1)
    with pytest.raises(PagesDiffer):
        put(wrong)


def test_long_names_and_addresses_wrap_and_still_fit() -> None:
    said = records.fields(12, address="인천광역시 서구 " + "아주긴견본길 " * 18)
    for row in said["members"]:
        row["name"] = "MUHAMMAD ABDULRAHMAN BIN ABDULLAH AL-HASHIMI"
    paper = put(records.record(said))
    assert paper.pages == 1
    assert "".join(texts(paper)).count("AL-HASHIMI") == 12


@pytest.mark.parametrize("name", ["홍\U00020bb7", "홍\U0001f600", "ঢাকা"])
def test_a_name_no_font_can_draw_is_refused(name: str) -> None:
    with pytest.raises(FontLacks):
        put(records.record(records.fields(head_name=name)))


def test_all_modern_syllables_can_be_drawn() -> None:
    put(records.record(records.fields(head_name="뷁힣꿻", head_name_hanja="金峻")))


def test_markup_in_a_name_is_only_letters() -> None:
    name = "#panic() *홍* $x$ = _길_ @a <b>"
    assert squeezed(name) in squeezed("".join(texts(put(records.record(records.fields(applicant=name))))))


@pytest.mark.parametrize(("people", "pages"), [(4, 1), (8, 1), (30, 2)])
def test_the_seal_is_read_back_from_an_office_scan(people: int, pages: int) -> None:
    record = records.record(records.fields(people), pages)
    paper = put(record)
    for page in range(pages):
        [found] = zxingcpp.read_barcodes(raster(paper, page, 150))
        assert found.text == code.seal_text(record.envelope.seal, RESIDENT_COPY.host)
        assert found.ec_level == "Q"


def test_the_code_is_never_larger_than_its_corner() -> None:
    assert code.draw(code.seal_text(bytes(range(256)) * 2, "verify.seogu.example")).modules * 0.3387 <= 48
    with pytest.raises(code.CodeTooBig):
        code.draw(code.seal_text(bytes(1500), "verify.seogu.example"))


def test_a_sheet_stays_below_150_kilobytes() -> None:
    assert len(put(records.record(records.fields(30), 2)).pdf) < 2 * 150_000


def test_sample_papers_say_so_in_large_letters() -> None:
    text = "".join(texts(put(records.record())))
    assert "견 본" in text or "견본" in text.splitlines()[0]


def test_an_unknown_document_has_no_form() -> None:
    with pytest.raises(UnknownForm):
        form_of("land-ledger")


def test_the_committed_drawings_are_those_of_the_recipe() -> None:
    for name, draw in ornaments.DRAWINGS.items():
        assert (ornaments.HERE / name).read_text(encoding="utf-8") == draw()
