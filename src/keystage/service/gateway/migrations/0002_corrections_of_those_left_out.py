"""A correction may be about somebody who does not count."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was left out of the spreadsheet that counts is noted by name."""

    dependencies = [("gateway", "0001_initial")]

    operations = [
        migrations.AlterField(
            "correction",
            "held",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="gateway.heldpupil",
            ),
        ),
        migrations.AddField("correction", "upn", models.CharField(blank=True, max_length=20)),
        migrations.AddField("correction", "name", models.CharField(blank=True, max_length=310)),
    ]
