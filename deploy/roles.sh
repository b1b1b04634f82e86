#!/bin/sh
# Make Onpoint's two roles and its database in a new server; the container runs this once.
# Names and passwords are those of the two addresses: postgresql://NAME:PASSWORD@host/database
set -eu

part() { printf '%s' "$1" | sed -E "s#^postgresql://([^:]+):([^@]+)@[^/]+/([^?]+).*#\\$2#"; }

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set owner="$(part "$ONPOINT_OWNER_URL" 1)" --set owner_password="$(part "$ONPOINT_OWNER_URL" 2)" \
  --set app="$(part "$DATABASE_URL" 1)" --set app_password="$(part "$DATABASE_URL" 2)" \
  --set database="$(part "$DATABASE_URL" 3)" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"app" LOGIN PASSWORD :'app_password';
CREATE DATABASE :"database" OWNER :"owner";
\connect :"database"
CREATE EXTENSION vector;
SQL
