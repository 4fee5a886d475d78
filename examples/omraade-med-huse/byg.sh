#!/bin/sh
# Laver områdets arkiv med to udgaver af skabelonen og et arkiv til hvert hus, alle i git.
# Brug: byg.sh MAPPE
set -eu
from=$(cd "$(dirname "$0")" && pwd)
to=${1:?Skriv den mappe, arkiverne skal ligge i}
mkdir -p "$to"

# Ens hver gang: samme navn og samme dag.
export GIT_AUTHOR_NAME='Området ved Åen' GIT_AUTHOR_EMAIL='omraadet@aaen.test'
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
gem() { # mappe, dag, ord
  git -C "$1" add -A
  GIT_AUTHOR_DATE="$2T12:00:00Z" GIT_COMMITTER_DATE="$2T12:00:00Z" git -C "$1" commit -q -m "$3"
}

git init -q -b main "$to/skabeloner"
for udgave in 2026-1 2027-1; do
  rm -rf "$to/skabeloner/botilbud"
  cp -R "$from/skabeloner/$udgave/botilbud" "$to/skabeloner/botilbud"
  gem "$to/skabeloner" "${udgave%-1}-01-04" "Udgave $udgave"
  git -C "$to/skabeloner" tag "$udgave"
done

# Listen over husene, som et arkiv for sig selv.
for hus in overblik hus-a hus-b hus-c; do
  git init -q -b main "$to/$hus"
  cp -R "$from/$hus/." "$to/$hus/"
  gem "$to/$hus" 2026-02-02 'Den første udgave'
done
