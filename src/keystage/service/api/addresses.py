"""What stands in addresses, with its description."""

from typing import Annotated

from ninja import Path

Year = Annotated[int, Path(description="The collection year: 2026 is the school year 2025/26.", example=2026)]
Key = Annotated[str, Path(description="The file's “key”, as the answer to sending it or the list names it.")]
Number = Annotated[str, Path(description="The receipt's number; small letters will do.")]
ResultsKey = Annotated[str, Path(description="The file's “key”, as the list of results names it.")]
