#!/bin/sh
# Installs Stoa, or another version of it, from a release: the program, and beside ~/.local/bin its man pages and completions.
#
#     install.sh [--to FOLDER] [--version VERSION]
#
# FOLDER is ~/.local/bin unless it is given, and then gets nothing but the program; VERSION is the newest. Needs no rights, asks
# nothing, and can be run again. Nothing is replaced before the whole file is there, has the sum that the release names, and the
# program in it runs. STOA_REPOSITORY is the address of the repository whose release is taken, if it is not this script's own.
set -eu

fail() {
  echo "install.sh: $1" >&2
  exit "${2-1}"
}

# fetch ADDRESS FILE: returns 1 when there is no such file, and ends the script when it cannot be had.
fetch() {
  case $1 in
    http://127.0.0.1[:/]* | http://localhost[:/]*) protocols='=http,https' ;;
    *) protocols='=https' ;;
  esac
  if command -v curl >/dev/null; then
    status=$(curl --silent --show-error --location --proto "$protocols" --retry 2 --max-time 600 --output "$2" --write-out '%{http_code}' -- "$1") ||
      fail "$1 cannot be fetched; nothing was changed"
    case $status in
      200) return 0 ;;
      404 | 403 | 410) return 1 ;;
    esac
    fail "$1 cannot be fetched: status $status; nothing was changed"
  elif command -v wget >/dev/null; then
    [ "$protocols" != '=https' ] || only=--https-only
    # Not every wget has the option.
    wget --help 2>&1 | grep -q -e --https-only || only=
    # shellcheck disable=SC2086 # an option, or nothing
    wget --quiet ${only-} --tries=3 --output-document="$2" -- "$1" && return 0
    # 8: the server's answer is an error; of another wget, 1.
    case $? in
      8 | 1) return 1 ;;
    esac
    fail "$1 cannot be fetched; nothing was changed"
  else
    fail "curl or wget is needed"
  fi
}

# fetch_asset FILE: from the release of $version, or the newest one; GitHub, Forgejo and GitLab have addresses of their own.
fetch_asset() {
  for form in ${form-github forgejo gitlab}; do
    if [ -n "$version" ]; then
      case $form in
        gitlab) address=$repository/-/releases/v$version/downloads/$1 ;;
        *) address=$repository/releases/download/v$version/$1 ;;
      esac
    else
      case $form in
        github) address=$repository/releases/latest/download/$1 ;;
        forgejo) address=$repository/releases/download/latest/$1 ;;
        gitlab) address=$repository/-/releases/permalink/latest/downloads/$1 ;;
      esac
    fi
    fetch "$address" "$temporary/$1" && return 0
  done
  return 1
}

sum() {
  if command -v sha256sum >/dev/null; then
    sha256sum <"$1"
  elif command -v shasum >/dev/null; then
    shasum -a 256 <"$1"
  else
    fail "sha256sum is needed"
  fi | cut -d ' ' -f 1
}

# put FILE MODE PLACE: another process finds the old file there, or the new one, and nothing between.
put() {
  mkdir -p "$(dirname "$3")"
  cp "$1" "$3.new.$$" || { rm -f "$3.new.$$"; fail "$3 cannot be written; what was there is as it was"; }
  chmod "$2" "$3.new.$$"
  mv -f "$3.new.$$" "$3"
}

main() {
  repository='@repository@'
  repository=${STOA_REPOSITORY-$repository}
  folder='' version=''
  while [ $# -gt 0 ]; do
    case $1 in
      --to) [ $# -gt 1 ] || fail "--to wants a folder" 64; folder=$2; shift 2 ;;
      --version) [ $# -gt 1 ] || fail "--version wants a version" 64; version=${2#v}; shift 2 ;;
      --help) echo "usage: install.sh [--to FOLDER] [--version VERSION]"; return 0 ;;
      *) fail "unknown argument: $1; usage: install.sh [--to FOLDER] [--version VERSION]" 64 ;;
    esac
  done
  case $version in
    *[!0-9A-Za-z.+-]*) fail "this is no version: $version" 64 ;;
  esac
  case $repository in
    https://?* | http://127.0.0.1[:/]* | http://localhost[:/]*) repository=${repository%/} repository=${repository%.git} ;;
    *) fail "STOA_REPOSITORY must be the https address of the repository whose release is wanted" 64 ;;
  esac

  system=$(uname -s) machine=$(uname -m)
  [ "$system" = Linux ] || fail "there are releases for Linux alone, and this is $system; Stoa's README says how to compile it"
  case $machine in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
  esac

  temporary=$(mktemp -d)
  trap 'rm -rf "$temporary"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP

  # The list of sums says which version is the newest, and which files there are.
  fetch_asset SHA256SUMS || fail "there is no release ${version:+$version }of Stoa at $repository"
  line=$(grep -E "^[0-9a-f]{64} [ *]stoa-[0-9A-Za-z.+-]+-linux-$machine\.tar\.gz\$" "$temporary/SHA256SUMS") || {
    grep -qE '^[0-9a-f]{64} [ *]stoa-' "$temporary/SHA256SUMS" || fail "$repository has no list of sums for its release; nothing was changed"
    fail "the release has no program for this machine ($machine); Stoa's README says how to compile it"
  }
  [ "$(printf '%s\n' "$line" | wc -l)" -eq 1 ] || fail "the release has several programs for this machine; nothing was changed"
  wanted=${line%% *} name=${line#*stoa-} name=stoa-$name
  found=${name#stoa-} found=${found%-linux-*}
  [ -z "$version" ] || [ "$version" = "$found" ] || fail "the release of $version holds $found; nothing was changed"
  version=$found

  fetch_asset "$name" || fail "the release names $name and does not have it; nothing was changed"
  [ "$(sum "$temporary/$name")" = "$wanted" ] ||
    fail "$name is not the file that the release names: its sum is another one, or it did not arrive whole; nothing was changed"
  tar -xzf "$temporary/$name" -C "$temporary" || fail "$name cannot be unpacked; nothing was changed"
  unpacked=$temporary/${name%.tar.gz}
  shown=$("$unpacked/bin/stoa" --version 2>"$temporary/error") ||
    fail "the program does not run here: $(head -n 1 "$temporary/error"). It needs glibc 2.35 or newer; nothing was changed"
  [ "$shown" = "$version" ] || fail "the program calls itself $shown and its release $version; nothing was changed"

  share=
  if [ -z "$folder" ]; then
    folder=${HOME:?install.sh: HOME is not set: say --to FOLDER}/.local/bin
    share=$HOME/.local/share
  fi
  case $folder in
    /*) ;;
    *) folder=$PWD/$folder ;;
  esac
  before=$("$folder/stoa" --version 2>/dev/null) || before=
  put "$unpacked/bin/stoa" 755 "$folder/stoa"
  if [ -n "$share" ]; then
    (cd "$unpacked/share" && find . -type f ! -path './doc/*') | while read -r file; do
      put "$unpacked/share/$file" 644 "$share/${file#./}"
    done
  fi
  case $before in
    '') echo "Installed Stoa $version: $folder/stoa" ;;
    "$version") echo "Installed Stoa $version again: $folder/stoa" ;;
    *) echo "Updated Stoa from $before to $version: $folder/stoa" ;;
  esac
  case :$PATH: in
    *:"$folder":*) ;;
    *) echo "Your shell does not look into $folder yet: export PATH=\"$folder:\$PATH\"" ;;
  esac
}

# All of it is read before anything is done: half a download of this script does nothing.
{ main "$@"; exit; }
