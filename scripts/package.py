"""Makes the packages of a release: `package.py --linux BUILD [--windows BUILD] --output FOLDER`.

Into the folder go the PowerShell module, once as a nupkg and once as a zip, an archive of the command
line for each system, and SHA256SUMS. The same builds give the same bytes: entries are sorted, their time
is that of the commit (or SOURCE_DATE_EPOCH), their modes are 0755 or 0644.
"""

import argparse
import functools
import gzip
import hashlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import time
import xml.sax.saxutils
import zipfile

from licences import notices

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Promised for what a platform adds to a package, compressed.
MOST_BYTES_A_PLATFORM = 8 * 1024 * 1024
# Zip knows no time before this one.
OLDEST_TIME = 315532800


class Fault(Exception):
    """Why there is no package, in one line."""


class Platform:
    """What one build gives: a runtime id, and where its library and program lie."""

    def __init__(self, build, runtime_id, library, program, strip=""):
        self.runtime_id = runtime_id
        self.build = build
        self._strip = strip
        self.library = build / "native" / library
        self.program = build / "native" / program
        for path in (self.library, self.program):
            if not path.is_file():
                raise Fault(f"{path} is not there; build it first: ./run.sh build")

    @functools.cached_property
    def binaries(self):
        """The library and the program by name, without symbols that only a debugger wants."""
        return {path.name: self._stripped(path) for path in (self.library, self.program)}

    def _stripped(self, path):
        if not self._strip:  # the linker has done it
            return path.read_bytes()
        copy = self.build / "package" / path.name
        copy.parent.mkdir(exist_ok=True)
        subprocess.run([self._strip, "--strip-unneeded", "-o", copy, path], check=True)
        return copy.read_bytes()


def linux(build):
    return Platform(build, "linux-x64", "libratchet.so", "cli/ratchet", "strip")


def windows(build):
    return Platform(build, "win-x64", "ratchet.dll", "ratchet.exe")


def commit_time():
    if "SOURCE_DATE_EPOCH" in os.environ:
        return max(int(os.environ["SOURCE_DATE_EPOCH"]), OLDEST_TIME)
    found = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True,
                           text=True, check=False)
    return max(int(found.stdout), OLDEST_TIME) if found.returncode == 0 else OLDEST_TIME


def version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(ratchet VERSION ([0-9.]+)", text)[1]


def is_program(name):
    return name.endswith((".exe", ".dll", ".so", "/ratchet", ".ps1"))


def zip_of(files, when):
    """The bytes of a zip with these files, by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, time.gmtime(when)[:6])
            entry.create_system = 3  # the modes are those of unix, wherever this runs
            entry.external_attr = (0o100755 if is_program(name) else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def tar_of(files, when):
    """The same as a gzipped tar."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", filename="", mtime=when, compresslevel=9) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name in sorted(files):
                entry = tarfile.TarInfo(name)
                entry.size = len(files[name])
                entry.mtime = when
                entry.mode = 0o755 if is_program(name) else 0o644
                archive.addfile(entry, io.BytesIO(files[name]))
    return buffer.getvalue()


def below(files, folder):
    return {f"{folder}/{name}": content for name, content in files.items()}


def documents(linux_build, platforms):
    """What lies in every package: our licence, and those of what is linked in."""
    collected = notices(linux_build, [platform.runtime_id for platform in platforms])
    return {"LICENSE": (ROOT / "LICENSE").read_bytes(),
            "THIRD-PARTY-NOTICES.txt": collected.encode()}


def module_files(platforms):
    """The module as it is imported, with the binaries of each platform."""
    layout = platforms[0].build / "module" / "Ratchet"
    if not (layout / "Ratchet.psd1").is_file():
        raise Fault(f"{layout} has no module; it needs a .NET SDK: docs/build.md")
    files = {path.relative_to(layout).as_posix(): path.read_bytes()
             for path in layout.rglob("*") if path.is_file()}
    files = {name: content for name, content in files.items() if not name.startswith("bin/")}
    for platform in platforms:
        files.update(below(platform.binaries, f"bin/{platform.runtime_id}"))
    return {**files, **documents(platforms[0].build, platforms)}


def manifest_value(manifest, key):
    return re.search(rf"^\s*{key}\s*=\s*'([^']*)'", manifest, re.MULTILINE)[1]


