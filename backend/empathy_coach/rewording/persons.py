"""Who speaks of whom: the words that change sides when a customer's clause is said by the agent."""

from __future__ import annotations

import re

from empathy_coach.rewording.sets import word_set

DAYS = {
    day.lower(): day
    for day in word_set(
        """
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September
        October November December Christmas Easter
        """
    )
}
PRONOUNS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you",
    "our": "your",
    "ours": "yours", "ourselves": "yourselves", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
COMPANY = {"your": "our", "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves",
            "you're": "we're", "you've": "we've", "you'd": "we'd", "you'll": "we'll"}  # fmt: skip
PEOPLE = word_set(
    """
    mum mom mother dad father son daughter wife husband partner grandson granddaughter nan gran grandmother grandad
    grandfather sister brother baby child kids kid children boy girl friend uncle aunt dog cat horse family parents
    parent lad boyfriend girlfriend fiance
    colleague boss manager neighbour tenant student deputy team customers customer patient patients clients
    client guests staff couriers
    """
)
DETERMINERS = word_set(
    """
    my our the a an your no some all every each both another one two three four five six half most several
    """
)
SUBJECTS = word_set(
    """
    i we nobody somebody someone everybody everyone nothing everything something no-one there
    """
)
KIN_NAMES = word_set(
    """
    dad mum mom nan gran grandad grandma grandpa
    """
)
TOKEN = re.compile(
    r"[A-Z]&[A-Z]\b|[^\W_]*[^\W\d_]\d[^\W_]*|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[£$€]?\d[\d.,:/]*\d(?:st|nd|rd|th|am|pm|[kK%])?"
    r"|[£$€]?\d(?:st|nd|rd|th|am|pm|[kK%])?|[£$€%]|,|\S"
)
