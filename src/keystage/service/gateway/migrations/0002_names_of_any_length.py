"""A pupil's name is kept whole, however long the file has it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Surname and forename of the pupils who count become texts without a limit."""

    dependencies = [("gateway", "0001_initial")]

    operations = [
        migrations.AlterField("heldpupil", "surname", models.TextField(blank=True)),
        migrations.AlterField("heldpupil", "forename", models.TextField(blank=True)),
    ]
