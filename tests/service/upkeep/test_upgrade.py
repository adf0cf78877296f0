"""A new release carries old data across: a database of an earlier state is brought up to today, and keeps its rows."""

import json
import os
import subprocess
import sys

from service.running import Server

_BUILD = """
import json, sys
from keystage.service.config.starting import ready
ready(migrate=False)
from django.core.management import call_command
from django.db import connection
for app in ("school", "gateway"):
    call_command("migrate", app, "0001", verbosity=0)
call_command("migrate", "accounts", verbosity=0)
call_command("migrate", "events", verbosity=0)
with connection.cursor() as cursor:
    def add(table, **values):
        columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))
        return cursor.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
    now = "2026-06-01 10:00:00+00:00"
    def columns_of(table):
        return {each.name: each for each in connection.introspection.get_table_description(cursor, table)}
    def filled(table, **values):
        # whatever else the table wants at that time, with the plainest value of its kind
        for name, each in columns_of(table).items():
            if name in values or name == "id" or each.null_ok:
                continue
            kind = connection.introspection.get_field_type(each.type_code, each)
            kind = kind[0] if isinstance(kind, tuple) else kind
            values[name] = now if "Date" in kind else 0 if kind in NUMBERS else ""
        return add(table, **values)
    NUMBERS = ("BooleanField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "BigIntegerField",
               "SmallIntegerField", "PositiveBigIntegerField")
    school = filled("accounts_organisation", key="abcdefghijkm", kind="school", name="Old Primary", number="9992001")
    returned = filled("school_schoolreturn", key="abcdefghijkn", organisation_id=school, year=2026, number="9992001",
                      stage="sent")
    for place in range(3):
        filled("school_pupil", key=f"abcdefghij{place:02}", school_return_id=returned, upn=f"A99920011900{place}",
               surname="Brook", forename=f"Kit{place}", version=4)
json.dump({"tables": len(connection.introspection.table_names())}, sys.stdout)
"""


def test_a_database_of_the_release_before_is_brought_up_and_keeps_its_rows(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KEYSTAGE_", "DJANGO_"))}
    environment["KEYSTAGE_DATA"] = str(tmp_path)
    done = subprocess.run([sys.executable, "-c", _BUILD], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    before = json.loads(done.stdout)["tables"]
    found = Server(tmp_path).seed("service.upkeep_seeds:what_was_carried", migrate=True)
    assert found["pupils"] == [["A999200119000", 4, None], ["A999200119001", 4, None], ["A999200119002", 4, None]]
    assert found["stage"] == "sent"
    assert found["tables"] > before
