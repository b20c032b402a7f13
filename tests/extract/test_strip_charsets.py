"""Encodings that are declared late, wrongly or not at all."""

import pytest

from extract.strip.decode import decode_page

TEXTS = {
    "es": "La autoridad del puerto dijo que 43 barcos sufrieron daños cuando la tormenta cruzó la bahía en la mañana.",
    "fr": "La compagnie a déclaré mardi que son plus vieux navire quitterait la ligne à l'été.",
    "sv": "Hamnen skadades när stormen drog över ön på lördagen, säger chefen för färjorna. Inga människor är skadade.",
    "da": "Færgen sejler ikke mere på lørdag, siger rederiet, og øen får en ny båd næste år.",
    "pl": "Prom opuści linię wiosną, powiedział rzecznik spółki. Związki żądają ogłoszenia raportu.",
    "cs": "Přístav byl v neděli uzavřen, řekl mluvčí společnosti. Oprava bude trvat až do března příštího roku, dodal.",
    "hu": "A kikötő vasárnap zárva volt, mondta a szóvivő. A javítás őszig tart, és ötmillió euróba kerülhet.",
    "tr": "Liman başkanı pazar günü fırtınanın 43 tekneye zarar verdiğini söyledi. Onarım uzun sürecek.",
    "ru": "Администрация порта сообщила в воскресенье, что ночью шторм повредил 43 рыболовных судна в заливе.",
    "el": "Η λιμενική αρχή ανακοίνωσε την Κυριακή ότι η καταιγίδα προκάλεσε ζημιές σε 43 αλιευτικά σκάφη.",
    "ja": "港湾局は日曜日、夜間に嵐が湾を通過した際、漁船43隻が被害を受けたと発表した。修理には三月末までかかる。",
    "zh": "港务局周日表示，夜间风暴穿过海湾时有43艘渔船受损，修理费用约为260万欧元，要到三月底才能完成。",
    "ko": "항만청은 일요일 밤사이 폭풍이 만을 지나면서 어선 43척이 파손됐다고 밝혔다. 수리비는 아직 알 수 없다.",
    "he": "רשות הנמל הודיעה ביום ראשון כי הסערה פגעה בארבעים ושלוש סירות דיג במפרץ במהלך הלילה.",
    "ar": "قالت هيئة الميناء يوم الأحد إن العاصفة ألحقت أضرارا بثلاثة وأربعين قارب صيد في الخليج ليلا.",
    "th": "การท่าเรือกล่าวเมื่อวันอาทิตย์ว่าเรือประมงได้รับความเสียหายจากพายุที่พัดผ่านอ่าวในเวลากลางคืน",
}
CODECS = [
    *(("es", "cp1252"), ("fr", "cp1252"), ("sv", "cp1252"), ("da", "cp1252"), ("pl", "cp1250"), ("cs", "cp1250")),
    *(("hu", "cp1250"), ("tr", "cp1254"), ("ru", "cp1251"), ("ru", "koi8-r"), ("el", "cp1253"), ("ja", "cp932")),
    *(("ja", "euc_jp"), ("zh", "gb18030"), ("ko", "cp949"), ("he", "cp1255"), ("ar", "cp1256"), ("th", "cp874")),
]


@pytest.mark.parametrize(("language", "codec"), CODECS)
@pytest.mark.parametrize("head", ["<html>", "<html lang={}>", "<html lang=en>"])
def test_undeclared(language, codec, head):
    page = f"{head.format(language)}<title>x</title><p>{TEXTS[language]}</p>"
    assert decode_page(page.encode(codec)).decode() == page


@pytest.mark.parametrize(("language", "codec"), CODECS)
def test_declared_late_and_behind_a_comment(language, codec):
    comment = "<!-- <meta charset=utf-8> <meta charset=iso-8859-15> -->"
    label = {"cp932": "shift_jis", "gb18030": "gb2312", "cp949": "euc-kr", "cp874": "windows-874"}.get(codec, codec)
    label = label.replace("cp125", "windows-125")
    page = f"<html>{comment}<script>{'x' * 20_000}</script><meta charset={label}><p>{TEXTS[language]}</p>"
    assert decode_page(page.encode(codec)).decode() == page


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("declared", ["", "<meta charset=utf-8>", "<meta charset=iso-8859-1>"])
def test_one_cut_byte_leaves_utf_8_what_it_is(language, declared):
    text = f"{declared}<p>{TEXTS[language]}</p>“A quotation”"
    data = text.encode()
    place = next(at for at, byte in enumerate(data) if byte > 127)
    assert TEXTS[language][-15:] in decode_page(data[:place] + data[place + 1 :]).decode()


def test_the_header_names_the_encoding():
    page = f"<p>{TEXTS['ru'][:5]}</p>"
    assert decode_page(page.encode("koi8-r"), "text/html; charset=koi8-r").decode() == page


@pytest.mark.parametrize(
    "name",
    [
        *("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "utf-32"),
        *("rot13", "uu", "hex", "zlib", "cp037", "hz", "mbcs"),
    ],
)
def test_what_agrees_with_ascii_nowhere_is_no_charset_of_a_page(name):
    page = f"<html lang=es><meta charset={name}><title>x</title><p>{TEXTS['es']} +AGE- \\u0041 ~{{</p>"
    assert decode_page(page.encode("cp1252")).decode() == page
    assert decode_page(page.encode("cp1252"), f"text/html; charset={name}").decode() == page


def test_the_header_tells_of_wide_characters_without_a_mark():
    page = f"<title>x</title><p>{TEXTS['ru']}</p>"
    assert decode_page(page.encode("utf-16-le"), "text/html; charset=UTF-16LE").decode() == page
