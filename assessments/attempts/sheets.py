"""What an attempt asks, kept in this process: it never changes, so that keeping an answer need not read it again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from assessments.attempts.models import Response
from assessments.questions.models import QuestionVersion
from assessments.quizzes.models import Behaviour

MOST_SHEETS, MOST_VERSIONS = 5_000, 5_000
VERSION = ("question_id", "number", "stem", "content", "explanation", "translations")
QUESTION = ("question__kind",)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Place(NamedTuple):
    """One question of an attempt: the version, and what this person sees in which order."""

    version: QuestionVersion
    order: Any

    @property
    def kind(self) -> str:
        return self.version.question.kind


class Sheet(NamedTuple):
    """The questions of an attempt by position; `locks` says that what was checked to its end stays."""

    places: Mapping[int, Place]
    locks: bool


class Recent(Generic[K, V]):
    """The most recently used things, at most so many; for any number of threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: K, value: V) -> V:
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def found(self, keys: Iterable[K], load: Callable[[list[K]], Iterable[tuple[K, V]]]) -> dict[K, V]:
        """The things of the keys; `load` reads those that are not kept, all at once."""
        wanted = list(dict.fromkeys(keys))
        here = {key: value for key in wanted if (value := self.get(key)) is not None}
        missing = [key for key in wanted if key not in here]
        if missing:
            here |= {key: self.put(key, value) for key, value in load(missing)}
        return here


_sheets: Recent[int, Sheet] = Recent(MOST_SHEETS)
_versions: Recent[int, QuestionVersion] = Recent(MOST_VERSIONS)


def versions_of(ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """These versions, in at most one query; of their questions only the kind is as it is now."""
    return _versions.found(ids, _read_versions)


def sheet_of(attempt_id: int) -> Sheet:
    """What the attempt asks; the first time in this process it is read, in one or two queries."""
    return _sheets.get(attempt_id) or _read_sheet(attempt_id)


def _read_versions(ids: list[int]) -> Iterable[tuple[int, QuestionVersion]]:
    rows = QuestionVersion.objects.filter(pk__in=ids).select_related("question")
    return ((version.pk, version) for version in rows.only(*QUESTION, *VERSION))


def _read_sheet(attempt_id: int) -> Sheet:
    columns = "position", "version_id", "option_order", "attempt__quiz__behaviour", "attempt__quiz__practice"
    rows = list(Response.objects.filter(attempt=attempt_id).order_by().values_list(*columns))
    versions = versions_of(version for _position, version, *_rest in rows)
    places = {position: Place(versions[version], order) for position, version, order, *_rest in rows}
    locks = any(behaviour == Behaviour.INTERACTIVE and not practice for *_place, behaviour, practice in rows)
    sheet = Sheet(places, locks)
    return _sheets.put(attempt_id, sheet) if places else sheet
