"""How sites say, in a title of nothing else, that a page does not exist: a word for "page" and one for "is not there".

English, German and what words it as they do are in ``kind.py``.
"""

from __future__ import annotations

import re

PAGE = (
    r"(?:pod)?strona|artykuł|stránka|článek|článok|stranica|strana?|страниц[аы]|страницата|сторінк[ау]|pagina|página|page"
    r"|conteúdo|contenido|siden?|sidan|sivua|oldal|σελίδα|sayfa|trang|halaman|הדף|העמוד|דף|الصفحة|صفحه|पृष्ठ|पेज"
)
ABSENT = (
    # Polish, Czech, Slovak, Croatian, Serbian, Slovene
    r"nie (?:została? |został )?(?:istnieje|znalezion[ay])|ne(?:nalezena?|existuje)|neby(?:la?|l) nalezena?"
    r"|nenájden[áý]|nebol[ao]? nájden[áý]|nije (?:pro)?nađena|ni (?:bila )?najdena"
    # Bulgarian, Russian, Ukrainian
    r"|не (?:найдена|существует|намерена|е намерена|съществува|знайдено|існує)"
    # Romanian, Spanish, Portuguese, Italian, French
    r"|nu (?:mai )?(?:există|a fost găsită)|n[oã]o? (?:existe|encontrad[ao]|se encuentra|foi encontrad[ao])"
    r"|non (?:esiste|trovata|è stata trovata)|n['’](?:existe (?:pas|plus)|a pas été trouvée)"
    # Dutch, Danish, Norwegian, Swedish, Finnish, Hungarian
    r"|(?:bestaat )?niet(?: meer| gevonden)?|(?:blev |ble |kunde |kunne )?(?:ikke|inte) (?:fundet|funnet|findes|hittas)"
    r"|(?:findes|finnes) ikke|finns inte|ei (?:löytynyt|löydy)|nem (?:található|létezik)"
    # Greek, Turkish, Vietnamese, Indonesian, Hebrew, Arabic, Persian, Hindi
    r"|δεν (?:βρέθηκε|υπάρχει)|bulunamadı|không tồn tại|tidak ditemukan|לא (?:נמצא|קיים)|غير موجودة|(?:یافت|پیدا) نشد"
    r"|नहीं मिला"
)
ABSENT_FIRST = (
    r"nie znaleziono (?:\w+ )?strony|không tìm thấy trang|لم يتم العثور على الصفحة|ไม่พบ(?:หน้า|เพจ)\S*"
    r"|(?:お探しの|ご指定の)?(?:ページ|記事)[がは](?:見つかりません(?:でした)?|存在しません)"
    r"|\w{0,8}(?:页面|頁面|网页|網頁|文章)(?:不存在|未找到|找不到|没有找到)|(?:找不到|未找到)\w?(?:页面|頁面|网页|網頁)"
    r"|(?:요청하신 )?(?:페이지|기사)[를가] (?:찾을 수 없습니다|존재하지 않습니다)"
)
# A word or two about the page stand before its name, "which you are looking for" behind it.
WORD = r"[^\W\d]+"
MISSING_PAGE = re.compile(
    rf"(?:{WORD}\W+)?(?:[45]\d\d\W+)?"
    rf"(?:(?:{WORD} ){{0,2}}(?:{PAGE})(?:,? {WORD}){{0,4}}?,? (?:{ABSENT})|{ABSENT_FIRST})\W*",
    re.I,
)
