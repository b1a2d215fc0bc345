#!/bin/sh
# Make the passwords of docker-compose.yml, once: a private folder with one file for each. What is there stays.
#   sh docker/make_secrets.sh [FOLDER]
# Within the folder the files may be read by all, since a container reads them under another number; the folder
# itself lets nobody but its owner in.
set -eu
folder=${1:-${DIACHINH_SECRETS:-secrets}}
mkdir -p "$folder"
chmod 700 "$folder"
random() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 32; }
make() {
    [ -s "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
    chmod 444 "$folder/$1"
}
for name in admin_password worker_password prefect_database_password; do
    make "$name" "$(random)"
done
make prefect_login "diachinh:$(random)"
echo "$folder"
