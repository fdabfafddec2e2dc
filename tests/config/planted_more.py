"""More faults for the tests: machines, options, issuer, texts, addresses, and whole files."""

from __future__ import annotations

from tests.config.planted import Plants

SITES, RULES, OPTIONS = "data/sites.csv", "data/site_document_rules.csv", "data/options.csv"
VALUES, ISSUER, DEVICES = "data/option_values.csv", "data/issuer.csv", "devices.json"
FAMILY = "family;removed-register;real-estate"

MACHINES: Plants = {
    "one issue too many in 2019": (SITES, ",9894,6584,", ",9895,6584,",
        "data/sites.csv: sum of issued_2019 = 221051: the plan says 221050; correct the rows, or data/plan_"),
    "hours past midnight": (SITES, "2011-07-11,,08:00-22:00", "2011-07-11,,22:00-08:00",
        "data/sites.csv: row 5 (SG-04) hours = 22:00-08:00: must end after they begin, on the same day; write it like"),
    "a machine outside the district": (SITES, "37.4980,126.6862", "37.4980,127.6862",
        "data/sites.csv: SG-04 lon = 127.6862: lies outside the district; take 126.6 to 126.73"),
    "one place at two spots": (SITES, "37.5332,126.6761", "37.5333,126.6761",
        "data/sites.csv: SG-03 lat, lon = 37.5332,126.6761: shares its place with SG-02, but not the spot; take 37.53"),
    "a kid given twice": (SITES, "4,SG-04,", "4,SG-05,",
        "data/sites.csv: kid = SG-05: stands there twice; remove or rename one of the rows"),
    "a short terminal id": (SITES, "SG000004", "SG00004",
        "data/sites.csv: row 5 (SG-04) terminal_id = SG00004: must be a terminal id of 8 capital letters and digits"),
    "a placement nobody knows": (SITES, "complex),indoor", "complex),indor",
        "data/sites.csv: row 5 (SG-04) placement = indor: must be one of indoor, lobby, outdoor; did you mean indoor?"),
    "a machine replaced before it came": (SITES, "2005-08-24,2014-02-05", "2015-08-24,2014-02-05",
        "data/sites.csv: SG-02 replaced_on = 2014-02-05: is before installed_on = 2015-08-24; take a later day"),
    "a comma too many": (SITES, "1,SG-01,", "1,SG-01,,",
        "data/sites.csv: row 2 (1): has 24 columns instead of 23; add or remove commas"),
    "a rule for a machine that is not there": (RULES, ",gajwa-m-park,", ",gajwa-n-park,",
        "data/site_document_rules.csv: gajwa-n-park site_id = gajwa-n-park: is not in data/sites.csv; "
        "did you mean gajwa-m-park?"),
    "a rule with another number": (RULES, "\n4,gajwa-m-park", "\n44,gajwa-m-park",
        "data/site_document_rules.csv: gajwa-m-park number = 44: is not the machine's number of data/sites.csv; take"),
    "a rule about an unknown category": (RULES, f"gajwa-m-park,{FAMILY}", f"gajwa-m-park,family;{FAMILY[7:]};landd",
        "data/site_document_rules.csv: gajwa-m-park excluded_categories = landd: is not in data/categories.csv; "
        "did you mean land?"),
    "a rule that calls itself the same": (RULES, f"post-office,{FAMILY},stricter", f"post-office,{FAMILY},same",
        "data/site_document_rules.csv: gajwa2-post-office against_default = same: does not fit excluded_categories; "
        "take stricter"),
    "a day that no calendar has": ("data/holidays.csv", "\n03-01,", "\n3-1,",
        "data/holidays.csv: row 3 (3-1) day = 3-1: must be a day like 2021-03-01 or 03-01; correct it"),
    "a window without minutes": ("data/agencies.csv", "23:50-00:10", "23:50-0:10",
        "data/agencies.csv: row 2 (mois) maintenance = 23:50-0:10: must be a window like 23:50-00:10, or empty"),
}  # fmt: skip

