"""The structure tree of a PDF, as a screen reader walks it."""

from papers.made import reader


def nodes(pdf):
    """Return the elements in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def tags(pdf):
    """Return the names of the elements in reading order."""
    return [node["/S"] for node in nodes(pdf)]
