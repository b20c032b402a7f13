"""Month names in the languages of many newspapers, as dates write them.

Dateparser knows more and takes a thousand times as long. A name counts only on a page in its language, because the same
word may be another month elsewhere.
"""

from __future__ import annotations

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
}
NUMBERS = {
    language: {name: number for number, month in enumerate(names.split(), start=1) for name in month.split("/")}
    for language, names in NAMES.items()
}
NUMBERS["no"] = NUMBERS["nn"] = NUMBERS["nb"]


def month_number(name: str, language: str | None) -> int | None:
    """Return the number of a month's name on a page in a language; None for any other word."""
    return NUMBERS.get(language or "", {}).get(name.lower())
