"""The scene as JSON for whoever tests from outside: role, text, rectangle, action, focus order.  Never a secret."""

from __future__ import annotations

from screens.boxes import Box, Scene

Json = dict[str, object]


def tree(scene: Scene) -> Json:
    """Only what is said or can be pressed; a button carries the words that stand on it."""
    written: dict[int, list[str]] = {}
    for box in scene.boxes:
        if box.role == "text" and box.owner:
            written.setdefault(box.owner, []).append(box.text)
    nodes = [_node(box, written) for box in scene.boxes if _told(box)]
    return {"screen": scene.name, "language": scene.language, "size": list(scene.size), "nodes": nodes}


def _told(box: Box) -> bool:
    return box.action is not None or (not box.decorative and not box.owner)


def _node(box: Box, written: dict[int, list[str]]) -> Json:
    rect = [box.rect.x, box.rect.y, box.rect.w, box.rect.h]
    node: Json = {"role": box.role, "text": box.text or " ".join(written.get(box.owner, ())), "rect": rect}
    if box.spoken:
        node["spoken"] = box.spoken
    if box.action is not None:
        node["action"] = type(box.action).__name__
        node["focus"] = box.focus
        node["values"] = _values(box.action)
    if box.chosen:
        node["chosen"] = True
    return node


def _values(action: object) -> str:
    """What the action names, as its own repr tells it; a digit's repr hides the digit."""
    return repr(action)
