"""A second opinion from an official schema file that the user supplies (extra ``xsd``): never a verdict of its own."""

from pathlib import Path

_MOST = 20


class SchemaUnusable(ValueError):
    """The schema file cannot be used, or lxml is not installed; the message says what to do."""


def second_opinion(path: Path, schema: Path) -> tuple[str, ...]:
    """Validate a file against a schema; return what the schema says, with lines, as notes.

    Nothing outside the two files is opened.

    Raises:
        SchemaUnusable: the schema cannot be read, or lxml is missing.
        OSError: a path cannot be opened.
    """
    try:
        from lxml import etree
    except ImportError:
        raise SchemaUnusable("--schema needs the library lxml. Install it with: pip install “keystage[xsd]”") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        rules = etree.XMLSchema(etree.fromstring(schema.read_bytes(), parser, base_url=str(schema.resolve())))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as fault:
        raise SchemaUnusable(f"{schema} cannot be used as a schema: {fault}.") from None
    try:
        document = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError:
        return ("The schema was not asked, as the file cannot be read.",)
    try:
        is_valid = rules.validate(document)
    except etree.XMLSchemaValidateError:  # what lxml says to an entity
        return ("The schema was not asked, as the file cannot be read.",)
    if is_valid:
        return (f"The schema {schema.name} finds nothing wrong.",)
    errors = [
        f"The schema {schema.name}, line {error.line}: {error.message}"
        for error in rules.error_log.filter_from_errors()
    ]
    more = (f"… and {len(errors) - _MOST:,} more from the schema.",) if len(errors) > _MOST else ()
    return (*errors[:_MOST], *more)
