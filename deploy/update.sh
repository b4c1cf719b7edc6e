#!/usr/bin/env bash
# Brings an installed Rückgrat to another version, and back by itself if that one is ill.
#
#   sudo deploy/update.sh                    to the version of this folder
#   sudo deploy/update.sh ARCHIVE|FOLDER     to the version of a release archive or a folder
#   sudo deploy/update.sh --back             back to the version before
#
# Options: --dry-run only says what it would do; --anyway keeps it even if its doctor finds fault.
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

teller=update
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
            fail "'$source' is no archive, or damaged. Download it anew."
        source=$(find "$unpacked" -maxdepth 2 -name main.py -printf '%h\n' | head -n 1)
    fi
    [ -f "$source/deploy/update.sh" ] ||
        fail "There is no release of Rückgrat in it. Name a release archive, or a folder."
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
        say "systemd does not run here, so the service is not started."
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
    say "going back to $old; settings and history are as before"
    stop_service
    restore_state
    switch_to "$old"
    restart_service || say "Warning: the old version does not start either. What it finds: sudo rueckgrat doctor"
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
        say "Warning: its doctor finds fault (see $report). It is kept, as you asked."
        return
    fi
    if is_healthy "$old"; then
        go_back
        discard_new
        fail "Version $new would not work on this machine, so $old stays. Why: $log"
    fi
    go_back
    fail "Training works with neither version: it is not the update. See $report, then try again, or use --anyway."
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
    [ -n "$old" ] || fail "Nothing is installed yet. Type: sudo deploy/install.sh"
    if [ "$new" = "$old" ]; then
        say "Version $new is the current one: nothing to do."
        return
    fi
    say "from $old to $new"
    check_machine
    install_packages
    stage "$source"
    change_over
    if [ $dry_run = no ]; then say "done: Rückgrat $new. The version before stays: deploy/update.sh --back"; fi
}

# From the current version to $new, or nowhere.
change_over() {
    if [ $dry_run = yes ]; then
        say "stopping the service, asking the new version's doctor, switching over, starting the service"
        say "going back by itself if the doctor finds fault or the service does not start"
        say "This was the plan; nothing has been changed."
        return
    fi
    at_risk=yes
    stop_service
    keep_state
    say "asking the doctor of $new"
    check_health
    switch_to "$new"
    say "starting it"
    if ! restart_service; then
        go_back
        discard_new
        fail "Version $new does not start, so $old is back. Why: journalctl -u rueckgrat"
    fi
    at_risk=no
    link previous "$old"
    tidy
}

go_to_previous() {
    old=$(current_version current)
    new=$(current_version previous)
    { [ -n "$new" ] && is_complete "$new"; } || fail "There is no version before this one."
    say "from $old back to $new"
    change_over
    if [ $dry_run = no ]; then say "done: Rückgrat $new"; fi
}

if [ $dry_run = no ] && [ "$(id -u)" != 0 ]; then
    fail "This changes the system, so it needs the administrator's rights. Type: sudo $0 $*"
fi
cd /
umask 022
trap leave EXIT
trap 'exit 130' INT TERM HUP
if [ $back = yes ]; then go_to_previous; else update; fi
