#!/usr/bin/env bash
# Packs dist/rueckgrat-VERSION.tar.gz: everything that deploy/install.sh needs, speech model included.
set -euo pipefail
cd "$(dirname "$0")/.."

teller=release
log=/dev/null
dry_run=no
# shellcheck source=deploy/lib.sh
. deploy/lib.sh
# shellcheck source=deploy/versions.sh
. deploy/versions.sh

check_source .
version=$(version_of .)
archive=dist/rueckgrat-$version.tar.gz
mkdir -p dist
# The same files give the same archive, byte for byte.
tar -c --exclude=__pycache__ --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 \
    --mode=u=rwX,go=rX --transform "s|^|rueckgrat-$version/|" "${shipped[@]}" | gzip -n9 >"$archive"
(cd dist && sha256sum "$(basename "$archive")" >"$(basename "$archive").sha256")
say "$archive ($(du -h "$archive" | cut -f1)), with its checksum beside it"
