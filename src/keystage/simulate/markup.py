"""How a text and an element look in XML: plain, or with everything around them that XML allows."""

from keystage.simulate.filed import Text


def escape(text: str) -> str:
    """Return a text as an element holds it."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def decorate(tag: str, text: Text, count: int, indent: str, end: str) -> tuple[str, str]:
    """Return what stands before an element, and the element, with comments and the like as ``count`` has it."""
    before = ""
    if count % 7 == 0:
        before = f"{indent}<!-- a note{end}{indent}     over two lines: <{tag.split(maxsplit=1)[0]}>none</> -->{end}"
    elif count % 11 == 0:
        before = f"{indent}<?marginalia here?>{end}"
    attributes = ""
    if count % 5 == 0:
        attributes = f' n="{count % 3}" why="1 > 0"' if text is None else f"{end}{indent} n='{count % 3}'"
    if text is None:
        return before, f"{indent}<{tag}{attributes}>{end}"
    inner = escape(text)
    if count % 3 == 0:
        inner = f"<![CDATA[{text}]]>"
    elif count % 4 == 0 and len(text) > 1:
        inner = f"{escape(text[:1])}<!-- {tag} -->{escape(text[1:])}"
    return before, f"{indent}<{tag}{attributes}>{inner}</{tag}>{end}"
