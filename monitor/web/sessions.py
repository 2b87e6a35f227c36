"""Where I am signed in; for operators, where everybody is. Each session can be ended."""

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.store.people import Role
from monitor.web.pages import go_to, page
from monitor.web.parts import Here, Me, Now, TheHouse

router = APIRouter()


@router.get("/sessions")
def sessions(request: Request, app: TheHouse, here: Here, now: Now) -> Response:
    """My sessions; for an operator, everybody's."""
    is_operator = here.person.role is Role.OPERATOR
    return page(
        request,
        "sessions.html",
        sessions=app.store.people.sessions(now, None if is_operator else here.person.id),
        emails={one.id: one.email for one in app.store.people.everyone()} if is_operator else {},
        here=here.session,
    )


@router.post("/sessions/{session}/end")
def end(request: Request, session: str, app: TheHouse, me: Me, now: Now) -> Response:
    """Ends a session: one's own, or for an operator anybody's. For others it does not seem to exist."""
    if not app.store.people.sign_out(session, me, now):
        raise HTTPException(404)
    return go_to(request, "/sessions", said="The session has been ended.")
