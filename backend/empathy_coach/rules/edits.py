"""A one-click swap that keeps the sentence whole: capital letters, a/an, and the blanks around what goes."""

from __future__ import annotations

from empathy_coach.domain import Edit, Span, Suggestion

_OPENERS = "\"'“\u2018("
_LINKS = " ,:;-\u2013\u2014"
_SILENT_H = ("hour", "honest", "honour", "honor", "heir")
_YOU_SOUND = ("uni", "use", "usu", "eu", "one", "once", "uk")


# What cannot begin a sentence once the words before it are gone: "We would like to inform you | about the delay".
_TELLS = frozenset("inform advise notify tell to".split())
_CANNOT_BEGIN = frozenset("of about and or but as by with from than regarding concerning".split())
# Words that want another one after them; left out with them, they leave it alone: "This letter serves as | proof".
_WANT_MORE = frozenset("as to a an of sent issued".split())
_SUBJECTS = frozenset("i we it you they he she".split())
# Before "please" stands nothing, a mark, "and", or a question; never a verb or what brings in a clause.
_BEFORE_NO_PLEASE = frozenset(
    "would for are is be was were been to i we he she they have has will do did does when if before after because that"
    " what until unless once as since whether how where which who may might must should the a an by of".split()
)
# "Please know", "please be at home" ask for what cannot be asked for so.
_NOT_ASKED = frozenset("be have know understand wait realise realize live want like hope".split())


def swap(text: str, start: int, end: int, new: str, sentence: Span) -> Suggestion | None:
    """Replace ``text[start:end]``, which lies in ``sentence``, with ``new``; with nothing when ``new`` is empty.

    None where the sentence would not hold together afterwards: the rule's advice stands, the click is not offered.
    """
    if not (_can_go if not new else _can_stand)(text, start, end, new, sentence):
        return None
    if not new:
        return Suggestion(f"Leave out “{text[start:end]}”", (_removal(text, start, end, sentence),))
    first = text[start]
    at_start = not text[sentence.start : start].strip(_OPENERS)
    pronoun = first == "I" and not text[start + 1 : start + 2].isalpha()
    if first.isupper() and (at_start or not pronoun):
        new = new[0].upper() + new[1:]
    label = f"Say “{new}” instead"
    words = text[sentence.start : start].rstrip().rsplit(None, 1)
    article = words[-1] if words else ""
    if article.lower() in ("a", "an") and start > sentence.start:
        fitting = "an" if _vowel_sound(new) else "a"
        if fitting != article.lower():
            fitting = fitting.capitalize() if article[0].isupper() else fitting
            begin = text.rindex(article, sentence.start, start)
            return Suggestion(label, (Edit(begin, end, fitting + text[begin + len(article) : start] + new),))
    return Suggestion(label, (Edit(start, end, new),))


def _can_go(text: str, start: int, end: int, new: str, sentence: Span) -> bool:
    """Whether a sentence is still one without these words."""
    gone = text[start:end].lower().split()
    before = text[sentence.start : start].strip(_OPENERS + " ")
    after = text[end : sentence.end]
    follows = after.strip(_LINKS).split()
    if not follows or not follows[0].strip(".!?\u2026"):
        return not text[: sentence.end].endswith("?")
    if gone[-1] in _WANT_MORE or (len(gone) > 1 and gone[-1] in _SUBJECTS and gone[-2] not in _TELLS):
        return False
    if "regret" in gone or (gone[-1] == "mean" and not after.startswith(",")):
        return False  # a regret is not left out of bad news; "I mean the second one" says which
    if not before:
        return follows[0].lower() not in _CANNOT_BEGIN
    return not (before.endswith(",") and not after.startswith((",", ".", "!")))


def _can_stand(text: str, start: int, end: int, new: str, sentence: Span) -> bool:
    """Whether the new words fit between their neighbours; only "please" is choosy."""
    if new != "please":
        return True
    before = text[sentence.start : start].rstrip().rsplit(None, 1)
    follows = text[end : sentence.end].split()
    word = follows[0].lower().strip(".,;:!?") if follows else ""
    asks = before[-1:] == ["you"] or before[-1:] == ["You"]
    if word in _NOT_ASKED or word.endswith(("ing", "ed")) or not word.isalpha():
        return False
    return asks or not before or before[-1].lower() not in _BEFORE_NO_PLEASE


def _vowel_sound(words: str) -> bool:
    low = words.lower()
    return low.startswith(_SILENT_H) or (low[:1] in "aeiou" and not low.startswith(_YOU_SOUND))


def _removal(text: str, start: int, end: int, sentence: Span) -> Edit:
    """Take words out with the comma and blank that belonged to them; a sentence left bare goes whole."""
    before = text[sentence.start : start].strip(_OPENERS + " ")
    after = text[end : sentence.end].strip(_LINKS + ".!?…")
    if not before and not after:
        start, end = sentence.start, sentence.end
        stop = end
        while stop < len(text) and text[stop] == " ":
            stop += 1
        if stop < len(text) and text[stop] != "\n":
            return Edit(start, stop, "")
        while start > 0 and text[start - 1] == " ":
            start -= 1
        return Edit(start, end, "")
    if not before:
        while end < sentence.end and text[end] in _LINKS:
            end += 1
        own = text[end:].split(None, 1)[0]  # "iPhones" keeps its letters
        small = text[start].isupper() and own[:1] + own[1:].lower() == own
        return Edit(start, end + 1, text[end].upper()) if small else Edit(start, end, "")
    paired = text[:start].rstrip().endswith(",") and (not after or text[end : end + 1] == ",")
    while start > sentence.start and text[start - 1] in (" ," if paired else " "):
        start -= 1
    if paired and after:
        end += 1
    return Edit(start, end, "")


def applied(text: str, suggestion: Suggestion) -> str:
    """The text after the click."""
    for edit in sorted(suggestion.edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