def nuspec(manifest):
    """What a gallery knows of the module, out of its own manifest."""
    def said(key):
        return xml.sax.saxutils.escape(manifest_value(manifest, key))
    tags = " ".join(["PSModule", "PSEdition_Core", "PSIncludes_Cmdlet", "Windows", "Linux"])
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>Ratchet</id>
    <version>{said("ModuleVersion")}</version>
    <authors>{said("Author")}</authors>
    <owners>{said("CompanyName")}</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <description>{said("Description")}</description>
    <copyright>{said("Copyright")}</copyright>
    <tags>{tags}</tags>
  </metadata>
</package>
"""


def nupkg_files(files):
    """The parts that the Open Packaging Conventions want around the files of the module."""
    endings = sorted({name.rsplit("/", 1)[-1].rsplit(".", 1)[-1] for name in files
                      if "." in name.rsplit("/", 1)[-1]} | {"nuspec"})
    defaults = "".join(f'  <Default Extension="{ending}" ContentType="application/octet" />\n'
                       for ending in endings)
    without = sorted(name for name in files if "." not in name.rsplit("/", 1)[-1])
    overrides = "".join(f'  <Override PartName="/{name}" ContentType="application/octet" />\n'
                        for name in without)
    types = ('<?xml version="1.0" encoding="utf-8"?>\n'
             '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\n'
             '  <Default Extension="rels"'
             ' ContentType="application/vnd.openxmlformats-package.relationships+xml" />\n'
             f"{defaults}{overrides}</Types>\n")
    relations = ('<?xml version="1.0" encoding="utf-8"?>\n'
                 '<Relationships'
                 ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\n'
                 '  <Relationship Id="manifest" Target="/Ratchet.nuspec"'
                 ' Type="http://schemas.microsoft.com/packaging/2010/07/manifest" />\n'
                 '</Relationships>\n')
    manifest = files["Ratchet.psd1"].decode()
    return {**files, "Ratchet.nuspec": nuspec(manifest).encode(), "_rels/.rels": relations.encode(),
            "[Content_Types].xml": types.encode()}


def command_line_files(linux_build, platform):
    """The program and the library, laid out so that the program finds its library."""
    binaries = platform.binaries
    header = ROOT / "native/include/ratchet/ratchet.h"
    files = {**documents(linux_build, [platform]), "include/ratchet/ratchet.h": header.read_bytes()}
    for name, content in binaries.items():
        folder = "lib" if name.endswith(".so") else "bin"
        files[f"{folder}/{name}"] = content
    return files


def require_small(platform, module):
    """`module` is the bytes of a zip that has the binaries of the platform."""
    with zipfile.ZipFile(io.BytesIO(module)) as archive:
        packed = sum(entry.compress_size for entry in archive.infolist()
                     if f"bin/{platform.runtime_id}/" in entry.filename)
    if packed > MOST_BYTES_A_PLATFORM:
        raise Fault(f"{platform.runtime_id} is {packed:,} bytes compressed; the limit is "
                    f"{MOST_BYTES_A_PLATFORM:,}")


def packages(platforms):
    """Every package by its name."""
    number, when = version(), commit_time()
    module = module_files(platforms)
    made = {f"Ratchet.{number}.nupkg": zip_of(nupkg_files(module), when),
            f"Ratchet-{number}.zip": zip_of(below(module, f"Ratchet/{number}"), when)}
    for platform in platforms:
        require_small(platform, made[f"Ratchet-{number}.zip"])
        name = f"ratchet-{number}-{platform.runtime_id}"
        files = below(command_line_files(platforms[0].build, platform), name)
        if platform.runtime_id.startswith("win"):
            made[f"{name}.zip"] = zip_of(files, when)
        else:
            made[f"{name}.tar.gz"] = tar_of(files, when)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n"
                   for name, content in sorted(made.items()))
    return {**made, "SHA256SUMS": sums.encode()}


def main():
    parser = argparse.ArgumentParser(description="Makes the packages of a release.")
    parser.add_argument("--linux", type=pathlib.Path, required=True, metavar="BUILD")
    parser.add_argument("--windows", type=pathlib.Path, metavar="BUILD")
    parser.add_argument("--output", type=pathlib.Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    try:
        platforms = [linux(options.linux.resolve())]
        if options.windows:
            platforms.append(windows(options.windows.resolve()))
        made = packages(platforms)
    except (Fault, OSError, subprocess.CalledProcessError) as fault:
        print(f"package: {fault}", file=sys.stderr)
        return 2
    options.output.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (options.output / name).write_bytes(content)
        print(f"{len(content):>12,}  {options.output / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
