#!/usr/bin/env bash
# Makes this machine a voice trainer that is there day and night.
#
#   sudo deploy/install.sh               installs, or brings an older installation up to date
#   deploy/install.sh --dry-run          only says what it would do
#   sudo deploy/install.sh --uninstall   removes it; settings and history stay (--purge: they go, too)
#
# From a checkout or an unpacked release. Run again it does nothing that is done already.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    sed -n '4,6s/^# *//p' "$0" >&2
    exit 2
}

dry_run=no
goal=install
purge=no
for argument in "$@"; do
    case $argument in
    --dry-run) dry_run=yes ;;
    --uninstall) goal=uninstall ;;
    --purge) purge=yes ;;
    *) usage ;;
    esac
done
if [ $purge = yes ] && [ $goal = install ]; then usage; fi

teller=install
log=${ROOT:-}/var/log/rueckgrat-install.log
# shellcheck source=deploy/lib.sh
. "$here/deploy/lib.sh"
# shellcheck source=deploy/versions.sh
. "$here/deploy/versions.sh"

settings_link=$root/etc/rueckgrat
boot_link=$root/etc/systemd/system/multi-user.target.wants/rueckgrat.service

# --- Installing ------------------------------------------------------------------------------

make_user() {
    local group
    if ! getent passwd "$user" >/dev/null; then
        step "making the user $user, whom nobody can log in as" logged useradd --system \
            --user-group --home-dir /var/lib/rueckgrat --no-create-home --shell /usr/sbin/nologin "$user"
    fi
    for group in audio gpio; do
        if getent group $group >/dev/null && ! is_member $group; then
            step "letting it use ${group}" logged usermod --append --groups $group "$user"
        fi
    done
}

is_member() {
    case " $(id -nG "$user" 2>/dev/null) " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

make_state() {
    if [ ! -d "$state/config" ]; then
        step "making $state for settings and history" make_state_folders
    fi
    if [ ! -e "$state/config/settings.toml" ]; then
        step "writing the settings file $state/config/settings.toml" write_settings
    fi
    if [ ! -L "$settings_link" ]; then
        step "linking $settings_link to it" ln -sn /var/lib/rueckgrat/config "$settings_link"
    fi
}

make_state_folders() {
    install -d -o "$user" -g "$user" -m 750 "$state" "$state/config" "$state/data" "$state/cache"
}

write_settings() {
    local card
    card=$(only_speakerphone)
    {
        echo "# Settings of Rückgrat, one a line. What can be set: rueckgrat --help"
        echo "# After a change: sudo systemctl restart rueckgrat"
        echo
        if [ -n "$card" ]; then
            say "It will use '$card' as microphone and loudspeaker."
            printf 'microphone = "%s"\nspeaker = "%s"\n' "$card" "$card"
        else
            printf '# microphone = "part of its name"\n# speaker = "part of its name"\n'
        fi
    } >"$state/config/settings.toml"
    chown "$user:$user" "$state/config/settings.toml"
    chmod 640 "$state/config/settings.toml"
}

# The name of the one card that both hears and speaks; nothing where there is none or a choice. Without
# it the system's default would speak: on a Raspberry Pi the screen.
only_speakerphone() {
    local folder found=()
    for folder in "$root"/proc/asound/card[0-9]*; do
        if compgen -G "$folder/pcm*c" >/dev/null && compgen -G "$folder/pcm*p" >/dev/null; then
            found+=("${folder##*card}")
        fi
    done
    if [ ${#found[@]} = 1 ]; then
        sed -n "s/^ *${found[0]} \[.*\]: .* - \(.*\)/\1/p" "$root/proc/asound/cards" | tr -d '"[:cntrl:]'
    fi
}

start_service() {
    if ! systemd_runs; then
        say "systemd does not run here, so the service is only placed: it starts with the next boot."
        [ -L "$boot_link" ] || step "switching on the service" enable_offline
    elif ! systemctl is-active --quiet rueckgrat || ! systemctl is-enabled --quiet rueckgrat; then
        step "switching on the service" logged systemctl enable rueckgrat
        # Without a microphone the start takes as long as nobody plugs one in.
        step "starting it" logged systemctl restart --no-block rueckgrat
    fi
}

enable_offline() {
    mkdir -p "$(dirname "$boot_link")"
    ln -sn /etc/systemd/system/rueckgrat.service "$boot_link"
}

check_root() {
    if [ $dry_run = no ] && [ "$(id -u)" != 0 ]; then
        fail "This changes the system, so it needs the administrator's rights. Type: sudo $0 $*"
    fi
}

install_all() {
    local version
    check_source "$here"
    check_machine
    version=$(version_of "$here")
    if [ -n "$(current_version current)" ] && [ "$(current_version current)" != "$version" ]; then
        say "There is version $(current_version current) already: bringing it up to date."
        if [ $dry_run = yes ]; then exec "$here/deploy/update.sh" --dry-run; fi
        exec "$here/deploy/update.sh"
    fi
    install_packages
    make_user
    stage "$here"
    if [ "$(current_version current)" != "$version" ]; then
        step "making it the current version" link current "$version"
    fi
    make_state
    place "$version"
    start_service
    if [ $dry_run = yes ]; then
        say "This was the plan; nothing has been changed."
    else
        say "done: Rückgrat $version. Say 'hallo trainer'. If it stays silent: sudo rueckgrat doctor"
    fi
}

# --- Removing --------------------------------------------------------------------------------

uninstall() {
    if systemd_runs && [ -e "$unit" ]; then
        step "stopping the service" logged systemctl disable --now rueckgrat || true
    fi
    remove "the service" "$unit" "$unit.d" "$boot_link"
    if systemd_runs; then step "telling systemd" logged systemctl daemon-reload || true; fi
    remove "the command" "$command"
    remove "the link to the settings" "$settings_link"
    remove "the program" "$opt"
    if [ $purge = yes ]; then
        remove "settings and history" "$state"
        if getent passwd "$user" >/dev/null; then
            step "removing the user $user" logged userdel "$user"
        fi
    elif [ -d "$state" ]; then
        say "Settings and history stay in $state, and the user $user to whom they belong; --purge removes them."
    fi
    say "System packages stay: others may use them."
    if [ $dry_run = yes ]; then
        say "This was the plan; nothing has been changed."
    else
        say "done: Rückgrat is removed."
    fi
}

remove() {
    local what=$1 path there=()
    shift
    for path in "$@"; do
        if [ -e "$path" ] || [ -L "$path" ]; then there+=("$path"); fi
    done
    if [ ${#there[@]} != 0 ]; then step "removing $what: ${there[*]}" rm -rf "${there[@]}"; fi
}

check_root "$@"
cd /
umask 022
if [ $dry_run = no ]; then { mkdir -p "$(dirname "$log")" && : >>"$log"; } 2>/dev/null ||
    fail "Nothing can be written to $log: the disk is full or read-only. Free some space, or replace the card."; fi
case $goal in
install) install_all ;;
uninstall) uninstall ;;
esac
