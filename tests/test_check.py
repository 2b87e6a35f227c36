"""What a round of checks reports about itself when it could not do its work."""

import sqlite3
from contextlib import closing

from tests.conftest import World
from tests.simulated.server import Answer
from tests.simulated.services import Service

HOME = "1-2235535718"


def test_a_look_that_others_overtake_again_and_again_is_named(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("check")
    home.overall = "Inadequate"

    def meanwhile(answer: Answer) -> Answer:
        """While the page is being fetched, another check of the service is recorded."""
        with closing(sqlite3.connect(world.folder / "state" / "monitor.db", timeout=10)) as database, database:
            body = "json_set(body, '$.seq', seq + 1)"
            newest = "FROM snapshot ORDER BY seq DESC LIMIT 1"
            database.execute(f"INSERT INTO snapshot SELECT location_id, seq + 1, seen_at, {body} {newest}")
            database.execute("UPDATE service SET seq = seq + 1")
        return answer

    world.site.fail(meanwhile, path=f"/location/{HOME}")
    status, out, _ = world.run("check")
    assert status == 1 and "could not be recorded" in out
    world.site.heal()
    world.done("check")
    assert "downgraded" in world.done("events")
