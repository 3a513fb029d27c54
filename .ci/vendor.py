"""Fetch again the third-party files under `static/`, as `vendor.toml` beside this file lists them.

For a maintainer with npm at hand; neither installing nor running ldtrack needs it. Every written
file is compared with its digest in the list; one that differs, or is not listed, fails the run.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
Package = dict[str, Any]


def main() -> int:
    packages: list[Package] = tomllib.loads((HERE / "vendor.toml").read_text())["package"]
    wrong = [line for package in packages for line in renew(package)]
    sys.stdout.write("\n".join(wrong or ["Every file is as listed."]) + "\n")
    return 1 if wrong else 0


def renew(package: Package) -> list[str]:
    """Write one package's files afresh; name those whose digest is not the listed one."""
    into = STATIC / package["into"]
    with tempfile.TemporaryDirectory() as scratch:
        written = files_of(package, unpacked(package, Path(scratch)))
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for name, content in written.items():
        (into / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in written.items()}
    return [
        f'{package["name"]}: "{name}" = "{digests.get(name, "not written")}"'
        for name in sorted(digests | package["sha256"])
        if digests.get(name) != package["sha256"].get(name)
    ]


def unpacked(package: Package, scratch: Path) -> Path:
    wanted = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(scratch), wanted]
    packed = subprocess.run(command, check=True, capture_output=True, text=True)
    with tarfile.open(scratch / packed.stdout.split()[-1]) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "package"


def files_of(package: Package, source: Path) -> dict[str, bytes]:
    files = {name: (source / name).read_bytes() for name in package["copy"]}
    if bundle := package.get("style_rules_of"):
        files["plotly-style.css"] = plotly_style((source / bundle).read_text()).encode()
    if icons := package.get("icons"):
        files["sprite.svg"] = sprite(source / "icons", icons).encode()
    if faces := package.get("faces"):
        css, fonts = font_faces(source, faces, package["subsets"])
        files |= fonts | {"faces.css": css.encode()}
    return files


def plotly_style(bundle: str) -> str:
    """The rules that plotly.js would put into a style element of its own.

    A strict content security policy refuses that element. plotly.js inserts each rule before the
    ones already there, so the file lists them in reverse.
    """
    table = re.search(r'\{"X,X div":.*?\};for\(', bundle, re.DOTALL)
    if table is None:
        raise ValueError("This plotly.js keeps its style rules somewhere else; look for them anew.")
    pairs = re.findall(r"""(?:"([^"]+)"|([XY])):(?:"([^"]*)"|'([^']*)')""", table.group())
    rules = [
        f"{in_full(quoted or bare)}{{{double or single}}}" for quoted, bare, double, single in pairs
    ]
    return "\n".join(reversed(rules)) + "\n"


def in_full(selector: str) -> str:
    return selector.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")


def sprite(folder: Path, icons: list[str]) -> str:
    """One file of symbols; each carries its own stroke, so that `<use>` needs no style."""
    pen = 'fill="none" stroke="currentColor" stroke-width="1.75"'
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    symbols = []
    for icon in icons:
        drawing = re.search(
            r"<svg[^>]*>(.*)</svg>", (folder / f"{icon}.svg").read_text(), re.DOTALL
        )
        if drawing is None:
            raise ValueError(f"{icon} is not a drawing.")
        shapes = "".join(line.strip() for line in drawing.group(1).splitlines())
        symbols.append(f'<symbol id="{icon}" viewBox="0 0 24 24" {pen} {ends}>{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def font_faces(source: Path, faces: list[str], subsets: list[str]) -> tuple[str, dict[str, bytes]]:
    """The wanted `@font-face` rules with woff2 alone, and the files they name."""
    rules: list[str] = []
    fonts: dict[str, bytes] = {}
    for face in faces:
        weight, style = face.split("-")
        sheet = (source / f"{weight}{'-italic' if style == 'italic' else ''}.css").read_text()
        for subset in subsets:
            heading = rf"/\* [a-z0-9-]+?-{subset}-{face} \*/\s*"
            rule = re.search(heading + r"(@font-face \{.*?\})", sheet, re.DOTALL)
            named = re.search(r"files/([\w.-]+\.woff2)", rule[1]) if rule else None
            if rule is None or named is None:
                raise ValueError(f"No face {subset} {face} in {source}.")
            only_woff2 = f"src: url({named[1]}) format('woff2');"
            rules.append(re.sub(r"src: [^;]*;", only_woff2, rule[1]))
            fonts[named[1]] = (source / "files" / named[1]).read_bytes()
    return "\n".join(rules) + "\n", fonts


if __name__ == "__main__":
    sys.exit(main())
