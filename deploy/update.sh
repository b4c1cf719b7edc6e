#!/usr/bin/env bash
# Brings an installed Rückgrat to another version, and back by itself if that one is ill.
#
#   sudo deploy/update.sh                    auf die Version aus diesem Ordner
#   sudo deploy/update.sh ARCHIV|ORDNER      auf die Version aus einem Archiv oder einem Ordner
#   sudo deploy/update.sh --back             zurück zur Version davor
#
# --dry-run sagt nur, was es tun würde; --anyway behält sie, auch wenn ihr doctor etwas findet.
# Settings and history are kept, and are as they were before if the new version has to go.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    sed -n '4,8s/^# *//p' "$0" >&2
    exit 2
}

dry_run=no
anyway=no
back=no
source=
for argument in "$@"; do
    case $argument in
    --dry-run) dry_run=yes ;;
    --anyway) anyway=yes ;;
    --back) back=yes ;;
    -*) usage ;;
    *)
        if [ -n "$source" ]; then usage; fi
        source=$(realpath -- "$argument")
        ;;
    esac
done
if [ $back = yes ] && [ -n "$source" ]; then usage; fi

teller=Update
log=${ROOT:-}/var/log/rueckgrat-install.log
# shellcheck source=deploy/lib.sh
. "$here/deploy/lib.sh"
# shellcheck source=deploy/versions.sh
. "$here/deploy/versions.sh"

start_patience_seconds=180
doctor_patience_seconds=300
unpacked=
at_risk=no # whether the old version must be restored if this script ends now

# --- The new version -------------------------------------------------------------------------

# Sets `source` to a folder.
find_source() {
    if [ -z "$source" ]; then source=$here; fi
    if [ -f "$source" ]; then
        unpacked=$(mktemp -d)
        tar -x -f "$source" -C "$unpacked" --no-same-owner 2>>"$log" ||
            fail "'$source' ist kein Archiv, oder beschädigt. Lade es noch einmal herunter."
        source=$(find "$unpacked" -maxdepth 2 -name main.py -printf '%h\n' | head -n 1)
    fi
    [ -f "$source/deploy/update.sh" ] ||
        fail "Darin ist kein Rückgrat. Nenn mir das Archiv einer Version, oder einen Ordner."
}

# A newer version knows best what it consists of and what it needs: its own script does it.
hand_over() {
    local options=()
    if [ $dry_run = yes ]; then options+=(--dry-run); fi
    if [ $anyway = yes ]; then options+=(--anyway); fi
    bash "$source/deploy/update.sh" "${options[@]}"
}

# --- Settings and history --------------------------------------------------------------------

kept=$state/before-update

keep_state() {
    rm -rf "$kept"
    mkdir -m 700 "$kept"
    cp -a "$state/config" "$state/data" "$kept/"
}

# A new version may have changed what the old one cannot read.
restore_state() {
    local name
    for name in config data; do
        rm -rf "$state/$name.new"
        cp -a "$kept/$name" "$state/$name.new"
        rm -rf "${state:?}/$name"
        mv "$state/$name.new" "$state/$name"
    done
}

# --- The service -----------------------------------------------------------------------------

stop_service() { if systemd_runs; then logged systemctl stop rueckgrat || true; fi; }

# Succeeds once the trainer hears.
restart_service() {
    if ! systemd_runs; then
        say "systemd läuft hier nicht, deshalb starte ich den Dienst nicht."
        return
    fi
    logged timeout "$start_patience_seconds" systemctl restart rueckgrat
}

# --- There and back --------------------------------------------------------------------------

switch_to() {
    link current "$1"
    place "$1"
}

go_back() {
    at_risk=no
    say "Ich gehe zurück zu $old; Einstellungen und Verlauf sind wie vorher."
    stop_service
    restore_state
    switch_to "$old"
    restart_service || say "Achtung: Auch die alte Version startet nicht. Woran es liegt, sagt: sudo rueckgrat doctor"
}

# A version that has failed is of no use; the one before this one stays in any case.
discard_new() { if [ "$new" != "$(current_version previous)" ]; then rm -rf "${opt:?}/versions/$new"; fi; }

# On every way out: an interrupted update is undone, unpacked files go.
leave() {
    local code=$?
    if [ $at_risk = yes ]; then go_back; fi
    if [ -n "$unpacked" ]; then rm -rf "$unpacked"; fi
    exit "$code"
}

check_health() {
    if is_healthy "$new"; then return; fi
    if [ $anyway = yes ]; then
        say "Achtung: Ihr doctor findet Fehler (siehe $report). Du wolltest sie trotzdem, also bleibt sie."
        return
    fi
    if is_healthy "$old"; then
        go_back
        discard_new
        fail "Version $new würde auf diesem Gerät nicht gehen, also bleibt $old. Warum, steht in $log."
    fi
    go_back
    fail "Das Training geht mit keiner der beiden Versionen: Am Update liegt es nicht. Sieh in $report nach, und versuch es noch einmal, oder nimm --anyway."
}

update() {
    find_source
    if [ "$source" != "$here" ]; then
        hand_over
        return
    fi
    check_source "$source"
    new=$(version_of "$source")
    old=$(current_version current)
    [ -n "$old" ] || fail "Noch ist nichts installiert. Tippe: sudo deploy/install.sh"
    if [ "$new" = "$old" ]; then
        say "Version $new läuft schon, es gibt nichts zu tun."
        return
    fi
    say "Von $old zu $new."
    check_machine
    install_packages
    stage "$source"
    change_over
    if [ $dry_run = no ]; then say "Fertig: Rückgrat $new. Zurück zur Version davor: sudo deploy/update.sh --back"; fi
}

# From the current version to $new, or nowhere.
change_over() {
    if [ $dry_run = yes ]; then
        say "Ich halte den Dienst an, frage den doctor der neuen Version, wechsle zu ihr und starte den Dienst."
        say "Findet er einen Fehler oder startet der Dienst nicht, gehe ich von selbst zurück."
        say "Das war der Plan, verändert ist nichts."
        return
    fi
    at_risk=yes
    stop_service
    keep_state
    say "Ich frage den doctor von $new."
    check_health
    switch_to "$new"
    say "Ich starte den Dienst."
    if ! restart_service; then
        go_back
        discard_new
        fail "Version $new startet nicht, also läuft wieder $old. Warum, sagt: journalctl -u rueckgrat"
    fi
    at_risk=no
    link previous "$old"
    tidy
}

go_to_previous() {
    old=$(current_version current)
    new=$(current_version previous)
    { [ -n "$new" ] && is_complete "$new"; } || fail "Vor dieser gibt es keine Version."
    say "Von $old zurück zu $new."
    change_over
    if [ $dry_run = no ]; then say "Fertig: Rückgrat $new."; fi
}

if [ $dry_run = no ] && [ "$(id -u)" != 0 ]; then
    fail "Das verändert das System, dafür brauche ich mehr Rechte. Tippe: sudo $0 $*"
fi
cd /
umask 022
trap leave EXIT
trap 'exit 130' INT TERM HUP
if [ $back = yes ]; then go_to_previous; else update; fi
