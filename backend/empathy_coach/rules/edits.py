"""A one-click swap that keeps the sentence whole: capital letters, a/an, and the blanks around what goes."""

from __future__ import annotations

from empathy_coach.domain import Edit, Span, Suggestion

_OPENERS = "\"'“\u2018("
_LINKS = " ,:;-\u2013\u2014"
_SILENT_H = ("hour", "honest", "honour", "honor", "heir")
_YOU_SOUND = ("uni", "use", "usu", "eu", "one", "once", "uk")


def swap(text: str, start: int, end: int, new: str, sentence: Span) -> Suggestion:
    """Replace ``text[start:end]``, which lies in ``sentence``, with ``new``; with nothing when ``new`` is empty."""
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
        return Edit(start, end + 1, text[end].upper()) if text[start].isupper() else Edit(start, end, "")
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
