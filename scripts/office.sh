#!/usr/bin/env bash
# LibreOffice's spreadsheet without a screen, for the tests that open downloads in it: the one on PATH, else Debian's.
set -eu
for name in soffice libreoffice localc; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
echo "No LibreOffice on PATH: installing Debian's for the tests of downloads."
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui
