//! `cargo xtask regen` that is killed, meets links, runs out of disk, or out of time and memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{SPEC, read, workspace, write, xtask};

/// The number of runs that are killed.
const KILLED: u32 = 40;

/// The files below a folder, by path.
type Tree = BTreeMap<String, Vec<u8>>;

fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the entry is there").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if path.is_dir() {
            let inner = tree(&path).into_iter();
            files.extend(inner.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            files.insert(name, fs::read(path).expect("the file can be read"));
        }
    }
    files
}

/// Writes eight specs of one operation.
fn write_specs(root: &Path, operation: &str) {
    for number in 0..8 {
        let spec = SPEC.replace("list_widgets", operation).replace("Widgets", "Parts");
        write(root, &format!("specs/parts{number}.yaml"), &spec);
    }
}

#[test]
fn a_run_after_one_that_was_killed_repairs_everything() {
    let folder = workspace();
    let root = folder.path();
    let generated = root.join("generated");
    let mut trees = Vec::new();
    let mut took = Duration::ZERO;
    for operation in ["get_parts", "list_parts"] {
        write_specs(root, operation);
        let started = Instant::now();
        assert_eq!(xtask(root, &["regen"]).0, 0);
        took = started.elapsed();
        trees.push(tree(&generated));
    }
    let mut leftovers = 0;
    for round in 0..KILLED {
        let (operation, wanted) =
            [("get_parts", &trees[0]), ("list_parts", &trees[1])][usize::from(round % 2 == 1)];
        write_specs(root, operation);
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("--root").arg(root).arg("regen").stderr(Stdio::null());
        let mut child = command.spawn().expect("xtask runs");
        thread::sleep(took.mul_f64(0.5) + took / 2 * round / KILLED);
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        for (path, bytes) in tree(&generated) {
            let name = path.rsplit('/').next().unwrap_or_default();
            let is_leftover = name.starts_with(".xtask-") && name.ends_with(".new");
            leftovers += usize::from(is_leftover);
            let is_whole = trees.iter().any(|tree| tree.get(&path) == Some(&bytes));
            assert!(is_leftover || is_whole, "{path} is neither old nor new");
        }
        let (code, _, messages) = xtask(root, &["regen"]);
        assert_eq!(code, 0, "{messages}");
        assert!(tree(&generated) == *wanted, "round {round}: {messages}");
    }
    eprintln!("{KILLED} runs were killed, which left {leftovers} files");
}

#[test]
fn leftovers_of_any_name_are_deleted_or_replaced() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["regen"]).0, 0);
    let wanted = tree(&root.join("generated"));
    let client = "generated/src/widgets/client.rs";
    for leftover in [
        "generated/.xtask-aB3dE6.new",
        "generated/src/widgets/.xtask-000000.new",
        "generated/names/.xtask-000000.new",
        "generated/src/widgets/client.rs.new",
        "generated/src/widgets/.client.rs.new",
    ] {
        write(root, leftover, "half a fi");
        write(root, client, "by hand\n");
        let (code, _, messages) = xtask(root, &["regen"]);
        assert_eq!(code, 0, "{messages}");
        assert!(!messages.contains("Gone"), "{messages}");
        assert!(tree(&root.join("generated")) == wanted, "{leftover}: {messages}");
    }
}

#[test]
fn links_out_of_the_workspace_are_refused_before_anything_is_written() {
    for link in ["generated", "generated/src", "generated/src/lib.rs", "generated/src/lib.rs.new"] {
        let folder = workspace();
        let outside = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path();
        assert_eq!(xtask(root, &["regen"]).0, 0);
        let target = outside.path().join("target");
        if root.join(link).exists() {
            let moved = Command::new("mv").arg(root.join(link)).arg(&target).status();
            assert!(moved.expect("mv runs").success());
        } else {
            fs::write(&target, "of somebody else").expect("a file can be written");
        }
        symlink(&target, root.join(link)).expect("a link can be made");
        write(root, "specs/widgets.yaml", &SPEC.replace("list_widgets", "get_widgets"));
        let before = (tree(root), tree(outside.path()));
        for arguments in [&["regen"][..], &["regen", "--check"], &["lint"]] {
            let (code, _, messages) = xtask(root, arguments);
            assert_eq!(code, 1, "{link}: {messages}");
            assert!(
                messages.contains(&format!("{link}: it is a link to "))
                    && messages.contains("which is outside: delete the link"),
                "{messages}"
            );
        }
        assert!(before == (tree(root), tree(outside.path())), "{link}");
    }
}

