"""The rules for publishers: each has a page of ours in its layout, and is chosen by the day."""

from datetime import date

import pytest

from extract.errors import InputError
from extract.strip.page import parse_page
from extract.strip.rules import load_rules, prune, read_rules, rules_for, texts

RULE_PAGES = {
    "n-tv": (
        '<h2 class="article-detail-head_headlines__x"><span>"So soon"</span><span>Cranes stand still</span></h2>',
        "https://www.n-tv.de/a",
        date(2025, 12, 1),
        "Cranes stand still",
    ),
    "bbc": (
        '<h1 id="main-heading">Cranes stand still</h1><div data-component="links-block">More on this</div>',
        "https://www.bbc.co.uk/news/a",
        date(2024, 1, 1),
        "Cranes stand still",
    ),
    "apnews": (
        '<h1 class="Page-headline">Cranes stand still</h1><div class="Page-authors">By <a '
        'class="Link">EVA LIND</a></div>'
        '<div class="RichTextStoryBody"><div class="PageListEnhancementGeneric">More</div></div>',
        "https://apnews.com/article/a",
        date(2024, 1, 1),
        "Cranes stand still",
    ),
    "dailymail": ('<p class="imageCaption">A crane</p>', "https://www.dailymail.co.uk/a", date(2024, 1, 1), None),
    "reuters": (
        '<div data-testid="Signature">Reporting by X</div>',
        "https://www.reuters.com/a",
        date(2024, 1, 1),
        None,
    ),
}


def test_every_rule_has_a_golden_page():
    assert {rule.publisher for rules in load_rules().values() for rule in rules} == set(RULE_PAGES)


@pytest.mark.parametrize("publisher", sorted(RULE_PAGES))
def test_rules_find_and_drop_what_they_name(publisher):
    html, url, day, headline = RULE_PAGES[publisher]
    rule = next(rule for rule in rules_for(url) if rule.holds_on(day))
    page = parse_page(f"<body>{html}<p>Body text.</p>".encode(), url)
    assert texts(page, rule.headline)[:1] == ([headline] if headline else [])
    prune(page, rule)
    assert not rule.drop or not page.tree.css(rule.drop)
    assert page.body.text().endswith("Body text.")


def test_rules_are_chosen_by_day_and_refuse_unknown_keys():
    rules = read_rules(
        "x", {"hosts": ["x.example"], "rules": [{"until": date(2020, 1, 1)}, {"since": date(2020, 1, 2)}]}
    )
    assert [rule.holds_on(date(2019, 5, 5)) for rule in rules] == [True, False]
    assert [rule.holds_on(None) for rule in rules] == [False, True]
    with pytest.raises(InputError, match="headlines"):
        read_rules("x", {"hosts": ["x.example"], "rules": [{"headlines": "h1"}]})
