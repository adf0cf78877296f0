"""Where a tag ends: after the first “>” that does not stand in the value of an attribute."""

import re

_TAG = re.compile(rb"""<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")


def end_of_tag(xml: bytes, at: int) -> int:
    """Return the byte after the tag that begins at a byte of a well-formed document."""
    if xml.startswith(b"</", at):  # an end tag, which has no attributes: the usual case
        return xml.index(b">", at) + 1
    found = _TAG.match(xml, at)
    return found.end() if found else len(xml)


def end_of_element(xml: bytes, begun: int, ended: int) -> int:
    """Return the byte after an element, from where it begins and where the parser, told of starts too, says it ends.

    For ``<a/>`` the parser gives the byte after it, for anything else that of the end tag.
    """
    begins = end_of_tag(xml, begun)
    return begins if xml[begins - 2 : begins] == b"/>" else end_of_tag(xml, ended)
