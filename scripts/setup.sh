#!/bin/sh
# Install what the machine lacks (Debian 12; Ubuntu 24.04 is expected to work and untried), then the locked
# Python packages. `setup.sh --check` only looks at the system's part.
set -eu

need=""
want() { need="$need $1"; }

command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie || want "tesseract-ocr tesseract-ocr-vie"
command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx osd || want "tesseract-ocr-osd"
ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || {
    major=15
    if [ -r /etc/os-release ] && grep -q '^VERSION_ID="24.04"' /etc/os-release; then major=16; fi
    want "postgresql-$major-postgis-3"
}
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || want fonts-dejavu-core
[ -e /usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf ] || want fonts-liberation
[ -e /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf ] || want fonts-noto-core
[ -e /usr/share/fonts/truetype/freefont/FreeSans.ttf ] || want fonts-freefont-ttf
command -v runuser >/dev/null 2>&1 || want util-linux
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || want python3-venv

if [ -n "$need" ]; then
    install="apt-get install -y --no-install-recommends$need"
    if [ "$(id -u)" = 0 ]; then sudo=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo="sudo"
    else
        echo "Thiếu phần mềm hệ thống. Nhờ người quản trị chạy (missing system packages; ask an administrator to run):" >&2
        echo "    apt-get update && $install" >&2
        exit 4
    fi
    echo "Cài đặt phần mềm hệ thống (installing system packages):$need"
    export DEBIAN_FRONTEND=noninteractive
    if ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive $install -qq; } >/tmp/diachinh-apt.$$ 2>&1; then
        tail -n 15 /tmp/diachinh-apt.$$ >&2
        echo "Không cài được. Chạy bằng tay (could not install; run by hand): apt-get update && $install" >&2
        exit 4
    fi
    rm -f /tmp/diachinh-apt.$$
fi
[ "${1:-}" = --check ] && exit 0

venv=${1:-.venv}
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Cần Python 3.11 trở lên (Python 3.11 or newer is needed); python3 is $(python3 -V)" >&2
    exit 4
}
echo "Cài đặt các gói Python đã khóa phiên bản (installing the locked Python packages) → $venv"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
