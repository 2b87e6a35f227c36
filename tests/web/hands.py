"""Uses a page as a person does, with a mouse or with the keyboard alone. A control is found by the name that the person sees or
hears."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import ElementHandle, Locator, Page

STEPS = 300
"""An element that is not reached after this many presses of Tab counts as unreachable with the keyboard."""


class Hand:
    """A mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, role: Literal["link", "button"], name: str) -> None:
        """Follows a link or presses a button, and waits for the next page."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.click()

    def write(self, label: str, text: str) -> None:
        """Types text in a field, replacing its content."""
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Chooses an option from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, label: str) -> None:
        """Ticks a checkbox, or one of several choices."""
        self.page.get_by_label(label, exact=True).check()

    def give(self, label: str, file: Path) -> None:
        """Chooses a file for a file field."""
        self.page.get_by_label(label, exact=True).set_input_files(file)


class Keyboard(Hand):
    """A keyboard: only Tab, Enter, Space, arrows and letters. Every element that gets the focus on the way must show that it has
    the focus, and must be inside the window."""

    def press(self, role: Literal["link", "button"], name: str) -> None:
        self._reach(self.page.get_by_role(role, name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter" if role == "link" else "Space")

    def write(self, label: str, text: str) -> None:
        self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        found = self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(option)
        chosen = found.evaluate("select => select.selectedOptions[0].label")
        assert chosen == option, f"{label}: {chosen}, not {option}"

    def tick(self, label: str) -> None:
        wanted = self.page.get_by_label(label, exact=True)
        if wanted.get_attribute("type") == "radio":
            self._reach_group(wanted)
        else:
            self._reach(wanted)
            if not wanted.is_checked():
                self.page.keyboard.press("Space")
        assert wanted.is_checked(), label

    def give(self, label: str, file: Path) -> None:
        self._reach(self.page.get_by_label(label, exact=True))
        with self.page.expect_file_chooser() as chooser:
            self.page.evaluate("0")  # after this answer, the browser has noticed that a file dialog is expected
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def _reach(self, wanted: Locator) -> ElementHandle:
        element = wanted.element_handle()
        self._tab_until("(element) => element === document.activeElement", element)
        return element

    def _reach_group(self, wanted: Locator) -> None:
        """Moves the focus to one of several choices. Tab leads to the group, and the arrows lead to the choice."""
        element = wanted.element_handle()
        self._tab_until("(element) => element.name === document.activeElement.name", element)
        for _ in range(20):
            if element.evaluate("element => element === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")

    def _tab_until(self, there: str, element: ElementHandle) -> None:
        if element.evaluate(there):
            return
        for _ in range(STEPS):
            self.page.keyboard.press("Tab")
            hidden, arrived = element.evaluate(f"(element) => [({_NOT_SEEN})(), ({there})(element)]")
            assert not hidden, f"{self.page.url}: this element has the focus, but can't be seen: {hidden}"
            if arrived:
                return
        raise AssertionError(f"{self.page.url}: the keyboard can't reach {element.evaluate('e => e.outerHTML.slice(0, 200)')}")


_NOT_SEEN = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return "";
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        && !/^rgba\\(.*, 0\\)$/.test(style.outlineColor);
    const marked = outlined || style.boxShadow !== "none";
    const inside = box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    return marked && inside ? "" : one.outerHTML.slice(0, 200);
}"""
"""Returns the focused element if it cannot be seen, otherwise ""."""


def assert_whole(page: Page) -> None:
    """Checks that the page is not wider than the window, and that no word is cut off, except in scrollable parts."""
    page.wait_for_load_state()  # after a click, the next page may not have arrived yet
    wide, cut = page.evaluate(_CUT_OFF)
    assert wide <= 0, f"{page.url}: {wide} pixels wider than the window"
    assert cut == [], f"{page.url}: cut off: {cut}"


_CUT_OFF = """() => [
document.documentElement.scrollWidth - document.documentElement.clientWidth,
[...document.querySelectorAll("body *")].filter((one) => {
    if (!one.checkVisibility() || one.closest(".hidden, .skip, .scroll, pre, svg, option")) return false;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const hides = style.overflowX === "hidden" || style.overflowY === "hidden";
    return box.left < -1 || box.right > innerWidth + 1
        || (hides && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1));
}).map((one) => one.outerHTML.slice(0, 120))]"""
"""Returns by how many pixels a page is wider than the window, and its elements that are cut off."""
