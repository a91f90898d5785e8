//! `cargo xtask regen --watch`, while specs are saved in the ways of editors.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::{SPEC, read, workspace, write, xtask};

/// The longest time to wait for a message.
const PATIENCE: Duration = Duration::from_secs(60);

/// A watch that runs until this is dropped.
struct Watch {
    child: Child,
    messages: Arc<Mutex<String>>,
    /// The number of bytes of the messages that have been read.
    seen: usize,
}

impl Watch {
    fn start(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let command =
            command.arg("--root").arg(root).args(["regen", "--watch"]).stderr(Stdio::piped());
        let mut child = command.spawn().expect("xtask runs");
        let mut stderr = child.stderr.take().expect("the messages are piped");
        let messages = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&messages);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = stderr.read(&mut buffer) {
                sink.lock()
                    .expect("nobody panics")
                    .push_str(&String::from_utf8_lossy(&buffer[..length]));
            }
        });
        Self { child, messages, seen: 0 }
    }

    /// Waits for a message with this text. Returns the messages since the previous call, to the end
    /// of its line.
    #[track_caller]
    fn until(&mut self, shown: &str) -> String {
        let started = Instant::now();
        loop {
            let messages = self.messages.lock().expect("nobody panics").clone();
            let unseen = &messages[self.seen..];
            let end =
                unseen.find(shown).and_then(|start| Some(start + unseen[start..].find('\n')? + 1));
            if let Some(end) = end {
                self.seen += end;
                return unseen[..end].to_owned();
            }
            assert!(started.elapsed() < PATIENCE, "no `{shown}` in: {unseen}");
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Saves a spec like an editor that replaces the file.
fn save_by_rename(root: &Path, path: &str, text: &str) {
    write(root, "specs/4913~", text);
    fs::rename(root.join("specs/4913~"), root.join(path)).expect("a file can be renamed");
}

#[test]
fn saved_specs_are_generated_and_bad_ones_change_nothing() {
    let folder = workspace();
    let root = folder.path();
    let mut watch = Watch::start(root);
    let first = watch.until(" ms");
    for shown in
        ["Watching ", "Changed 1 spec at ", "Generated widgets (", "Finished 1 spec, 1 operation, "]
    {
        assert!(first.contains(shown), "{first}");
    }
    let client = || read(root, "generated/src/widgets/client.rs");
    assert!(client().contains("fn list_widgets"));

    write(root, "specs/widgets.yaml", &SPEC.replace("list_widgets", "all_widgets"));
    let block = watch.until("Finished ");
    assert!(
        block.contains("Changed specs/widgets.yaml at ") && block.contains("Generated widgets ("),
        "{block}"
    );
    assert!(client().contains("fn all_widgets"));

    let good = client();
    save_by_rename(root, "specs/widgets.yaml", &SPEC.replace("responses:", "respones:"));
    let block = watch.until("generated/ is untouched");
    for shown in
        ["error[unknown-keyword]", "specs/widgets.yaml:9:7", "error: ", " in 1 spec; ", " ms\n"]
    {
        assert!(block.contains(shown), "{block}");
    }
    assert_eq!(client(), good);

    save_by_rename(root, "specs/widgets.yaml", SPEC);
    watch.until("Finished ");
    assert!(client().contains("fn list_widgets"));
    assert_eq!(xtask(root, &["regen", "--check"]).0, 0);
}

#[test]
fn specs_come_and_go() {
    let folder = workspace();
    let root = folder.path();
    let mut watch = Watch::start(root);
    watch.until("Finished 1 spec");
    save_by_rename(root, "specs/gadgets.yaml", SPEC);
    let block = watch.until("Finished 2 specs");
    assert!(
        block.contains("Changed specs/gadgets.yaml at ") && !block.contains("Generated widgets"),
        "{block}"
    );
    fs::remove_file(root.join("specs/widgets.yaml")).expect("the file is there");
    watch.until("Changed specs/widgets.yaml (removed) at ");
    watch.until("Finished 1 spec");
    assert!(
        !root.join("generated/src/widgets").exists() && root.join("generated/src/gadgets").exists()
    );
    fs::remove_file(root.join("specs/gadgets.yaml")).expect("the file is there");
    watch.until("holds no spec");
    assert!(root.join("generated/src/gadgets").exists());
    fs::remove_dir_all(root.join("specs")).expect("the folder is there");
    watch.until("specs was moved or deleted");
    assert_eq!(watch.child.wait().expect("it ends by itself").code(), Some(1));
}

#[test]
fn files_of_editors_are_no_specs() {
    let folder = workspace();
    let root = folder.path();
    let mut watch = Watch::start(root);
    watch.until("Finished 1 spec");
    for path in [
        "specs/.#widgets.yaml",
        "specs/.widgets.yaml.swp",
        "specs/widgets.yaml~",
        "specs/widgets.yaml.tmp",
    ] {
        write(root, path, "neither a spec nor YAML: [");
    }
    save_by_rename(root, "specs/widgets.yaml", &SPEC.replace("'1'", "'2'"));
    let block = watch.until("Finished 1 spec");
    assert!(!block.contains("error: ") && block.matches("Changed ").count() == 1, "{block}");
}

#[test]
fn there_must_be_specs_to_watch() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (code, _, messages) = xtask(folder.path(), &["regen", "--watch"]);
    assert!(
        code == 1 && messages.contains("cannot watch") && messages.contains("next: "),
        "{messages}"
    );
    assert_eq!(xtask(folder.path(), &["regen", "--watch", "--check"]).0, 2);
}
