"""The one door through which words can be taken out of an event, kept by the database itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import keystage.service.config.keys

_SAME = ("id", "at", "kind", "person_id", "organisation_id", "year", "target", "part")
_SAME_ERASURE = ("id", "key", "what", "at", "by_id", "organisation_id", "reason", "targets", "before")


def _same(columns, word):
    return " AND ".join(f'NEW."{name}" {word} OLD."{name}"' for name in columns)


_SQLITE = [
    "DROP TRIGGER events_no_update",
    f"""
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events_event
    WHEN NOT (
        {_same(_SAME, "IS")}
        AND EXISTS (
            SELECT 1 FROM events_erasure e
            WHERE e."key" = json_extract(NEW.data, '$.erased') AND e.finished_at IS NULL
            AND (OLD.at < e.before OR EXISTS (SELECT 1 FROM json_each(e.targets) t WHERE t.value = OLD.target))
        )
        AND NOT EXISTS (
            SELECT 1 FROM json_each(NEW.data) n WHERE n."key" <> 'erased' AND NOT EXISTS (
                SELECT 1 FROM json_each(OLD.data) o
                WHERE o."key" = n."key" AND o."type" = n."type" AND o.value IS n.value
            )
        )
    )
    BEGIN SELECT RAISE(ABORT, 'an event is never changed or deleted'); END
    """,
    """
    CREATE TRIGGER erasures_no_delete BEFORE DELETE ON events_erasure
    BEGIN SELECT RAISE(ABORT, 'an erasure is never changed or deleted'); END
    """,
    f"""
    CREATE TRIGGER erasures_no_update BEFORE UPDATE ON events_erasure
    WHEN NOT ({_same(_SAME_ERASURE, "IS")} AND OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'an erasure is never changed or deleted'); END
    """,
]
_SQLITE_BACK = [
    "DROP TRIGGER erasures_no_update",
    "DROP TRIGGER erasures_no_delete",
    "DROP TRIGGER events_no_update",
    """
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events_event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed or deleted'); END
    """,
]

_POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {_same(_SAME, "IS NOT DISTINCT FROM")}
                AND EXISTS (
                    SELECT 1 FROM events_erasure e
                    WHERE e.key = NEW.data ->> 'erased' AND e.finished_at IS NULL
                    AND (OLD.at < e.before OR e.targets ? OLD.target)
                )
                AND NOT EXISTS (
                    SELECT 1 FROM jsonb_each(NEW.data - 'erased') n WHERE (OLD.data -> n.key) IS DISTINCT FROM n.value
                )
            THEN RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'an event is never changed or deleted';
    END $$
    """,
    f"""
    CREATE FUNCTION erasures_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {_same(_SAME_ERASURE, "IS NOT DISTINCT FROM")}
                AND OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
            THEN RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'an erasure is never changed or deleted';
    END $$
    """,
    """
    CREATE TRIGGER erasures_no_change BEFORE UPDATE OR DELETE ON events_erasure
    FOR EACH ROW EXECUTE FUNCTION erasures_refuse()
    """,
    """
    CREATE TRIGGER erasures_no_truncate BEFORE TRUNCATE ON events_erasure
    FOR EACH STATEMENT EXECUTE FUNCTION erasures_refuse()
    """,
]
_POSTGRESQL_BACK = [
    "DROP TRIGGER erasures_no_truncate ON events_erasure",
    "DROP TRIGGER erasures_no_change ON events_erasure",
    "DROP FUNCTION erasures_refuse()",
    """
    CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an event is never changed or deleted'; END $$
    """,
]


def _run(sqlite, postgresql):
    def run(_apps, schema_editor):
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("events", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=keystage.service.config.keys.new_key, editable=False, max_length=12, unique=True)),
                ("what", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("targets", models.JSONField(blank=True, default=list)),
                ("before", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("organisation", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
            ],
        ),
        migrations.RunPython(_run(_SQLITE, _POSTGRESQL), _run(_SQLITE_BACK, _POSTGRESQL_BACK)),
    ]
