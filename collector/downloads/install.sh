#!/bin/sh
# Installs or upgrades tramdo-agent @VERSION@ and joins this PC to a collector:
#
#   sh install.sh 'tramdo://…' [--proxy URL] [--scheduled | --resident]
#
# Exit status: 0 done, 1 something else, 2 wrong call, 3 not root, 4 this system is not supported, 5 download failed,
# 6 the package is not the one this script names, 7 the package was not installed, 8 the service was not installed.
#
# The braces around everything: a shell runs nothing before it has read the last one, so that a download that was cut
# off runs nothing at all.
{
set -u
umask 022

# platform, architecture, format, SHA-256, name
packages() {
  cat <<'END'
@PACKAGES@
END
}

# tell ENGLISH VIETNAMESE: in the language of the system.
tell() {
  case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    vi*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# fail STATUS ENGLISH VIETNAMESE
fail() {
  status=$1
  shift
  tell "$@" >&2
  exit "$status"
}

has() { command -v "$1" >/dev/null 2>&1; }

usage() {
  fail 2 "Use: sh install.sh 'tramdo://…' [--proxy URL] [--scheduled | --resident]" \
    "Cách dùng: sh install.sh 'tramdo://…' [--proxy URL] [--scheduled | --resident]"
}

read_arguments() {
  join='' proxy='' mode=''
  while [ $# -gt 0 ]; do
    case "$1" in
      --proxy) [ $# -ge 2 ] || usage; proxy=$2; shift ;;
      --scheduled | --resident) mode=$1 ;;
      tramdo://*) join=$1 ;;
      *) usage ;;
    esac
    shift
  done
  [ -n "$join" ] || usage
  name='(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+):[0-9]{1,5}'
  case "$join" in *[![:print:]]* | *' '*) join='' ;; esac
  printf '%s\n' "$join" | grep -Eq "^tramdo://$name/#[A-Za-z0-9_-]{16,128}(\.[A-Za-z0-9_-]{43})?\$" ||
    fail 2 'The join string is not complete: copy the whole line again.' \
      'Chuỗi tham gia không đầy đủ: hãy chép lại cả dòng.'
}

# Where the collector is and by what it is known, all from the join string.
read_join_string() {
  address=${join#tramdo://}
  secret=${address#*/#}
  address=${address%%/#*}
  pin=''
  case "$secret" in
    # curl and wget want the pin in standard base64.
    *.*) pin="sha256//$(printf '%s=' "${secret#*.}" | tr '_-' '/+')" ;;
  esac
  scheme=https
  if [ -z "$pin" ]; then
    case "${address%:*}" in
      127.*[!0-9.]*) ;;
      localhost | '[::1]' | 127.*) scheme=http ;;
    esac
  fi
}

check_root() {
  [ "$(id -u)" -eq 0 ] ||
    fail 3 'This must run as root: put sudo before sh.' 'Cần chạy bằng quyền root: thêm sudo trước sh.'
}

find_architecture() {
  case "$(uname -s)" in
    Linux) platform=linux ;;
    Darwin) platform=darwin ;;
    *) fail 4 "There is no agent for $(uname -s)." "Chưa có bản cho $(uname -s)." ;;
  esac
  machine=$(uname -m)
  case "$machine" in
    x86_64 | amd64) architecture=x64 ;;
    aarch64 | arm64) architecture=arm64 ;;
    *) architecture=none ;;
  esac
  # A 32-bit system may run on a 64-bit kernel.
  if has getconf && [ "$(getconf LONG_BIT 2>/dev/null)" = 32 ]; then architecture=none; fi
  [ "$architecture" != none ] ||
    fail 4 "There is no agent for this processor or 32-bit system ($machine): leave this PC as declared." \
      "Chưa có bản cho bộ xử lý này hoặc hệ 32 bit ($machine): hãy giữ máy này ở dạng kê khai."
  if [ "$platform" = linux ] && has ldd && ldd --version 2>&1 | grep -qi musl; then
    fail 4 'There is no agent for Linux with musl, such as Alpine: it needs glibc.' \
      'Chưa có bản cho Linux dùng musl như Alpine: cần glibc.'
  fi
}

# The package for this PC; a tar where there is none of the system's own format.
choose_package() {
  format=tar
  if [ "$platform" = linux ]; then
    if has dpkg && [ -s /var/lib/dpkg/status ]; then
      format=deb
    elif has rpm && { [ -d /var/lib/rpm ] || [ -d /usr/lib/sysimage/rpm ]; }; then
      format=rpm
    fi
  fi
  row=$(packages | grep "^$platform $architecture $format ")
  if [ -z "$row" ]; then
    format=tar
    row=$(packages | grep "^$platform $architecture tar ")
  fi
  [ -n "$row" ] ||
    fail 4 "The collector has no package for $platform $architecture: tell whoever runs it." \
      "Máy chủ không có gói cho $platform $architecture: hãy báo người quản trị máy chủ."
  row=${row#"$platform $architecture $format "}
  sha256=${row%% *}
  package=${row#* }
  case "$platform" in
    linux) program=/usr/lib/tramdo-agent command=/usr/bin/tramdo-agent ;;
    *) program=/usr/local/lib/tramdo-agent command=/usr/local/bin/tramdo-agent ;;
  esac
}

