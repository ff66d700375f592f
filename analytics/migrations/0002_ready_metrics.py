"""The metrics and targets that a new installation starts with."""

from django.db import migrations

from analytics.metrics.ready import READY, READY_TARGETS, SINCE


def make(apps, _schema_editor):
    Metric, Target = apps.get_model("analytics", "Metric"), apps.get_model("analytics", "Target")
    for fields in READY:
        metric = Metric.objects.create(**fields)
        Target.objects.create(metric=metric, starts_on=SINCE, value=READY_TARGETS[metric.code])


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
