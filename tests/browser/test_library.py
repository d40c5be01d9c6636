"""Library under a real hand: pictures are dropped, seen as they would be kept, and kept."""

from playwright.sync_api import FilePayload, Page, expect

from tests.pictures.made import pets, zipped


def test_dropped_pictures_are_previewed_and_become_a_data_set(page: Page, app_url: str):
    page.goto(f"{app_url}/library")
    chooser = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    chooser.set_input_files(FilePayload(name="pets.zip", mimeType="application/zip", buffer=zipped(pets()).getvalue()))
    expect(page.get_by_text("24 pictures as they would be kept")).to_be_visible()
    preview = page.get_by_test_id("stImage").locator("img")
    expect(preview).to_be_visible()
    before = preview.get_attribute("src")
    page.get_by_text("Grey", exact=True).click()
    expect(preview).not_to_have_attribute("src", before or "")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_url("**/train*")
    expect(page.get_by_text("24 pictures kept.")).to_be_visible()
    field = page.get_by_test_id("stSelectbox").filter(has_text="Data set")
    expect(field.get_by_role("combobox")).to_have_value("pets")
