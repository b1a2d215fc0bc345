#!/bin/sh
# Run once by the PostGIS image on an empty volume: the workers' login with its password. It owns nothing; what it
# may do is granted by `diachinh db migrate`.
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    -v "password=$(cat "${WORKER_PASSWORD_FILE:?}")" <<'SQL'
create role diachinh_worker login nosuperuser nocreatedb nocreaterole nobypassrls password :'password';
SQL
