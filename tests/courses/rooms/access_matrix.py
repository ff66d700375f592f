from tests.access.matrix import Row
from tests.factories.sessions import RoomFactory


def a_room(world, _person):
    return {"pk": world.make("room", RoomFactory).pk}


ROWS = {
    "GET /api/v1/rooms/": Row("hr auditor api_client"),
    "GET /api/v1/rooms/{pk}/": Row("hr auditor api_client", own=a_room),
    "rooms": Row("hr auditor"),
    "rooms-export": Row("hr auditor"),
    "room": Row("hr auditor", own=a_room),
    "room-new": Row("hr", methods="GET POST"),
    "room-edit": Row("hr", own=a_room, methods="GET POST"),
    "room-retire": Row("hr", own=a_room, methods="POST"),
}
