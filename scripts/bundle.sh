#!/bin/sh
# Pack all that an office without the internet needs into build/diachinh-bundle-<commit>.tar: this checkout, the locked
# Python packages as wheels, and the system packages with all they depend on. To be run on a Debian 12 machine with
# the internet, of the same architecture as the office's. See docs/offline.md.
set -eu
cd "$(dirname "$0")/.."

name=diachinh-bundle-$(git rev-parse --short HEAD)
out=build/$name
system="tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd postgresql-15-postgis-3 fonts-dejavu-core fonts-liberation
    fonts-noto-core fonts-freefont-ttf util-linux python3-venv make"

if ! command -v dpkg-scanpackages >/dev/null 2>&1 || ! /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Cần (needed): apt-get install -y --no-install-recommends dpkg-dev python3-venv" >&2
    exit 4
fi
rm -rf "$out"
mkdir -p "$out/wheels" "$out/debs"
git archive --format=tar HEAD | tar -x -C "$out" --one-top-level=diachinh

echo "Gói Python (Python packages) …"
# The system's own Python, since the office's machine has that one: which packages are needed depends on its patch level.
/usr/bin/python3 -m venv "$out/venv"
"$out/venv/bin/python" -m pip download -q --require-hashes --no-deps --only-binary :all: -r requirements.lock -d "$out/wheels"

echo "Gói hệ thống (system packages) …"
# With an empty list of what is installed and no packages at hand, apt names everything that a bare machine could lack.
: >"$out/status"
mkdir -p "$out/archives/partial"
# shellcheck disable=SC2086
apt-get -o Dir::State::status="$(pwd)/$out/status" -o Dir::Cache::archives="$(pwd)/$out/archives" \
    -o Debug::NoLocking=1 --no-install-recommends -y --print-uris install $system | sed -n "s/^'[^']*' \([^ _]*\)_.*/\1/p" | sort -u >"$out/names"
(cd "$out/debs" && xargs apt-get -o APT::Sandbox::User=root download -qq <../names)
(cd "$out/debs" && dpkg-scanpackages -m . >Packages 2>/dev/null)
rm -r "$out/venv" "$out/status" "$out/names" "$out/archives"
for package in $system; do
    grep -qx "Package: $package" "$out/debs/Packages" || {
        echo "Không tải được (could not fetch): $package" >&2
        exit 1
    }
done
cp scripts/install_bundle.sh "$out/install.sh"

tar -C build -cf "build/$name.tar" "$name"
rm -rf "$out"
sha256sum "build/$name.tar"
