"""Images with captions and credits, keywords, topics and the trail of sections."""

from __future__ import annotations

import pytest

from extract import extract_article

URL = "https://port.example/harbour/rescue/quay-reopens-after-storm"
PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "The quay reopened on Tuesday after the storm had closed it for the whole of the past week, the port said.",
        "Twelve boats went out in the morning, and the first of them came back with its hold full before noon.",
        "The harbour office said it would inspect the northern wall again before the next spring tide arrives.",
    )
)
FIGURE = """<figure><img src="/img/quay.jpg" alt="Boats at the quay">
<figcaption>Boats at the reopened quay on Tuesday morning. <span class="credit">Photo: Ada Quill/Port Press</span>
</figcaption></figure>"""


def page(body: str, head: str = "", outside: str = "") -> str:
    return f"""<html lang=en><head><title>Quay reopens after storm</title>{head}</head><body>
    <article><h1>Quay reopens after storm</h1>{body}{PARAGRAPHS}</article>{outside}</body></html>"""


def test_an_image_has_its_caption_at_its_place_in_the_text_and_its_credit_apart() -> None:
    article = extract_article(page(FIGURE), url=URL)
    (image,) = article.images
    assert (image.position, image.url) == (1, "https://port.example/img/quay.jpg")
    assert image.caption == "Boats at the reopened quay on Tuesday morning."
    assert image.credit == "Ada Quill/Port Press"
    assert image.alternative_text == "Boats at the quay"
    if image.caption_start is not None:
        assert article.text[image.caption_start : image.caption_end] == image.caption


@pytest.mark.parametrize(
    ("caption", "kept", "credit"),
    [
        ("The wall at dusk. Photograph: Bo Reed/Tide", "The wall at dusk.", "Bo Reed/Tide"),
        ("The wall at dusk (Bo Reed/Tide Pictures)", "The wall at dusk", "Bo Reed/Tide Pictures"),
        ("The wall at dusk © Bo Reed", "The wall at dusk", "Bo Reed"),
        ("Die Mauer am Abend. Foto: Bo Reed", "Die Mauer am Abend.", "Bo Reed"),
        ("Le mur au crépuscule. Crédit : Bo Reed", "Le mur au crépuscule.", "Bo Reed"),
        ("El muro al anochecer | Fuente: Marea", "El muro al anochecer", "Marea"),
        ("Image by Bo Reed", "", "Bo Reed"),
        ("The photo that she took: a wall at dusk, before the tide came in and took it away", None, None),
        ("The port's picture of the wall", None, None),
    ],
)
def test_the_credit_is_parted_from_the_caption_by_its_words(caption: str, kept: str | None, credit: str | None) -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure>'
    (image,) = extract_article(page(figure), url=URL).images
    assert (image.caption, image.credit) == ((caption if kept is None else kept or None), credit)


def test_teasers_icons_and_comments_are_no_images_of_the_article() -> None:
    others = """<aside><a href="/harbour/other-story-of-the-day"><img src="/img/other.jpg"></a></aside>
    <a href="javascript:share()"><img src="/img/share.png"></a><img src="/img/pixel.gif" width=1 height=1>
    <div class="comment-list"><img src="/img/reader.jpg"></div>"""
    article = extract_article(page(FIGURE + others, outside='<img src="/img/advert.jpg">'), url=URL)
    assert [image.url.rpartition("/")[2] for image in article.images] == ["quay.jpg"]


@pytest.mark.parametrize("width", ["¹2", "②", "1²", "12³px"])
def test_a_size_in_digits_that_are_no_number_is_none(width: str) -> None:
    figure = f'<figure><img src="/img/quay.jpg" width="{width}"><figcaption>The quay.</figcaption></figure>'
    assert [image.url.rpartition("/")[2] for image in extract_article(page(figure), url=URL).images] == ["quay.jpg"]


def test_one_picture_in_many_sizes_is_one_image_and_code_fills_in_what_the_figure_lacks() -> None:
    head = """<meta property="og:image" content="https://port.example/img/wall-1200x630.jpg">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay reopens after storm",
    "image": {"@type": "ImageObject", "url": "https://port.example/img/wall.jpg", "creditText": "Bo Reed"}}</script>"""
    body = '<figure><img src="x.gif" data-src="/img/wall-300x200.jpg"><figcaption>The wall.</figcaption></figure>'
    (image,) = extract_article(page(body, head), url=URL).images
    assert (image.url, image.caption, image.credit) == (
        "https://port.example/img/wall-300x200.jpg",
        "The wall.",
        "Bo Reed",
    )


def test_a_lead_image_that_only_the_code_names_is_an_image() -> None:
    head = '<meta property="og:image" content="/img/lead.jpg">'
    (image,) = extract_article(page("", head), url=URL).images
    assert (image.url, image.caption) == ("https://port.example/img/lead.jpg", None)


def test_keywords_are_read_from_each_layer_in_turn() -> None:
    tags = '<meta property="article:tag" content="Storm"><meta property="article:tag" content="Harbour">'
    assert extract_article(page("", tags), url=URL).keywords == ("Storm", "Harbour")
    meta = '<meta name="news_keywords" content="storm, harbour; storm">'
    assert extract_article(page("", meta), url=URL).keywords == ("storm", "harbour")
    coded = '<script type="application/ld+json">{"@type": "Article", "keywords": ["quay", "tide, storm"]}</script>'
    assert extract_article(page("", coded + tags), url=URL).keywords == ("quay", "tide", "storm")
    article = extract_article(page(""), url=URL)
    assert article.keywords is None
    assert "keywords" in article.missing


def test_topics_are_what_the_page_says_it_is_about() -> None:
    coded = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay reopens after storm",
    "about": [{"@type": "Thing", "name": "Port Ansel"}, {"@type": "Thing", "name": "Storms"}]}</script>"""
    links = '<a rel="tag" href="/t/storms">#Storms</a> <a rel="tag" href="/t/quay">The quay</a>'
    assert extract_article(page("", coded), url=URL).topics == ("Port Ansel", "Storms")
    assert extract_article(page(links), url=URL).topics == ("Storms", "The quay")


def test_the_trail_leaves_out_the_front_page_and_the_article_itself() -> None:
    trail = """<nav aria-label="Breadcrumb"><a href="/">Home</a><a href="/harbour">Harbour</a>
    <a href="/harbour/rescue">Rescue</a><a href="/harbour/rescue/quay-reopens-after-storm">Quay</a></nav>"""
    article = extract_article(page(trail), url=URL)
    assert article.section_trail == ("Harbour", "Rescue")
    assert article.section == "Rescue"
    assert trail.count("<a") == 4