is_installed() {
  case "$format" in
    deb)
      installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Version}' tramdo-agent 2>/dev/null) || return 1
      case "$installed" in 'ii '*) ;; *) return 1 ;; esac
      dpkg --compare-versions "${installed#ii }" ge '@VERSION@'
      ;;
    rpm) [ "$(rpm -q --qf '%{VERSION}' tramdo-agent 2>/dev/null)" = '@VERSION@' ] ;;
    *) [ "$(cat "$program/package.sha256" 2>/dev/null)" = "$sha256" ] && [ -x "$command" ] ;;
  esac
}

# fetch URL FILE: from the server with the pin of the join string, or that an authority vouches for.
fetch() {
  if [ -n "$proxy" ]; then export https_proxy="$proxy"; fi
  if has curl; then
    if [ -z "$pin" ]; then curl -fsS --connect-timeout 30 -o "$2" "$1"; return; fi
    # The pin is what is trusted, and curl compares it with -k too.
    curl -fsSk --connect-timeout 30 --pinnedpubkey "$pin" -o "$2" "$1"
    return
  fi
  if has wget; then
    if [ -z "$pin" ]; then wget -q -O "$2" "$1"; return; fi
    if wget --help 2>&1 | grep -q -e --pinnedpubkey; then
      wget -q --no-check-certificate --pinnedpubkey="$pin" -O "$2" "$1"
      return
    fi
  fi
  tell 'Install curl first.' 'Hãy cài curl trước.' >&2
  return 1
}

hash_of() {
  if has sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

download() {
  folder=$(mktemp -d) || fail 1 'Cannot make a temporary folder.' 'Không tạo được thư mục tạm.'
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
  tell "Downloading $package" "Đang tải $package"
  fetch "$scheme://$address/packages/$package" "$folder/$package" ||
    fail 5 "Cannot download $package from $address: check the line, the proxy, and the join string." \
      "Không tải được $package từ $address: hãy kiểm tra đường truyền, proxy và chuỗi tham gia."
  found=$(hash_of "$folder/$package")
  [ "$found" = "$sha256" ] ||
    fail 6 "Refused $package: its SHA-256 is $found and not $sha256. Nothing was installed; tell whoever runs the collector." \
      "Từ chối $package: SHA-256 là $found, không phải $sha256. Chưa cài gì cả; hãy báo người quản trị máy chủ."
}

# run_quietly COMMAND...: what it says is shown only when it fails.
run_quietly() {
  "$@" >"$folder/log" 2>&1 && return 0
  cat "$folder/log" >&2
  return 1
}

unpack() {
  mkdir "$folder/tree" && tar -xzof "$folder/$package" -C "$folder/tree" || return 1
  launcher=$(find "$folder/tree" -type f -name tramdo-agent.mjs | head -n 1)
  [ -n "$launcher" ] || return 1
  printf '%s\n' "$sha256" >"${launcher%/*}/package.sha256" || return 1
  # The new folder takes the place of the old one whole: whatever still runs keeps the files it has open.
  rm -rf "$program.new" "$program.old"
  mkdir -p "${program%/*}" "${command%/*}" && cp -R "${launcher%/*}" "$program.new" || return 1
  # A power cut must not leave a program of empty files that looks installed.
  sync
  if [ -d "$program" ]; then mv "$program" "$program.old" || return 1; fi
  mv "$program.new" "$program" || return 1
  rm -rf "$program.old"
  ln -sf "$program/tramdo-agent" "$command"
}

install_deb() {
  export DEBIAN_FRONTEND=noninteractive
  run_quietly dpkg -i "$folder/$package" && return 0
  # A library may be missing, which apt can fetch.
  has apt-get && run_quietly apt-get install -q -y --no-install-recommends "$folder/$package"
}

install_package() {
  case "$format" in
    deb) install_deb ;;
    rpm) run_quietly rpm -U "$folder/$package" ;;
    *) unpack ;;
  esac || fail 7 "The package was not installed: see the lines above." 'Không cài được gói: xem các dòng phía trên.'
}

install_service() {
  set -- service install --join "$join"
  if [ -n "$proxy" ]; then set -- "$@" --proxy "$proxy"; fi
  if [ -n "$mode" ]; then set -- "$@" "$mode"; fi
  "$command" "$@" ||
    fail 8 "The program is installed, but the service is not: see the lines above, then run this again." \
      'Chương trình đã cài nhưng dịch vụ thì chưa: xem các dòng phía trên rồi chạy lại.'
}

main() {
  read_arguments "$@"
  read_join_string
  check_root
  find_architecture
  choose_package
  if is_installed; then
    tell 'tramdo-agent @VERSION@ or newer is installed already.' 'tramdo-agent @VERSION@ hoặc mới hơn đã được cài.'
  else
    download
    install_package
  fi
  install_service
  tell 'Done. "tramdo-agent status" says more.' 'Xong. Chạy "tramdo-agent status" để xem thêm.'
}

main "$@" </dev/null
exit
}
