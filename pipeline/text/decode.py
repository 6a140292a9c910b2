"""Bytes to text: which encoding a Chinese file is in, judged by what comes out."""

from dataclasses import dataclass

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
MAX_BROKEN = 0.05
"""Share of undecodable characters above which an encoding is taken for the wrong one."""
LEAST_PLAUSIBLE = 0.2
"""Share of frequent characters that text of any kind reaches (prose: over 0.4)."""

COMMON = frozenset(
    "的一是不了在人有我他这这中大来上个国和也子时道说出要就下得可你年生自会那后能对着事其里所去行过家"
    "十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知全两"
    "把动工机此外体被本新美为于业政以部理加力及表向制技行计化市场数据人工智能管社会研究"
    "這國來個們時說會後對著裡過發無經當與學進種將還見沒從兩動機體業數據場術於為產關開實電該應"
    "，。、：；？！“”《》「」（）"
)
"""Frequent in any Chinese prose, simplified or traditional; rare in wrongly decoded text."""


class UndecodableError(Exception):
    """The bytes are no text in any of the known encodings; the message says why."""


@dataclass(frozen=True)
class Decoded:
    """Text, its encoding's name, and how many characters could not be decoded."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes) -> Decoded:
    """Decode a file: byte-order mark, UTF-8, UTF-16, then GB18030 against Big5.

    A few broken bytes are replaced and counted. Raises UndecodableError for anything else.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _checked(_likely(_lenient(data[len(mark) :], encoding)))
    if wide := _wide(data):
        return _checked(wide)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    tries = [_lenient(data, encoding) for encoding in ("utf-8", "gb18030", "big5hkscs")]
    best = _likely(_checked(max(tries, key=plausibility)))
    if plausibility(best) < LEAST_PLAUSIBLE:
        raise UndecodableError("no Chinese text in UTF-8, UTF-16, GB18030 or Big5, or in several")
    return best


def plausibility(decoded: Decoded) -> float:
    """Share of frequent Chinese characters among those outside ASCII, less the broken ones."""
    foreign = [c for c in decoded.text if c > "\x7f"]
    common = sum(c in COMMON for c in foreign)
    return (common - 2 * decoded.broken) / max(1, len(foreign))


def _likely(decoded: Decoded) -> Decoded:
    if decoded.broken > MAX_BROKEN * len(decoded.text):
        raise UndecodableError("not UTF-8, UTF-16, GB18030 or Big5")
    return decoded


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: zero bytes (of its ASCII characters) and a plausible result."""
    if b"\0" not in data or len(data) % 2:
        return None
    best = max((_lenient(data, f"utf-16-{order}") for order in ("le", "be")), key=plausibility)
    return best if plausibility(best) > LEAST_PLAUSIBLE else None


def _checked(decoded: Decoded) -> Decoded:
    control = sum(c < " " and c not in "\t\n\r\f\v\x1a" for c in decoded.text)
    if "\0" in decoded.text or control > 0.02 * len(decoded.text):
        raise UndecodableError("a binary file, not text")
    return decoded
