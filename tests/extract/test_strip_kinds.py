"""What is news and what stands in its place: told by structure and several signs, never by one word or number."""

import json

import pytest

from extract.strip import extract_article
from extract.strip.text_measure import count_words

URL = "https://herald.example/2024/11/harbour-story"
STORY = (
    "The ferry company Solvik said on Tuesday that its oldest ship would leave the line in spring.",
    "A spokesman told reporters that 140 sailors would be offered work on the two remaining ferries.",
    "The union called the decision hasty and asked the county to publish the inspection report.",
)
SHORT = STORY[0]
MENU = "".join(f"<li><a href=/s{at}>Section {at}</a></li>" for at in range(12))
LD = '<script type="application/ld+json">{}</script>'


def page(title, paragraphs=STORY, head="", before="", after=""):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html lang=en><head><title>{title} | The Herald</title>{head}</head><body>{before}<ul>{MENU}</ul>"
        f"<article><h1>{title}</h1>{body}</article>{after}<footer>© The Herald</footer></body></html>"
    ).encode()


@pytest.mark.parametrize(
    "title",
    [
        "Solvik cuts 500 jobs",
        "Bank to close 404 branches",
        "Over 400,000 flee floods",
        "9,400 passengers stranded by fog",
        "2,503 homes without power",
        "Flight 410 lands safely",
        "Fahrenheit 451 banned from school library",
        "Wreck not found after search of ten days",
        "Swimming forbidden in the old dock",
        "Ferries temporarily unavailable to foot passengers, company says",
        "Medicine no longer available in rural shops",
        "Missing page of the treaty found in an attic",
        "The page that was not there: a poet turns 80",
        "Unusual activity under the volcano, geologists say",
        "Captcha maker sued over patents",
        "Access denied: how a town lost its beach",
        "Security check takes four hours at the ferry port",
        "Are you a robot? Schools teach pupils to ask",
        "Attention required at sea as ice returns",
        "Subscribe now, says the opera, and fills its hall",
        "Login data of 12,000 sailors stolen",
        "Sign in sheets for jurors were forged",
        "Search results: diver finds a bell",
        "Cookie sales feed a school",
        "Privacy regulator fines a bank",
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_no_word_and_no_number_makes_news_something_else(title, marked):
    head = LD.format(json.dumps({"@type": "NewsArticle", "headline": title})) if marked else ""
    article = extract_article(page(title, STORY, head), url=URL)
    assert (article.outcome, article.headline) == ("ok", title)
    assert extract_article(page(title, [SHORT], head), url=URL).outcome == "ok"


ABOUT_COOKIES = (
    "The regulator fined the shop chain Brimm 2.4 million euros for placing tracking cookies without consent.",
    "Its privacy notice did not name the 14 advertising firms that got the data, the regulator said.",
    "The chain said that all customers had been asked for their consent to cookies since June.",
)
BANNER = (
    "<div class=notice><p>We and our 812 partners use cookies and process your data. By continuing you accept our "
    "cookie policy.</p><button>Accept all</button></div>"
)


@pytest.mark.parametrize(
    "html",
    [
        page("Chain fined over cookies", ABOUT_COOKIES),
        page("Ferry leaves the line", STORY, before=BANNER),
        page("Ferry leaves the line", STORY, after=BANNER * 2),
        page("Wie Werbung Nutzer verfolgt", [text.replace("cookies", "Cookies") for text in ABOUT_COOKIES]),
        page("Ferry leaves the line", STORY, after="<div><p>Subscribe now to read more.</p></div>"),
        page("Ferry leaves the line", [SHORT, STORY[1]], after="<p>Subscribe today!</p>"),
    ],
)
def test_news_about_cookies_and_news_under_a_banner_is_news(html):
    assert extract_article(html, url=URL).outcome == "ok"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://herald.example/?p=4711",
        "https://herald.example/archive/ferry-leaves-the-line",
        "https://herald.example/topics/ferry-leaves-the-line",
        "https://herald.example/video/ferry-leaves-the-line",
        "https://herald.example/galleries/ferry-leaves-the-line",
    ],
)
def test_the_address_alone_makes_no_story_something_else(url):
    links = "".join(f"<div><a href=/n{at}>Another headline of the day, number {at}</a></div>" for at in range(8))
    article = extract_article(page("Ferry leaves the line", STORY, after=f"<aside>{links}</aside>"), url=url)
    assert article.outcome == "ok"


