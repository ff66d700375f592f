from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.acts import OVERSEE, SUPERVISE, VIEW_DASHBOARDS
from analytics.dashboards.actions import KIND
from analytics.dashboards.panels import company_panel, team_panel
from trainingsite.core import navigation
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.notices.kinds import KINDS, Kind


def _nudge(facts: dict[str, Any]) -> str:
    due_on = date_format(date.fromisoformat(facts["due_on"]), "MONTH_DAY_FORMAT")
    words = _("%(by)s asks you to finish “%(course)s”; it was due on %(due_on)s.")
    return words % {"by": facts["by"], "course": facts["course"], "due_on": due_on}


KINDS.register(KIND, Kind(subject=_nudge, icon="bell-ringing"))
navigation.register(
    navigation.Place(
        gettext_lazy("Dashboard"),
        "layout-dashboard",
        "dashboard",
        act=VIEW_DASHBOARDS,
        section="see",
        order=10,
        phone=2,
    )
)
PANELS.register("team", Panel(SUPERVISE, "analytics/dashboards/panel_team.html", team_panel, order=10, wide=True))
PANELS.register(
    "company", Panel(OVERSEE, "analytics/dashboards/panel_company.html", company_panel, order=20, wide=True)
)
