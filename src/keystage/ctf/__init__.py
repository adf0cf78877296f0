"""The Common Transfer File (CTF): the XML file in which a school and the gateway meet."""

from keystage.ctf.model import CtfFile, CtfPupil, Header, Row, School
from keystage.ctf.reader import read
from keystage.ctf.writer import write

__all__ = ["CtfFile", "CtfPupil", "Header", "Row", "School", "read", "write"]
