#!/bin/sh
# Install diachinh from its bundle, without the internet; to be run as root in the unpacked bundle:
#   sh install.sh [FOLDER]        FOLDER is /opt/diachinh where none is given
# Nothing is fetched: apt reads the bundle's packages only, pip its wheels only (each checked against its hash).
set -eu
bundle=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/diachinh}
[ "$(id -u)" = 0 ] || {
    echo "Chạy bằng quyền root (run as root): sudo sh install.sh" >&2
    exit 4
}
settings=$(mktemp -d)
trap 'rm -rf "$settings"' EXIT
chmod 755 "$settings"
mkdir -p "$settings/lists/partial"
echo "deb [trusted=yes] file:$bundle/debs ./" >"$settings/sources.list"
cat >"$settings/apt.conf" <<CONF
Dir::Etc::sourcelist "$settings/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$settings/lists";
APT::Sandbox::User "root";
CONF
export APT_CONFIG="$settings/apt.conf" PIP_NO_INDEX=1 PIP_FIND_LINKS="$bundle/wheels" PIP_CONFIG_FILE=/dev/null
export DEBIAN_FRONTEND=noninteractive

mkdir -p "$target"
cp -a "$bundle/diachinh/." "$target/"
cd "$target"
sh scripts/setup.sh .venv
command -v make >/dev/null 2>&1 || apt-get install -y --no-install-recommends -qq make >/dev/null
touch .venv/.ready
echo "Xong (done). Thử (try): cd $target && make run"
