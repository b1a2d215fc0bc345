#!/bin/sh
# Put each secret that lies in a file into its variable, then run the command: X_FILE=/run/secrets/x becomes X=….
set -eu
for name in PGPASSWORD PREFECT_API_AUTH_STRING PREFECT_SERVER_API_AUTH_STRING; do
    eval "file=\${${name}_FILE:-}"
    [ -n "$file" ] || continue
    [ -r "$file" ] || {
        echo "Không đọc được (cannot read) $file: chạy (run) sh docker/make_secrets.sh" >&2
        exit 4
    }
    value=$(cat "$file")
    export "$name=$value"
    unset "${name}_FILE"
done
exec "$@"
