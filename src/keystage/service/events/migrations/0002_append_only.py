"""Let the database itself refuse to change or delete an event."""

from django.db import migrations

_SQLITE = [
    f"""
    CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events_event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed or deleted'); END
    """
    for verb in ("UPDATE", "DELETE")
]
_SQLITE_BACK = ["DROP TRIGGER events_no_update", "DROP TRIGGER events_no_delete"]

_POSTGRESQL = [
    """
    CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an event is never changed or deleted'; END $$
    """,
    """
    CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_refuse()
    """,
    """
    CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse()
    """,
]
_POSTGRESQL_BACK = [
    "DROP TRIGGER events_no_truncate ON events_event",
    "DROP TRIGGER events_no_change ON events_event",
    "DROP FUNCTION events_refuse()",
]


def _run(sqlite, postgresql):
    def run(_apps, schema_editor):
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [migrations.RunPython(_run(_SQLITE, _POSTGRESQL), _run(_SQLITE_BACK, _POSTGRESQL_BACK))]
