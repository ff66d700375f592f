from trainingsite.core.tombstones import RESOURCES

RESOURCES.register("readings", "analytics_reading")
RESOURCES.register("metrics", "analytics_metric")
