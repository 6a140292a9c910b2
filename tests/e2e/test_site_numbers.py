"""Every number of every page is what the predictions say when they are counted anew."""

import json

import pytest

from tests.e2e.recount import Recount


@pytest.mark.parametrize("name", ["site", "sure_site", "long_site"])
def test_every_number_of_the_site_is_counted_anew_from_the_predictions(request, name):
    site = request.getfixturevalue(name)
    recount = Recount(site.folder, list(site.articles.values()), site.predictions)
    assert recount.check() > 100


def test_a_wrong_number_is_found(site, tmp_path):
    text = (site.folder / "overview.js").read_text(encoding="utf-8")
    data = json.loads(text.strip().removeprefix("lichang.overview = ").removesuffix(";"))
    data["cells"][0][3] += 1
    (tmp_path / "overview.js").write_text(f"lichang.overview = {json.dumps(data)};")
    recount = Recount(tmp_path, list(site.articles.values()), site.predictions)
    with pytest.raises(AssertionError, match="counted"):
        recount.overview()
