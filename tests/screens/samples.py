"""One of each screen as a resident may meet it, with the longest names the catalogue has."""

from collections.abc import Callable

from kiosk.flow import intents
from screens import issue as show
from screens.facts import (
    CategoryFact,
    ClaimFact,
    DocumentFact,
    NearestSite,
    OptionFact,
    PageSizes,
    PaperFact,
    Timeouts,
)
from screens.model import Screen, Words, say

TIMES = Timeouts()
PHONE = "032-000-0102"
SITE = Words("서구청 현관(1호)", "Seo-gu Office entrance (unit 1)")
CATEGORIES = tuple(
    CategoryFact(id_, Words(ko, en), say("category.count", n=count) if count else say("category.not-now"))
    for id_, ko, en, count in (
        ("resident", "주민등록", "Resident registration", 2),
        ("family", "가족관계등록부", "Family relation register", 8),
        ("removed-register", "제적", "Removed family register", 0),
        ("land", "토지·지적·건축", "Land and buildings", 5),
        ("vehicle", "차량", "Vehicles and machinery", 6),
        ("welfare", "보건복지", "Health and welfare", 3),
        ("military", "병적", "Military service", 2),
        ("farmland", "농지", "Farmland and farming", 3),
        ("local-tax", "지방세", "Local tax", 2),
        ("national-tax", "국세", "National tax", 13),
        ("education", "교육", "Education", 10),
        ("health-insurance", "건강보험", "Health insurance", 7),
        ("employment", "고용·산재", "Employment and accident insurance", 12),
    )
)
COPY = DocumentFact("resident-copy", Words("주민등록표 등본", "Resident registration: household copy"), 200)
DOCUMENTS = (
    COPY,
    DocumentFact("resident-abstract", Words("주민등록표 초본", "Resident registration: personal abstract"), 200),
    DocumentFact(
        "premium",
        Words(
            "지역가입자 건강·장기요양보험료 납부확인서(연말정산용)",
            "Premium payment confirmation (self-employed, year-end tax)",
        ),
        0,
        why_not=say("why-not.agency-away"),
    ),
    DocumentFact("basic", Words("기본증명서", "Basic certificate (person)"), 500, why_not=say("why-not.hours")),
    DocumentFact("land-register", Words("토지(임야)대장", "Land (forest) ledger"), None, needs_finger=False),
    DocumentFact("tax", Words("지방세 세목별 과세증명서", "Local tax assessment certificate"), 800),
)
SHOWN = ("omit", "표시 안 함", "Omit"), ("include", "표시", "Show")
OPTION_ROWS: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("issue_form", "발급 형태", "Issue form", (("full", "전체 발급", "Full"), ("select", "선택 발급", "Selected"))),
    (
        "addr_history",
        "과거 주소 변동사항",
        "Past addresses",
        (("none", "미포함", "None"), ("recent-5y", "최근 5년", "Last 5 years"), ("all", "전체", "All")),
    ),
    ("hh_reason", "세대 구성 사유", "Reason the household was formed", SHOWN),
    ("hh_date", "세대 구성 일자", "Date the household was formed", SHOWN),
    ("event_date", "발생일/신고일", "Event / report dates", SHOWN),
    ("other_member_names", "교부 대상자 외 세대주·세대원·외국인 등의 이름", "Names of the other members", SHOWN),
    (
        "rrn_back_household",
        "주민등록번호 뒷자리(등본)",
        "Back digits of the RRN (household)",
        (("none", "비공개", "Hide"), ("self", "본인만", "Own only"), ("all", "세대원 모두 공개", "All members")),
    ),
    ("relation_to_head", "세대원의 세대주와의 관계", "Relation to the head", SHOWN),
    (
        "purpose",
        "용도",
        "Purpose",
        tuple((str(n), ko, en) for n, (ko, en) in enumerate(
            (("기타", "Other"), ("은행 제출", "Bank"), ("법원 제출", "Court"), ("학교 제출", "School"))
        )),
    ),
)  # fmt: skip
OPTIONS = tuple(
    OptionFact(id_, Words(ko, en), tuple((v, Words(k, e)) for v, k, e in values), values[0][0])
    for id_, ko, en, values in OPTION_ROWS
)
PAPER = PaperFact(
    COPY.name,
    2,
    1,
    400,
    options=tuple((option.name, option.values[0][1]) for option in OPTIONS),
)
FREE = PaperFact(DOCUMENTS[2].name, 1, 1, 0, "basic_livelihood")
CLAIM = ClaimFact(SITE, "2021-03-02 10:04", "3F0A91C2D701", 400, "print-unknown", PHONE, "printed")
NEAREST = NearestSite(
    Words("검단신도시 입주지원센터", "Geomdan New Town Move-in Support Center"), "08:00~22:00", "032-000-0131"
)
EXCLUDED = (
    Words("가족관계등록부", "Family relation register"),
    Words("제적", "Removed family register"),
    Words("등기", "Real-estate register"),
)
NOTICE = Words("정부24에서 여권 재발급을 신청할 수 있습니다.", "Apply for a new passport at Government24.")


