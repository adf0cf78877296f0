"""Well-formed documents like a Common Transfer File, with everything in them that XML allows."""

from random import Random

_TEXTS = (
    *("", " ", "EXS", "GDS", " wts ", "2026", "P999999919001", "Ní Bhriain", "王小明", "O'Brien", 'say "hi"', "a > b"),
    *("&amp;", "&lt;Result&gt;", "&#233;", "&#x1F600;", "two\nlines", "tab\there", "&#13;", "]]", "\u0301"),
    *("<![CDATA[</StageAssessment>]]>", "<![CDATA[<Pupil>]]>x", "a<!-- </Pupil> -->b", "a<?pi </Result> ?>b"),
)
_JUNK = (
    *("\n", "\n\t", "  ", "\r\n", "<!-- note -->", "<!--\n</StageAssessment><Stage>KS9</Stage>\n-->"),
    *("<?robots follow='</KeyStage>'?>", "stray text", "&amp;", "<![CDATA[</Pupil></KeyStage>]]>"),
)
_UNKNOWN = ("Shoe", "ResultX", "x:Hat", "Classroom", "éclair", "Pupils")
_KNOWN = ("Pupil", "Header", "KeyStage", "Stage", "StageAssessment", "Result", "UPN", "Contacts", "Sex", "CTFpupilData")
_ATTRIBUTES = ("", "", "", " a='1'", ' a=">"', " a='</Pupil>'".replace("<", "&lt;"), " a='> ]]>'", ' b=""', " c = 'x'")
_ROW = ("Locale", "Year", "Subject", "Method", "Component", "ResultStatus", "ResultQualifier", "Result", "ResultDate")
_IDENTITY = ("UPN", "Surname", "Forename", "DOB")
_HEADER = ("DocumentName", "CTFversion", "DateTime", "DocumentQualifier", "DataDescriptor", "SupplierID")
_SECTIONS = ("BasicDetails", "Address", "Email", "Contacts", "SchoolHistory", "SuppInfo")


class Maker:
    """Makes one document; ``noise`` is how often something unusual is done, 0 to 1."""

    def __init__(self, seed: int, noise: float) -> None:
        self.random = Random(seed)
        self.noise = noise

    def unusual(self) -> bool:
        return self.random.random() < self.noise

    def pick(self, several):
        return several[self.random.randrange(len(several))]

    def document(self) -> bytes:
        header = self.element("Header", self.header()) if not self.unusual() else ""
        count = self.random.randrange(5)
        pupils = self.element("CTFpupilData", [self.pupil() for _ in range(count)])
        parts = [pupils, header] if self.unusual() else [header, pupils]
        if self.unusual():
            parts.append(self.element("Header", self.header()))
        namespace = " xmlns='urn:ctf'" if self.unusual() else ""
        root = self.pick(("CTFILE", "ctfile", "x:CTfile")) if self.unusual() else "CTfile"
        body = self.join(parts)
        return f"<?xml version='1.0'?>\n<{root} xmlns:x='urn:x'{namespace}>{body}</{root}>\n".encode()

    def header(self) -> list[str]:
        fields = [self.leaf(name) for name in _HEADER if not self.unusual()]
        source = self.school("SourceSchool")
        return [*fields, source, *([self.school("SourceSchool")] if self.unusual() else []), self.school("DestSchool")]

    def school(self, name: str) -> str:
        return self.element(name, [self.leaf(part) for part in ("LEA", "Estab", "URN") if not self.unusual()])

    def pupil(self) -> str:
        parts = [self.leaf(name) for name in _IDENTITY if not self.unusual()]
        parts += [self.leaf("UniqueLearnerNumber")] if self.unusual() else []
        parts += [self.leaf(self.pick(("Sex", "Gender")))]
        parts += [self.leaf("Gender")] if self.unusual() else []
        parts += [self.leaf("Surname")] if self.unusual() else []
        for section in _SECTIONS if self.unusual() else ():
            parts.append(self.element(section, [self.leaf("County"), self.anything(2)]))
        for _ in range(1 + self.unusual()):
            parts += [self.element("StageAssessments", [self.key_stage() for _ in range(self.random.randrange(3))])]
        return self.element("Pupil", parts)

    def key_stage(self) -> str:
        rows = [self.row() for _ in range(self.random.randrange(5))]
        stage = [self.leaf("Stage", self.pick(("KS2", "KS1", " KS2\n", "EYF")))] if not self.unusual() else []
        parts = [*stage, *rows]
        parts += [self.leaf("Stage", "KS3"), self.row()] if self.unusual() else []
        return self.element("KeyStage", parts)

    def row(self) -> str:
        parts = [self.leaf(name) for name in _ROW if not self.unusual()]
        parts += [self.leaf("Result", "WTS")] if self.unusual() else []
        return self.element("StageAssessment", parts)

    def leaf(self, name: str, text: str | None = None) -> str:
        if text is None:
            text = self.pick(_TEXTS) if self.unusual() else self.pick(("EXS", "2026", "Ada", "é"))
        if self.unusual():
            text += self.anything(2)
        name = self.spelling(name)
        attributes = self.pick(_ATTRIBUTES) if self.unusual() else ""
        if not text and self.unusual():
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{text}</{name}{' ' if self.unusual() else ''}>"

    def anything(self, deep: int) -> str:
        """Make an element that stands where it should not, with others in it."""
        name = self.pick(_UNKNOWN if self.random.random() < 0.5 else _KNOWN)
        if not deep or self.random.random() < 0.3:
            return f"<{name}/>" if self.random.random() < 0.5 else f"<{name}>{self.pick(_TEXTS)}</{name}>"
        return f"<{name}{self.pick(_ATTRIBUTES)}>{self.pick(_TEXTS)}{self.anything(deep - 1)}</{name}>"

    def element(self, name: str, parts: list[str]) -> str:
        if self.unusual():
            self.random.shuffle(parts)
        if self.unusual():
            parts.insert(self.random.randrange(len(parts) + 1), self.anything(3))
        name = self.spelling(name)
        attributes = self.pick(_ATTRIBUTES) if self.unusual() else ""
        if not any(parts) and self.unusual():
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{self.join(parts)}</{name}{' ' if self.unusual() else ''}>"

    def spelling(self, name: str) -> str:
        if not self.unusual():
            return name
        return self.pick((name.upper(), name.lower(), f"x:{name}", name.swapcase()))

    def join(self, parts: list[str]) -> str:
        space = self.pick(("\n", "", "\n    ", "\r\n"))
        joined = [space]
        for part in parts:
            joined += [part, self.pick(_JUNK) if self.unusual() else space]
        return "".join(joined)
