#!/usr/bin/env bash
# Generates a client from each document of a folder with this generator and with openapi-to-rust, lets cargo check both, and
# prints a table: operations, errors, warnings, seconds of CPU time and MiB at the peak of each.
#
#   cargo install openapi-to-rust && benches/peer.sh DIR [PROGRAM]
#
# Needs GNU time. A document that there is no client of has `-` for operations.
set -euo pipefail
documents=$(realpath "$1")
peer=${2:-openapi-to-rust}
cd "$(dirname "$0")/.."
work=$PWD/target/peer
cargo build --quiet --release --package xtask
rm -rf "$work"/ours-* "$work"/peer-*
mkdir -p "$work"

# Runs a command that prints JSON, and leaves operations, seconds and MiB in a file.
measure() {
    local into=$1 printed
    shift
    printed=$(/usr/bin/time --quiet --format '%U %S %M' --output "$into.time" timeout 300 "$@" 2> "$into.messages") || printed=
    local operations=$(grep --only-matching --max-count 1 '"operations": *[0-9]*' <<< "$printed" | grep --only-matching '[0-9]*$')
    tail -n 1 "$into.time" | awk -v "operations=${operations:--}" '{print operations, $1 + $2, int($3 / 1024)}' > "$into.figures"
}

mapfile -t names < <(cd "$documents" && grep --recursive --files-with-matches --include='*.json' --include='*.y*ml' openapi . | sort)
members=()
for index in "${!names[@]}"; do
    document=$documents/${names[index]}
    echo "Generating ${names[index]}" >&2
    ours=$work/ours-$index theirs=$work/peer-$index
    measure "$ours" target/release/xtask child --time-limit 300 "$document" "$ours"
    if [[ -e $ours/Cargo.toml ]]; then
        members+=("\"ours-$index\"")
    fi
    measure "$theirs" "$peer" generate "$document" --output-dir "$theirs/src/api" --json
    if [[ -e $theirs/src/api/mod.rs ]]; then
        echo 'pub mod api;' > "$theirs/src/lib.rs"
        printf '[package]\nname = "peer-%s"\nedition = "2024"\n' "$index" > "$theirs/Cargo.toml"
        cat "$theirs/src/api/REQUIRED_DEPS.toml" >> "$theirs/Cargo.toml"
        members+=("\"peer-$index\"")
    fi
done
list=$(IFS=,; echo "${members[*]}")
sed "s/^members = .*/members = [$list]/; /^\[profile/,\$d" Cargo.toml > "$work/Cargo.toml"
cp Cargo.lock "$work"
status=0
(cd "$work" && CARGO_TARGET_DIR=$work/target cargo check --workspace --lib --keep-going 2> "$work/check.txt") || status=$?
# cargo ends with 101 where code has errors.
((status <= 101)) || { echo "cargo was stopped: $work/check.txt" >&2; exit 1; }

# How many errors or warnings cargo has counted in a package.
count() {
    grep -F "\`$1\` (lib) " "$work/check.txt" | grep --only-matching "[0-9]* \(previous \)\?$2" | grep --only-matching '^[0-9]*' || echo 0
}

echo '| document | ours: operations | errors | warnings | s | MiB | peer: operations | errors | warnings | s | MiB |'
echo '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|'
for index in "${!names[@]}"; do
    line="| ${names[index]#./} |"
    for one in "ours-$index" "peer-$index"; do
        read -r operations seconds mib < "$work/$one.figures"
        line+=" $operations | $(count "$one" error) | $(count "$one" warning) | $seconds | $mib |"
    done
    echo "$line"
done
