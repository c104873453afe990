#!/usr/bin/env bash
# The README's two commands on a minimal Debian (python3 and git, nothing else), as root and as a user.
#   packaging/try_debian.sh [SUITE] [pytest words...]     SUITE: bookworm (default), trixie, ...
# Needs root, debootstrap and a network. What is committed is tried. The host's resolver, certificates and pip settings go
# along, as a machine behind a proxy needs them. Everything happens in a temporary folder.
set -euo pipefail
if [ "${1:-}" != --inside ]; then exec unshare --mount -- bash "$0" --inside "$@"; fi   # mounts end with this process
shift
suite=${1:-bookworm}; [ $# -eq 0 ] || shift
project=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d); chmod 755 "$root"; trap 'umount "$root/proc" "$root/dev/null" "$root/dev/urandom" "$root/dev/shm" 2> /dev/null || true; rm -rf --one-file-system "$root"' EXIT
say() { printf '\n== %s (after %d s)\n' "$1" "$SECONDS"; }

say "minimal Debian $suite in $root"
debootstrap --variant=minbase --include=python3,git,ca-certificates "$suite" "$root" ${MIRROR:+"$MIRROR"} > "$root.log" 2>&1 ||
  { tail "$root.log"; exit 1; }
rm -f "$root.log"
for file in /etc/resolv.conf /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do [ ! -e "$file" ] || cp -L "$file" "$root$file"; done
mount -t proc proc "$root/proc"
for device in null urandom; do [ -e "$root/dev/$device" ] || touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
mkdir -p "$root/dev/shm"; mount -t tmpfs tmpfs "$root/dev/shm"
chroot "$root" useradd --create-home user
mapfile -t settings < <(env | grep -iE '^(https?_proxy|no_proxy|pip_|ssl_cert_file)' || true)
as() {  # as USER SHELL-LINE
  local home; home=$(chroot "$root" sh -c "echo ~$1")
  chroot --userspec="$1" "$root" env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${settings[@]}" \
    bash -c "cd ~/desktop-broker && $2" < /dev/null
}
for person in user root; do
  home=$(chroot "$root" sh -c "echo ~$person")
  git clone --quiet "$project" "$root$home/desktop-broker"
  chroot "$root" chown -R "$person" "$home/desktop-broker"
done

say "a user is told the line to run"
for use in run test; do
  if as user "python3 packaging/bootstrap.py $use" 2> "$root/said"; then echo "it should have stopped" >&2; exit 1; fi
  cat "$root/said"
  line=$(grep -o 'apt-get update && .*' "$root/said")
done
trial() {
  say "run, as $1"; as "$1" "touch ~/output; python3 packaging/bootstrap.py run --ephemeral --port 0 > ~/output & until grep -q BOOTSTRAP= ~/output; do kill -0 \$! || exit 1; sleep 0.2; done; cat ~/output; kill -TERM \$!; wait \$!"
  say "test, as $1"; as "$1" "python3 packaging/bootstrap.py test ${*:2}"
}
trial root "$@"
say "the line that the user was told"
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "${settings[@]}" sh -c "$line" > /dev/null
trial user "$@"
say "both commands work, as root and as a user"