LINKS = "".join(f"<div><h3><a href=/n{at}>Council debates plan {at} for the harbour</a></h3></div>" for at in range(20))
TEASERS = "".join(
    f"<div class=item><h3><a href=/n{at}>Council debates plan {at}</a></h3><p>The council of Port Linden debated plan "
    f"{at} for the harbour until late in the night and will vote on Friday.</p></div>"
    for at in range(12)
)
FORM = "<form><label>E-mail</label><input name=user><label>Password</label><input type=password></form>"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<title>404 Not Found | The Herald</title><h1>Page not found</h1><p>Try the search.", "error"),
        ("<title>The Herald</title><h1>Oops! Error 404</h1><p>The page you asked for is not here any more.", "error"),
        ("<title>Seite nicht gefunden - Der Bote</title><p>Diese Seite gibt es nicht mehr.", "error"),
        ("<title>Page introuvable</title><h1>Erreur 404</h1><p>Retournez à l'accueil.", "error"),
        ("<title>503 Service Temporarily Unavailable</title><h1>503 Service Temporarily Unavailable</h1>", "error"),
        ("<title>The Herald</title><h1>Sorry, this page is no longer available</h1><p>Go to the front page.", "error"),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", "challenge"),
        ("<title>herald.example</title><p>Verify you are human by completing the action below.", "challenge"),
        (
            "<title>Herald - Are you a robot?</title>"
            "<h2>We've detected unusual activity from your computer network</h2>"
            "<p>To continue, please click the box below to let us know you're not a robot.</p>"
            "<p>Please make sure your browser supports JavaScript and cookies and that you are not blocking them.</p>",
            "challenge",
        ),
        (
            "<title>Before you continue</title><p>We use cookies and data to deliver our services and to measure ads."
            "<p>If you accept, we will also use your cookies and consent to show personalised content.</p>"
            "<p>You can change your privacy settings and withdraw your consent at any time.</p>",
            "consent",
        ),
        (f"<title>Sign in</title><h1>Sign in</h1>{FORM}<p>Not a member yet? Create an account in minutes.", "paywall"),
        (f"<title>Anmelden | Der Bote</title>{FORM}<p>Noch kein Konto? Jetzt registrieren und weiterlesen.", "paywall"),
        (f"<title>Latest</title>{LINKS}", "index"),
        (f"<title>Harbour news | The Herald</title><h1>Harbour news</h1>{TEASERS}", "index"),
        (f"<title>Search results for harbour</title><h1>Search results</h1>{TEASERS}", "index"),
    ],
)
def test_what_stands_in_place_of_news_is_told_by_several_signs(html, kind):
    article = extract_article(f"<html><body>{html}</body></html>".encode(), url=URL)
    assert (article.outcome != "ok", article.page_kind) == (True, kind)
    assert article.reason


