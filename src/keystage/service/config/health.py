"""Whether the service can work."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def database_fault() -> str:
    """Return what is wrong with the database; empty where it answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "the database does not answer"
    return f"{len(waiting)} migrations are not applied" if waiting else ""
