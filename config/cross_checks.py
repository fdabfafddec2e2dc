from __future__ import annotations
from config.reading import Tables
from config.tables import Report
def check_tables(tables: Tables, report: Report) -> None:
    pass
