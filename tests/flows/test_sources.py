"""``sources list``, ``sources add``, ``archive verify`` and ``shell`` against a real newsroom and real files."""

import json
from urllib.parse import urlsplit

import pytest

from extract.archive import ArchiveWriter
from extract.countries import country_name
from extract.errors import InputError, SettingsError
from extract.fetch import Fetcher
from flows.commands.archive import verify_archive
from flows.commands.look import open_shell
from flows.commands.settings import starter
from flows.commands.sources import add_listed, add_source, import_opml, list_sources, name_of
from flows.directory import find_publishers, load_directory
from flows.settings import load_settings
from flows.stages import utc_now
from load.errors import NotPublished
from sample.server import serve_newsroom

# Politeness is tested elsewhere.
QUICK = {"NEWSLEDGER_FETCH__MIN_HOST_INTERVAL_S": "0", "NEWSLEDGER_FETCH__BACKOFF_BASE_S": "0.05"}


@pytest.fixture(scope="module")
def newsroom():
    with serve_newsroom(crawl_delay=0.0, misbehave=False) as opened:
        yield opened


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "newsledger.toml"
    file.write_text(starter("desk@example.org"), encoding="utf-8")
    return file


def add(file, url, name=None, publisher=None, allow_private=True):
    settings = load_settings(file, QUICK)
    return add_source(settings, url, name=name, publisher=publisher, allow_private=allow_private)


def test_a_site_is_added_by_any_page_and_the_rest_of_the_file_stays(file, newsroom):
    base = newsroom.base_url("harbour-courier")
    added = add(file, f"{base}/", name="courier", publisher='The "Courier" of Łódź\\Harbour')
    assert file.read_text(encoding="utf-8").startswith(starter("desk@example.org").rstrip())
    source = load_settings(file, QUICK).sources[0]
    assert (source.name, source.publisher) == ("courier", 'The "Courier" of Łódź\\Harbour')
    assert source.feeds == added.feeds
    assert source.feeds[0].startswith(base)
    assert source.allow_private


@pytest.mark.parametrize(
    ("address", "name", "allow", "says"),
    [
        ("/", "fine", False, "unsafe_address"),
        ("/", "Not fine", True, "is not a valid name for a source"),
        ("/", "known", True, "already"),
    ],
)
def test_nothing_is_written_when_anything_is_wrong(file, newsroom, address, name, allow, says):
    with file.open("a") as handle:
        handle.write('[[sources]]\nname = "known"\nfeeds = ["https://known.example/rss"]\n')
    before = file.read_bytes()
    with pytest.raises(InputError, match=says):
        add(file, newsroom.base_url("harbour-courier") + address, name=name, allow_private=allow)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob("*.toml")] == [file.name]


def test_a_private_address_can_be_allowed_after_it_was_refused(file, newsroom):
    url = newsroom.base_url("meridian-post") + "/"
    with pytest.raises(InputError):
        add(file, url, name="post", allow_private=False)
    assert add(file, url, name="post").feeds


def test_a_site_without_feeds_is_followed_by_the_sitemap_that_its_robots_txt_names(file, newsroom):
    added = add(file, newsroom.base_url("valley-record") + "/", name="valley")
    assert not added.feeds
    assert load_settings(file, QUICK).sources[0].sitemaps == added.sitemaps != ()


def test_a_subscription_list_is_imported_once(file, tmp_path):
    opml = tmp_path / "list.opml"
    opml.write_text(
        '<opml><body><outline text="A"><outline text="The A" xmlUrl="https://www.a.example/1"/></outline>'
        '<outline xmlUrl="https://b.example/1"/><outline xmlUrl="https://b.example/2"/><outline xmlUrl="feed:x"/>'
        '<outline xmlUrl="https://b.example.org/"/></body></opml>'
    )
    added, followed = import_opml(load_settings(file, QUICK), opml)
    assert [(source.name, source.publisher, len(source.feeds)) for source in added] == [
        ("a", "The A", 1),
        ("b", None, 2),
        ("b-example", None, 1),
    ]
    assert followed == 0
    assert import_opml(load_settings(file, QUICK), opml) == ([], 4)
    opml.write_text("no list")
    with pytest.raises(InputError, match="lists no feeds"):
        import_opml(load_settings(file, QUICK), opml)
    with pytest.raises(InputError, match="Cannot read"):
        import_opml(load_settings(file, QUICK), tmp_path / "nothing.opml")


