#!/bin/bash
# Run once by the PostgreSQL image on an empty volume: the owner, the application's role, the database.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE kefu_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE kefu_app LOGIN PASSWORD :'app_password';
CREATE DATABASE kefu OWNER kefu_owner;
SQL