OPTIONS_AND_INPUTS: Plants = {
    "a value of an unknown option": (VALUES, "\nissue_form,full", "\nissue_from,full",
        "data/option_values.csv: full option_id = issue_from: is not in data/options.csv; did you mean issue_form?"),
    "two defaults": (VALUES, "Selected items,no", "Selected items,yes",
        "data/option_values.csv: issue_form default = full;select: must have exactly one default, not 2; write yes"),
    "a value twice": (VALUES, "\nissue_form,select", "\nissue_form,full",
        "data/option_values.csv: option_id+value_id = issue_form full: stands there twice; remove or rename one"),
    "a value without a name": (VALUES, "Selected items,no", ",no",
        'data/option_values.csv: row 3 (select) name_en = "": must be a text that is not empty; correct it'),
    "a condition that cannot come true": (OPTIONS, "cert_level=specific", "cert_level=specifics",
        "data/options.csv: specific_items only_when = cert_level=specifics: names a value that does not exist; take"),
    "a kind nobody draws": (OPTIONS, "Issue form,one,", "Issue form,ones,",
        "data/options.csv: row 3 (issue_form) kind = ones: must be one of from-agency, many, number, one, text; "
        "did you mean one?"),
    "a range upside down": (OPTIONS, "Copies,number,1,9", "Copies,number,9,1",
        "data/options.csv: copies min, max = 9..1: a number needs min and max, min not above max; write both"),
    "a choice without choices": ("data/inputs.csv", "School name,hangul-search", "School name,choice",
        "data/inputs.csv: school_name: has nothing to choose; add rows to data/input_values.csv"),
    "an input upside down": ("data/inputs.csv", "digits,13,13", "digits,14,13",
        "data/inputs.csv: rrn min = 14: is above max = 13; take 13 or less"),
    "typed although it has choices": ("data/inputs.csv", "School level,choice", "School level,text",
        "data/inputs.csv: school_level kind = text: has choices, but is typed; take choice or multi-choice"),
}  # fmt: skip

OTHERS: Plants = {
    "a receipt without a phone": (ISSUER, "\nphone,032-000-0000,", "\nphone,none,",
        "data/issuer.csv: phone = none: has the wrong form; write it like 032-000-0000"),
    "a misspelt fact of the issuer": (ISSUER, "\nvat_won,", "\nvat_wonn,",
        "data/issuer.csv: vat_wonn = 0: there is no such key; did you mean vat_won?"),
    "an open-data field of no column": ("data/opendata_fields.csv", "MNG_NO,sites.number", "MNG_NO,sites.nummer",
        "data/opendata_fields.csv: installation_info.MNG_NO = sites.nummer: names no column of ours; "
        "did you mean sites.number?"),
    "a column misspelt": ("data/categories.csv", "name_en", "name_eng",
        "data/categories.csv: row 1: there is no column name_eng; did you mean name_en?"),
    "line ends of Windows": ("data/categories.csv", "order\n", "order\r\n",
        "data/categories.csv: has line ends of Windows; save the file with Unix line ends"),
    "a text in one language only": ("strings/ko.toml", "[attract]", '[attract]\nbye = "안녕히 가세요"',
        "strings/en.toml: attract.bye: is missing; strings/ko.toml has it; add it there, or remove it from"),
    "another placeholder": ("strings/en.toml", "{name}", "{site}",
        "strings/en.toml: attract.welcome = Kiosk of {site}: has other placeholders than strings/ko.toml, "
        "which has {name}; use the same"),
    "an empty text": ("strings/en.toml", "Kiosk of {name}", "",
        'strings/en.toml: attract.welcome = "": is empty; write the text in quotation marks'),
    "an agency in the clear": (DEVICES, "https://", "http://",
        "devices.json: agency.url = http://127.0.0.1:7443: must be an address that begins with https://; there is no "
        "plain mode; write it like"),
    "a role nobody has": (DEVICES, '"printer":', '"printers":',
        "devices.json: printers = /run/x/printer: there is no such option; did you mean printer?"),
    "a payment host without a port": (DEVICES, "tcp://127.0.0.1:7000", "tcp://127.0.0.1",
        "devices.json: payment_host = tcp://127.0.0.1: must be an address that begins with tcp:// and has a port"),
    "broken JSON": (DEVICES, '"simulated": true,', '"simulated": true',
        "devices.json: line 3, column 2: is not JSON (Expecting ',' delimiter); correct that line"),
}  # fmt: skip
