"""Month names in the languages of many newspapers, as dates write them.

Dateparser knows more and takes a thousand times as long. A name counts only on a page in its language, because the same
word may be another month elsewhere.
"""

from __future__ import annotations

from functools import lru_cache

# January to December; alternative names after a slash.
NAMES = {
    "de": "januar/jänner februar/feber märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "sl": "januar februar marec april maj junij julij avgust september oktober november december",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga/studenog prosinca",
    "sr": "januar/јануар februar/фебруар mart/март april/април maj/мај jun/јун jul/јул avgust/август"
    " septembar/септембар oktobar/октобар novembar/новембар decembar/децембар",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
}
NUMBERS = {
    language: {name: number for number, month in enumerate(names.split(), start=1) for name in month.split("/")}
    for language, names in NAMES.items()
}
NUMBERS["no"] = NUMBERS["nn"] = NUMBERS["nb"]
NUMBERS["bs"] = NUMBERS["sr"]
# A shorter beginning of a name is any word.
SHORTEST = 3


@lru_cache(maxsize=1024)
def month_number(name: str, language: str | None) -> int | None:
    """Return the number of a month on a page in a language, by its name or by what no other month's begins with."""
    months, key = NUMBERS.get(language or "", {}), name.lower()
    if key in months or len(key) < SHORTEST:
        return months.get(key)
    found = {number for month, number in months.items() if month.startswith(key)}
    return found.pop() if len(found) == 1 else None
