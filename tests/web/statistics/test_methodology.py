"""How the figures are computed stands on a page that is written out of the definitions."""

import pytest

from feedback_app.catalogue import packs

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
PAGE = "/so-lieu/cach-tinh"


@pytest.mark.parametrize("code", ["pci-2023", "pci-2025"])
def test_every_component_of_an_edition_stands_with_all_that_defines_it(client, loaded, code):
    page = client.get(f"{PAGE}?an_ban={code}").text
    edition = next(one for one in packs.shipped().indicators if one.code == code)
    assert f"phiên bản {edition.version}" in page
    for indicator in edition.indicators:
        for part in indicator.components:
            assert f'id="{part.id}"' in page
            assert part.mirrors.vi in page
            assert f"{part.weight * 100:g} %" in page
            assert part.source in page


def test_the_edition_of_2025_says_how_little_is_known(client, loaded):
    page = client.get(f"{PAGE}?an_ban=pci-2025").text
    assert "nguồn chưa cho biết tên 7 chỉ số còn lại" in page
    assert "thấp, chưa đối chiếu nguồn" in page
    assert "chưa có trong nguồn" in page


def test_an_unknown_edition_is_named_beside_the_first(client, loaded):
    page = client.get(f"{PAGE}?an_ban=pci-1999").text
    assert "Không có ấn bản &#39;pci-1999&#39;" in page
    assert 'id="solved"' in page