def samples(sizes: PageSizes) -> dict[str, Callable[[], Screen]]:
    """By file name; the first word is the screen's own."""
    return {
        "starting": show.starting,
        "attract": lambda: show.attract(intents, "08:00~22:00", EXCLUDED, NOTICE),
        "attract-plain": lambda: show.attract(intents, "00:00~24:00"),
        "out-of-service": lambda: show.out_of_service(("page_printer-paper", "finger"), PHONE, NEAREST, "08:00"),
        "category": lambda: show.category(intents, CATEGORIES, 0, sizes, TIMES),
        "category-last": lambda: show.category(intents, CATEGORIES, 9, sizes, TIMES),
        "document": lambda: show.document(intents, CATEGORIES[1].name, DOCUMENTS, 0, sizes, TIMES),
        "document-last": lambda: show.document(intents, CATEGORIES[12].name, DOCUMENTS, 1, sizes, TIMES),
        "notice": lambda: show.notice(intents, COPY, TIMES),
        "rrn": lambda: show.rrn(intents, 5, TIMES),
        "rrn-hint": lambda: show.rrn(intents, 13, TIMES, "date"),
        "finger": lambda: show.finger(intents, 1, 3),
        "finger-again": lambda: show.finger(intents, 2, 3, "present-subject", "residual-print"),
        "identifying": lambda: show.identifying(intents),
        "options": lambda: show.options(intents, OPTIONS, 0, sizes, TIMES),
        "options-second": lambda: show.options(intents, OPTIONS, 1, sizes, TIMES),
        "options-last": lambda: show.options(intents, OPTIONS, 9, sizes, TIMES),
        "copies": lambda: show.copies(intents, 9, TIMES),
        "copies-three": lambda: show.copies(intents, 3, TIMES),
        "fetching": lambda: show.fetching(TIMES),
        "confirm": lambda: show.confirm(intents, PAPER, TIMES, 0, sizes),
        "confirm-last": lambda: show.confirm(intents, PAPER, TIMES, 9, sizes),
        "confirm-free": lambda: show.confirm(intents, FREE, TIMES, 0, sizes),
        "pay": lambda: show.pay(intents, 400),
        "pay-authorising": lambda: show.pay(intents, 400, "authorising", may_cancel=False),
        "pay-declined": lambda: show.pay(intents, 400, "", "declined:51"),
        "printing": lambda: show.printing(PAPER, 1, 2),
        "printing-jam": lambda: show.printing(PAPER, 1, 2, "paper-jam"),
        "take": lambda: show.take(intents, PAPER, TIMES),
        "take-card": lambda: show.take(intents, FREE, TIMES, card_in=True),
        "receipt": lambda: show.receipt(intents, TIMES),
        "receipt-printing": lambda: show.receipt_printing(TIMES),
        "more": lambda: show.more(intents, TIMES),
        "more-failed": lambda: show.more(intents, TIMES, receipt_failed=True),
        "reversing": lambda: show.reversing(400),
        "sorry": lambda: show.sorry(intents, "agency-away", TIMES),
        "sorry-finger": lambda: show.sorry(intents, "finger-failed", TIMES, nearest=NEAREST),
        "sorry-returned": lambda: show.sorry(intents, "paper-jam", TIMES, returned_won=400, card_in=True),
        "assist": lambda: show.assist(intents, "print-unknown", CLAIM, TIMES),
        "assist-no-slip": lambda: show.assist(intents, "other", ClaimFact(
            NEAREST.name, CLAIM.at, CLAIM.transaction, 400, "payment-unclear", PHONE, "failed"), TIMES, card_in=True),
        "idle-warning": lambda: show.idle_warning(intents, 20),
        "staff": lambda: show.staff(intents, PHONE, TIMES),
    }  # fmt: skip
