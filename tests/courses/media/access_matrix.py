from courses.media.actions import store
from tests.access.matrix import Row, World
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.courses import UnitFactory


def _picture(world: World, *, shown: bool) -> dict[str, str]:
    def make() -> str:
        media = store(upload(samples.png(shade=7 if shown else 8), "a.png"), by=None)
        if shown:
            UnitFactory(body=f"![x]({media.reference})")
        return media.short

    return {"key": world.make(f"picture-{shown}", make)}


ROWS = {
    "media": Row("hr instructor", methods="GET POST"),
    "media-upload": Row("hr instructor", methods="POST"),
    "media-pictures": Row("hr instructor"),
    "media-file": Row(
        "hr instructor assessor supervisor mentor auditor trainee",
        own=lambda w, _p: _picture(w, shown=True),
        foreign=lambda w, _p: _picture(w, shown=False),
        sees_foreign="hr instructor",
    ),
}