@pytest.mark.parametrize(
    "name",
    (
        "Strona nie została znaleziona|Nie znaleziono strony|Strona, której szukasz, nie istnieje|Stránka nenalezena"
        "|Požadovaná stránka nebyla nalezena|Stranica nije pronađena|Страница не найдена|Сторінку не знайдено"
        "|Pagina nu a fost găsită|Página não encontrada|La página que busca no existe|La pagina non esiste"
        "|Cette page n’existe plus|Deze pagina bestaat niet meer|Siden blev ikke fundet|Sidan kunde inte hittas"
        "|Sivua ei löytynyt|A keresett oldal nem található|Η σελίδα δεν βρέθηκε|Aradığınız sayfa bulunamadı"
        "|お探しのページは見つかりませんでした|您访问的页面不存在|페이지를 찾을 수 없습니다|Không tìm thấy trang"
        "|Halaman tidak ditemukan|ไม่พบหน้าที่คุณต้องการ|عذراً، الصفحة غير موجودة|הדף לא נמצא|पेज नहीं मिला"
    ).split("|"),
)
def test_a_page_that_does_not_exist_is_told_in_many_languages(name):
    links = "".join(f"<li><a href=/n{at}>{at}</a>" for at in range(2010, 2018))
    html = f"<title>{name} | Norvik Post</title><h1>{name}</h1><p>{'Lorem ipsum dolor sit amet. ' * 4}<ul>{links}</ul>"
    assert extract_article(html, url=URL).page_kind == "error"
    news = html.replace(name, f"{name}, Eva Holm, Norvik 2024")
    assert extract_article(news, url=URL).outcome == "ok"


def test_the_list_of_a_section_is_told_with_its_address_as_well():
    for path in ("/tags/harbour", "/section/economy/", "/search/?q=x"):
        assert extract_article(page("Harbour", [], after=TEASERS), url="https://herald.example" + path).outcome != "ok"


COLLECTION = LD.format(json.dumps({"@type": "CollectionPage", "name": "All about: ferries"}))
FOOT = "<p>The Herald has 40 bureaus in 31 countries. Quotes are delayed by 15 minutes.</p>"


@pytest.mark.parametrize(
    ("path", "text", "around"),
    [
        ("/topics/ferry/", [], LINKS + FOOT),
        ("/ferries", [], LINKS + FOOT),
        ("/ferries", ["All that the Herald has written about ferries since 1998, the newest first."], LINKS + FOOT),
        ("/ferries", [], f"<ul>{LINKS}</ul><p>Write to us at desk@herald.example or call 555-0142 by noon.</p>"),
    ],
)
def test_a_list_under_which_every_page_has_a_line_is_a_list(path, text, around):
    html = page("All about: ferries", text, COLLECTION, after=around)
    article = extract_article(html, url="https://herald.example" + path)
    assert (article.outcome, article.page_kind) == ("not_an_article", "index")


@pytest.mark.parametrize(
    ("head", "text", "around"),
    [
        (COLLECTION, STORY, LINKS + FOOT),
        (COLLECTION, [" ".join(STORY), SHORT], FOOT),
        ("", STORY[:2], LINKS + FOOT),
        (COLLECTION + LD.format(json.dumps({"@type": "NewsArticle", "headline": "Ferry"})), STORY[:1], LINKS + FOOT),
    ],
)
def test_a_story_is_one_though_a_list_stands_beside_it(head, text, around):
    html = page("Ferry leaves the line", text, head, after=around)
    assert extract_article(html, url="https://herald.example/ferry-leaves-the-line").outcome == "ok"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two words", 2),
        ("風暴損壞漁船四十三艘", 5),
        ("港湾局は Mira Holt 局長", 5),
        ("ไทยรัฐออนไลน์", 6),
        ("항만청은 일요일", 3),
        ("Nové číslo je 4 711", 5),
        ("", 0),
    ],
)
def test_scripts_without_spaces_are_measured_in_characters(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "港务局周日表示，夜间风暴穿过海湾时有43艘渔船受损，修理费用约为260万欧元，要到三月底才能完成。"),
        ("ja", "港湾局のHolt局長は日曜日、夜間に嵐が湾を通過した際、漁船43隻が被害を受けたと発表した。"),
        ("th", "การท่าเรือกล่าวเมื่อวันอาทิตย์ว่าเรือประมง 43 ลำได้รับความเสียหายจากพายุที่พัดผ่านอ่าวในเวลากลางคืน"),
        ("ko", "항만청은 일요일 밤사이 폭풍이 만을 지나면서 어선 43척이 파손됐다고 밝혔다."),
    ],
)
def test_stories_in_scripts_without_spaces_are_stories(lang, sentence):
    links = "".join(f"<li><a href=/n{at}>{sentence[at : at + 14]}</a></li>" for at in range(14))
    body = "".join(f"<p>{sentence}</p><p>{sentence[::-1]}</p>" for _ in range(1))
    html = f"<html lang={lang}><title>43</title><body><ul>{links}</ul><div><h1>{sentence[:12]}</h1>{body}</div>"
    assert extract_article(html.encode(), url=URL).outcome == "ok"


