"""A second app on the same data: it shows all, keeps nothing, and can take over later."""

from __future__ import annotations

import threading

from coach.memory.continuity import FollowUp
from coach.memory.items import Draft
from coach.paths import Places
from coach.tui.remembered import recall
from coach.tui.widgets.key_line import KeyLine

from .driving import NARROW, open_chat, running, screen_text, visible, wait_until
from .fakes import TODAY, FakeCoach, Memory

TEA = Draft("preference", "them", None, "Amara likes tea", "She likes tea.", 0, 14)


async def test_nothing_can_be_written_until_the_other_app_closes(
    places: Places, fake: FakeCoach, memory: Memory
) -> None:
    chat = fake.new_conversation(memory.pairs[0])
    memory.add_message(chat, "user", "How do I set limits?")
    item = fake.add_item(memory.pairs[0], TEA)
    fake.threads = [
        FollowUp("tea", "Amara likes tea", "", None, False, (item.id,), "", TODAY, (), False, 1.0)
    ]
    fake.read_only = fake.other_app = True
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: "READ-ONLY" in screen_text(app).splitlines()[0])
        await open_chat(app, pilot)
        await wait_until(pilot, lambda: "How do I set limits?" in screen_text(app))
        assert "READ-ONLY, coach is open elsewhere" in screen_text(app).splitlines()[0]
        assert "Nothing can be sent" in screen_text(app)
        await pilot.press(*"Hello", "enter")
        assert (app.chat.composer.text, fake.asked) == ("", [])
        await pilot.press("f5")
        await wait_until(pilot, lambda: "Nothing can be written here" in screen_text(app))
        assert app.screen is app.chat
        await pilot.press("f4")
        await wait_until(pilot, lambda: "Amara likes tea" in screen_text(app))
        page = app.screen
        assert "READ-ONLY" in screen_text(app).splitlines()[0]
        told = len(app._notifications)
        for key in "edpf":
            await pilot.press(key)
        await wait_until(pilot, lambda: len(app._notifications) > told)
        assert app.screen is page
        assert memory.items[1][0] == item
        shown = {part.said: part.presses[0].enabled for part in page.query_one(KeyLine)._parts}
        assert (shown["Forget"], shown["Back"]) == (False, True)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "still open" in screen_text(app))
        assert recall(places.home).pair is None
        fake.other_app = False
        await app.guard._look()
        await wait_until(pilot, lambda: "free again: Ctrl+R" in screen_text(app).splitlines()[0])
        memory.add_message(chat, "coach", "Said in the other app.")
        old = app.chat
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: app.chat is not old and app.chat.session is not None)
        await wait_until(pilot, lambda: "Said in the other app" in screen_text(app))
        assert "READ-ONLY" not in screen_text(app)
        assert visible(app.chat.composer)
        await pilot.press(*"Hello", "enter")
        await wait_until(pilot, lambda: fake.asked == ["Hello"])


async def test_what_was_typed_before_it_was_known_is_not_sent(
    places: Places, fake: FakeCoach
) -> None:
    fake.read_only = fake.other_app = True
    sent = threading.Event()

    def opener() -> FakeCoach:
        sent.wait()
        return fake

    async with running(opener, places, start="amara") as (app, pilot):
        await pilot.press(*"Hello", "enter")
        await wait_until(pilot, lambda: app.chat.has_messages)
        sent.set()
        await wait_until(pilot, lambda: "not sent, because" in screen_text(app))
        assert fake.asked == []