#[test]
fn links_within_the_workspace_do_not_lead_anything_astray() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["regen"]).0, 0);
    let wanted = tree(&root.join("generated"));
    write(root, "mine.rs", "by hand\n");
    let lib = root.join("generated/src/lib.rs");
    fs::remove_file(&lib).expect("the file is there");
    symlink(root.join("mine.rs"), &lib).expect("a link can be made");
    symlink("nowhere", root.join("generated/src/dangling")).expect("a link can be made");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    assert_eq!(read(root, "mine.rs"), "by hand\n");
    assert!(!lib.is_symlink() && tree(&root.join("generated")) == wanted, "{messages}");
    fs::rename(root.join("generated/src"), root.join("moved")).expect("a folder can be renamed");
    symlink(root.join("moved"), root.join("generated/src")).expect("a link can be made");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(code == 1 && messages.contains("which is another folder"), "{messages}");
}

/// Runs a script in which `$0` is the program and `$1` the workspace, and returns its output.
fn script(root: &Path, command: &mut Command, script: &str) -> String {
    let command = command.args(["-c", script, env!("CARGO_BIN_EXE_xtask")]).arg(root);
    let output = command.output().expect("a shell runs");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn a_file_that_grows_too_large_leaves_everything_as_it_was() {
    let folder = workspace();
    let root = folder.path();
    let limited = "trap '' XFSZ; ulimit -f 4; \"$0\" --root \"$1\" regen; echo code $?";
    let told = script(root, &mut Command::new("sh"), limited);
    assert!(told.contains("code 1") && told.contains("cannot write"), "{told}");
    assert!(!root.join("generated").exists(), "not even folders are left");
    assert_eq!(xtask(root, &["regen"]).0, 0);
    let before = tree(&root.join("generated"));
    write(root, "specs/widgets.yaml", &SPEC.replace("list_widgets", "get_widgets"));
    let told = script(root, &mut Command::new("sh"), limited);
    assert!(told.contains("code 1") && told.contains("cannot write"), "{told}");
    assert!(tree(&root.join("generated")) == before, "{told}");
}

/// A user may mount a small disk in a namespace of its own, on most systems that run Linux.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_everything_as_it_was() {
    let may =
        Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !may.is_ok_and(|output| output.status.success()) {
        eprintln!("no disk can be mounted here: nothing was tried");
        return;
    }
    let folder = workspace();
    let root = folder.path();
    fs::create_dir(root.join("generated")).expect("a folder can be made");
    write(root, "changed.yaml", &SPEC.replace("list_widgets", "get_widgets"));
    let told = script(
        root,
        Command::new("unshare").args(["-rm", "sh"]),
        "cd \"$1\" && mount -t tmpfs -o size=1m none generated && \"$0\" --root . regen || exit
        dd if=/dev/zero of=generated/filler bs=4k 2>&1
        truncate -s -4k generated/filler
        find generated -type f -exec sha256sum {} + >before
        cp changed.yaml specs/widgets.yaml
        \"$0\" --root . regen; echo code $?
        find generated -type f -exec sha256sum {} + >after
        rm generated/filler
        \"$0\" --root . regen; echo code $?",
    );
    let of = |path| read(root, path).lines().map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(told.contains("No space left on device") && told.contains("code 1"), "{told}");
    assert!(told.contains("code 0"), "the next run has room: {told}");
    assert_eq!(of("before"), of("after"), "{told}");
    assert!(of("before").len() > 10, "{told}");
}

#[test]
fn a_spec_that_takes_too_long_or_too_much_is_named() {
    let folder = workspace();
    let root = folder.path();
    let mut large = SPEC.to_owned();
    for number in 0..400 {
        let operation = SPEC.split_once("paths:\n").expect("it has paths").1;
        let operation = operation.replace("widgets:", &format!("w{number}:"));
        large.push_str(&operation.replace("list_widgets", &format!("list_{number}")));
    }
    write(root, "specs/large.yaml", &large);
    for arguments in [&["regen"][..], &["regen", "--check"], &["lint"]] {
        let limited = |option: &[&str]| {
            let (code, output, messages) = xtask(root, &[arguments, option].concat());
            assert_eq!((code, output.as_str()), (1, ""), "{messages}");
            messages
        };
        let messages = limited(&["--time-limit", "0"]);
        let expected = "error: specs/large.yaml takes longer than 0 seconds\nnext: raise the limit by `--time-limit`";
        assert!(messages.contains(expected), "{messages}");
        let messages = limited(&["--memory-limit", "1"]);
        assert!(
            messages.contains("specs/large.yaml")
                && messages
                    .contains("more memory than 1 MiB\nnext: raise the limit by `--memory-limit`"),
            "{messages}"
        );
    }
    assert!(!root.join("generated").exists());
    assert_eq!(xtask(root, &["regen"]).0, 0);
}