@pytest.mark.parametrize("joint", ["\n\n", "\n", "</p><p>", "<br><br>"])
def test_text_that_stands_only_in_the_structured_data_is_taken(joint):
    told = {"@type": "NewsArticle", "headline": "Ferry leaves the line", "articleBody": joint.join(STORY)}
    head = LD.format(json.dumps(told).replace("</", "<\\/"))
    article = extract_article(page("Ferry leaves the line", [], head), url=URL)
    assert (article.outcome, article.text) == ("ok", "\n\n".join(STORY))
    assert article.layers["text"] == "json-ld"


def test_text_that_the_page_shows_is_taken_from_the_page():
    told = {"@type": "NewsArticle", "headline": "Ferry leaves the line", "articleBody": " ".join(STORY)}
    article = extract_article(page("Ferry leaves the line", STORY, LD.format(json.dumps(told))), url=URL)
    assert article.text == "\n\n".join(STORY)
    assert "text" not in article.layers


@pytest.mark.parametrize(
    "notice",
    [
        "Subscribe to continue with this story.",
        "Sign up to keep reading.",
        "Already a subscriber? Log in.",
        "This story is for subscribers.",
        "Subscribers only",
        "Register to read on.",
        "Weiterlesen mit Bote plus",
        "Nur für Abonnenten",
        "Article réservé aux abonnés",
        "Abonnez-vous pour lire la suite",
        "Solo para suscriptores",
        "Suscríbete para seguir leyendo",
        "Contenuto riservato agli abbonati",
        "You have reached your monthly limit.",
    ],
)
def test_every_notice_of_a_paywall_is_known_under_a_story_that_is_cut(notice: str) -> None:
    article = extract_article(f"<title>Solvik cuts 500 jobs</title><h1>Solvik cuts 500 jobs</h1><p>{SHORT}<p>{notice}")
    assert article.page_kind == "paywall"


@pytest.mark.parametrize("script", ["/_Incapsula_Resource?x=1", "https://geo.Captcha-Delivery.com/captcha.js"])
def test_the_script_of_a_guard_is_known_however_it_is_spelt(script: str) -> None:
    assert extract_article(f"<title>Herald</title><script src='{script}'></script><p>Wait.").page_kind == "challenge"


@pytest.mark.parametrize(
    ("html", "there"),
    [
        ('<meta http-equiv="refresh" content="0;URL=\'/n/4711\'"><a href=/n/4711>Continue</a>', "/n/4711"),
        ('<meta http-equiv=Refresh content="1; url=https://other.example/a">', "https://other.example/a"),
        ('<script>window.location.replace("https://other.example/a")</script>', "https://other.example/a"),
        ("<script>location.href = '/n/4711'</script><p>You are taken to the article.", "/n/4711"),
        ('<meta http-equiv=refresh content="300"><p>Nothing yet', None),
        ('<meta http-equiv=refresh content="0; url=https://herald.example/news/1">', None),
        ('<script>if (x.location.href == "/a") y()</script>', None),
        ('<script>function out() { location.href = "/logout" }</script>' + "<script>z()</script>" * 500, None),
    ],
)
def test_a_page_that_only_leads_on_says_where(html, there):
    article = extract_article(html, url="https://herald.example/news/1")
    assert article.outcome == "not_an_article"
    told = f"leads on to {'https://herald.example' * there.startswith('/')}{there}." if there else None
    assert ("leads on" in article.reason) == (there is not None)
    assert told is None or article.reason.endswith(told)
