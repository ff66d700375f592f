"""All parts of the page kit on one page: the test bed of `templates/kit/`, served in development and in tests alone."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trainingsite.core.styleguide import samples


@dataclass(frozen=True)
class SamplePerson:
    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class SampleJob:
    """Looks like a running job to `kit/job.html`."""

    pk: int = 1
    title: str = "导入人员"
    state: str = "running"
    done: int = 340
    total: int = 1000
    percent: int = 34
    is_over: bool = True  # keeps the sample from polling
    summary: str = ""
    problems: tuple[tuple[int, str], ...] = ((17, "工号 E00017 重复。"), (203, "没有名为“售后六组”的部门。"))
    back_url: str = ""

    def get_state_display(self) -> str:
        return "进行中"


@require_http_methods(["GET", "POST"])
def styleguide(request: HttpRequest) -> HttpResponse:
    """The parts at work; a posted form comes back with its errors."""
    form = samples.SampleForm(request.POST or None)
    if "toast" in request.GET:
        messages.success(request, "已保存。")
        messages.error(request, "导入失败：第 17 行的工号重复。")
    context = {
        "form": form,
        "filterset": samples.SampleFilter(request.GET),
        "rows": samples.ROWS,
        "page": Paginator(range(240), 25).get_page(request.GET.get("page", "3")),
        "people": [SamplePerson(n, name) for n, name in enumerate(["张伟", "陈晓琳", "欧阳文静", "Ada Lovelace"])],
        "stats": samples.STATS,
        "steps": samples.STEPS,
        "events": samples.sample_events(),
        "moments": samples.sample_moments(timezone.now()),
        "charts": samples.sample_charts(),
        "job": SampleJob(),
    }
    return render(request, "kit/styleguide.html", context, status=422 if form.errors else 200)