def test_a_site_that_does_not_answer_is_named(file):
    with pytest.raises(InputError, match="could not be fetched: connection_error"):
        add(file, "http://127.0.0.1:9/", name="nobody")


def test_what_is_no_web_address_is_refused(file):
    with pytest.raises(InputError, match="neither a web address"):
        add(file, "example.org")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.daily-example.org/news", "daily-example"),
        ("https://news.example.co.uk", "news-example-co"),
        ("http://127.0.0.1:8000/", "127-0-0-1"),
        ("https://localhost", "localhost"),
    ],
)
def test_names_are_made_of_hosts(url, name):
    assert name_of(url) == name


def test_sources_are_listed_for_programs(file, capsys):
    with file.open("a") as handle:
        handle.write('[[sources]]\nname = "known"\nfeeds = ["https://known.example/rss"]\npaused = true\n')
    list_sources(load_settings(file, QUICK), as_json=True)
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["paused"]) == ("known", True)
    list_sources(load_settings(file, QUICK), as_json=False)
    assert "https://known.example/rss" in capsys.readouterr().out


def test_damaged_records_are_listed(file, newsroom, capsys):
    settings = load_settings(file, QUICK)
    source = newsroom.sources[0]
    with Fetcher(settings.fetch, settings.state_dir) as fetcher:
        result = fetcher.fetch(source.feeds[0], source=source, purpose="announcement")
    with ArchiveWriter(settings.archive_place, max_bytes=10**6, now=utc_now) as archive:
        archive.write(result)
    assert verify_archive(settings, as_json=False) == 0
    path = settings.archive_dir / next(iter(settings.archive_place.files()))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    capsys.readouterr()
    assert verify_archive(settings, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == 1
    assert told["damaged"][0]["file"].endswith(path.name)


def test_shell_says_when_there_is_nothing_to_open(file):
    with pytest.raises(NotPublished):
        open_shell(load_settings(file, QUICK))


def test_a_broken_settings_file_is_left_alone(file, newsroom):
    file.write_text("[run]\nbatch_page = 3\n")
    with pytest.raises(SettingsError):
        add(file, newsroom.base_url("harbour-courier"))
    assert file.read_text() == "[run]\nbatch_page = 3\n"


def test_the_directory_holds_what_can_be_followed(file):
    """Every entry makes a source that the settings take, no address stands there twice, and countries are real ones."""
    listed = load_directory().values()
    assert len(listed) >= 60
    assert len({publisher.country for publisher in listed}) >= 30
    addresses = [address for publisher in listed for address in publisher.announcements]
    assert len(set(addresses)) == len(addresses)
    assert all(urlsplit(address).scheme == "https" and urlsplit(address).hostname for address in addresses)
    assert all(country_name(publisher.country) != publisher.country for publisher in listed if publisher.country)
    for publisher in listed:
        add_listed(load_settings(file, QUICK), publisher, name=None, publisher=None)
    followed = load_settings(file, QUICK).sources
    assert [(s.name, *s.feeds, *s.sitemaps) for s in followed] == [(p.name, *p.announcements) for p in listed]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("kenya", {"standard-kenya"}),
        ("ke", {"standard-kenya"}),
        ("IN en", {"hindu", "indian-express", "times-of-india"}),
        ("an", set()),
        ("german", {"dw", "spiegel-international", "tagesschau"}),
        ("de de", {"nzz", "orf", "spiegel-international", "tagesschau", "dw"}),
        ("monde english", {"le-monde-en"}),
    ],
)
def test_the_directory_is_searched_by_name_country_and_language(words, names):
    assert {publisher.name for publisher in find_publishers(words)} == names


def test_a_publisher_of_the_directory_is_added_once_and_by_name(file, newsledger):
    first = newsledger(file.parent, "sources", "add", "DAWN")
    assert first.code == 0
    assert "newsledger sources test dawn" in first.out
    assert [(s.name, s.publisher) for s in load_settings(file, QUICK).sources] == [("dawn", "Dawn")]
    for arguments, told in (
        (["dawn"], "already is a source called 'dawn'"),
        (["dawn", "--name", "other"], "dawn follows https://"),
        (["dwan"], "such as 'dawn'"),
    ):
        refused = newsledger(file.parent, "sources", "add", *arguments)
        assert refused.code == 2
        assert told in refused.err
    assert "followed" in newsledger(file.parent, "sources", "directory", "pakistan").out
    assert "no publisher with 'atlantis'" in newsledger(file.parent, "sources", "directory", "atlantis").err
