"""What the database does itself for sessions, so that no door can pass it by: seats, and whose time is taken.

A seat is given when a place is taken and freed when it is given up or waits; seats are numbered, and no number is given
twice. An `Engagement` is written for each person and outside instructor of a standing session; its exclusion
constraints keep them from being in two sessions at once.
"""

import pgtrigger

GIVE_SEAT = """
    IF NEW.cancelled_at IS NOT NULL OR NEW.waiting_since IS NOT NULL THEN
        NEW.seat = NULL;
    ELSIF NEW.seat IS NULL THEN
        SELECT capacity INTO seats FROM courses_session WHERE id = NEW.session_id FOR NO KEY UPDATE;
        SELECT COALESCE(max(seat), 0) + 1 INTO NEW.seat FROM courses_sessionplace WHERE session_id = NEW.session_id;
        IF NEW.seat > seats THEN
            SELECT min(free) INTO NEW.seat FROM generate_series(1, seats) AS free WHERE NOT EXISTS
                (SELECT FROM courses_sessionplace WHERE session_id = NEW.session_id AND seat = free);
            IF NEW.seat IS NULL THEN
                RAISE check_violation USING MESSAGE = 'the session has no seat left', CONSTRAINT = 'session_full';
            END IF;
        END IF;
    END IF;
    RETURN NEW;
"""
ENGAGE_PLACE = """
    DELETE FROM courses_engagement WHERE place_id = NEW.id;
    IF NEW.seat IS NOT NULL THEN
        INSERT INTO courses_engagement (session_id, place_id, person_id, period)
        SELECT id, NEW.id, NEW.person_id, tstzrange(starts_at, ends_at) FROM courses_session
        WHERE id = NEW.session_id AND cancelled_at IS NULL FOR SHARE;
    END IF;
    RETURN NULL;
"""
ENGAGE_TEACHING = """
    DELETE FROM courses_engagement WHERE teaching_id = NEW.id;
    INSERT INTO courses_engagement (session_id, teaching_id, person_id, instructor_id, period)
    SELECT s.id, NEW.id, i.person_id, CASE WHEN i.person_id IS NULL THEN i.id END, tstzrange(s.starts_at, s.ends_at)
    FROM courses_session s, courses_instructor i
    WHERE s.id = NEW.session_id AND i.id = NEW.instructor_id AND s.cancelled_at IS NULL FOR SHARE OF s;
    RETURN NULL;
"""
ENGAGE_SESSION = """
    DELETE FROM courses_engagement WHERE session_id = NEW.id;
    IF NEW.cancelled_at IS NULL THEN
        INSERT INTO courses_engagement (session_id, place_id, person_id, period)
        SELECT NEW.id, id, person_id, tstzrange(NEW.starts_at, NEW.ends_at)
        FROM courses_sessionplace WHERE session_id = NEW.id AND seat IS NOT NULL;
        INSERT INTO courses_engagement (session_id, teaching_id, person_id, instructor_id, period)
        SELECT NEW.id, t.id, i.person_id, CASE WHEN i.person_id IS NULL THEN i.id END,
            tstzrange(NEW.starts_at, NEW.ends_at)
        FROM courses_teaching t JOIN courses_instructor i ON i.id = t.instructor_id WHERE t.session_id = NEW.id;
    END IF;
    RETURN NULL;
"""


def seats() -> pgtrigger.Trigger:
    """Gives and frees the seat of a place."""
    return pgtrigger.Trigger(
        name="give_seat",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("cancelled_at", "waiting_since", "seat"),
        declare=[("seats", "INTEGER")],
        func=GIVE_SEAT,
    )


def engages_place() -> pgtrigger.Trigger:
    """Takes the time of whoever has a seat."""
    return pgtrigger.Trigger(
        name="engage", when=pgtrigger.After, operation=pgtrigger.Insert | pgtrigger.Update, func=ENGAGE_PLACE
    )


def engages_teaching() -> pgtrigger.Trigger:
    """Takes the time of whoever gives the session."""
    return pgtrigger.Trigger(
        name="engage", when=pgtrigger.After, operation=pgtrigger.Insert | pgtrigger.Update, func=ENGAGE_TEACHING
    )


def engages_session() -> pgtrigger.Trigger:
    """Takes everybody's time anew when a session moves or is called off."""
    moved = pgtrigger.Q(old__starts_at__df=pgtrigger.F("new__starts_at"))
    longer = pgtrigger.Q(old__ends_at__df=pgtrigger.F("new__ends_at"))
    cancelled = pgtrigger.Q(old__cancelled_at__df=pgtrigger.F("new__cancelled_at"))
    return pgtrigger.Trigger(
        name="engage",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=moved | longer | cancelled,
        func=ENGAGE_SESSION,
    )
