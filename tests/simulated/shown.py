"""Shows messages for Slack and Teams as plain text, with the contents that a person sees."""

import re
from collections.abc import Iterator
from typing import Any


def slack_text(payload: dict[str, Any]) -> str:
    """Returns the texts in the blocks of a Slack message, each on its own line; or the message's text, if there are no blocks."""
    return "\n".join(_slack(payload.get("blocks") or [{"type": "section", "text": {"text": payload["text"]}}]))


def teams_text(payload: dict[str, Any]) -> str:
    """Returns the texts in the elements of an Adaptive Card, each on its own line."""
    return "\n".join(line for attachment in payload["attachments"] for line in _card(attachment["content"]))


def _slack(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "header" | "section":
                yield from ("", block["text"]["text"])
                yield from (field["text"] for field in block.get("fields", ()))
            case "context":
                yield from (element["text"] for element in block["elements"])
            case "actions":
                yield from (f"[{element['text']['text']}] {element.get('url', '')}" for element in block["elements"])
            case "rich_text":
                for element in block["elements"]:
                    yield from _rich(element)
            case "divider":
                yield "─" * 20


def _rich(element: Any) -> Iterator[str]:
    match element["type"]:
        case "rich_text_list":
            yield from ("• " + line for part in element["elements"] for line in _rich(part))
        case "rich_text_quote":
            yield "| " + _runs(element)
        case _:
            yield from _runs(element).split("\n")


def _runs(element: Any) -> str:
    return "".join(f"{run.get('text', '')} <{run['url']}>" if "url" in run else run["text"] for run in element["elements"])


def _card(element: Any) -> Iterator[str]:
    match element["type"]:
        case "TextBlock":
            yield re.sub(r"\\([^\w\s])", r"\1", re.sub(r"\[(.*?)\]\((\S+?)\)", r"\1 <\2>", element["text"]))
        case "FactSet":
            yield from (f"{fact['title']}: {fact['value']}" for fact in element["facts"])
        case "Container":
            yield from ("| " + line for item in element["items"] for line in _card(item))
        case "Action.OpenUrl":
            yield f"[{element['title']}] {element['url']}"
        case "AdaptiveCard":
            for part in [*element["body"], *element.get("actions", ())]:
                yield from _card(part)
