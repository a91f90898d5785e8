//! Walks the text of a spec event by event, which keeps the place of every key and value.
//!
//! This is the only file that names `saphyr_parser`. Its markers count characters; everything that
//! leaves this file counts bytes. The walk holds its own stack, so deep nesting cannot overflow it.

mod changing;
mod check;
mod cut;
mod integers;
mod messages;
mod offsets;
mod resolve;
mod spaces;
mod syntax;

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::pointer;
use offsets::Offsets;

pub(crate) use changing::is_ambiguous;
pub(super) use check::check;
pub(super) use integers::with_point;
pub(crate) use resolve::resolve;

/// How deep mappings and lists may nest. Below the limit of `serde_yaml`, which is 128.
const DEPTH_LIMIT: usize = 100;

/// One thing that the walk meets.
struct Step<'a> {
    /// The node it belongs to.
    pointer: &'a str,
    /// Where it stands, in bytes.
    range: Range<usize>,
    /// What it is.
    found: Found<'a>,
}

/// What the walk can meet.
enum Found<'a> {
    /// The start of a document.
    Document,
    /// A key of a mapping. The value comes next.
    Key { text: &'a str, quoted: bool, earlier: Earlier, inside: Style },
    /// A key that is a mapping or a list itself. The walk ends here.
    KeyThatIsNoText,
    /// A value that is neither mapping nor list.
    Scalar { text: &'a str, quoted: bool },
    /// The start of a mapping or list.
    Collection,
    /// An anchor, alias or tag: YAML beyond what JSON can say.
    Beyond(Feature),
    /// A mapping or list below the depth limit. The walk ends here.
    TooDeep,
}

/// Where the same key stood before in the same mapping.
#[derive(Clone, Copy)]
struct Earlier {
    /// How often.
    times: usize,
    /// Byte offset of the first one.
    first: usize,
}

/// How a collection is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// By indentation.
    Block,
    /// In brackets.
    Flow,
}

/// What YAML has and a spec must do without.
#[derive(Clone, Copy)]
enum Feature {
    Anchor,
    Alias,
    Tag,
}

/// Text that is not YAML.
struct SyntaxError {
    offset: usize,
    message: String,
}

/// A mapping or list that the walk is inside of.
struct Frame {
    /// Length of the pointer of the collection itself.
    base: usize,
    style: Style,
    /// Whether it stands below a repeated key, where pointers are ambiguous.
    shadowed: bool,
    members: Members,
}

/// How far the walk is inside of a collection.
enum Members {
    Mapping { keys: BTreeMap<String, Earlier>, open: Option<bool> },
    List { next: usize },
}

/// Calls `visit` for everything in the text, in order, until it breaks off.
fn walk(text: &str, visit: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>) -> Result<(), SyntaxError> {
    let offsets = Offsets::new(text);
    let mut walk = Walk { text, pointer: String::new(), frames: Vec::new(), visit };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| SyntaxError {
            offset: offsets.byte(error.marker().index()),
            message: error.info().to_owned(),
        })?;
        if walk.event(&event, offsets.byte(span.start.index())..offsets.byte(span.end.index())).is_break() {
            break;
        }
    }
    Ok(())
}

struct Walk<'a> {
    text: &'a str,
    pointer: String,
    frames: Vec<Frame>,
    visit: &'a mut dyn FnMut(Step<'_>) -> ControlFlow<()>,
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => self.emit(range, Found::Document),
            Event::SequenceEnd | Event::MappingEnd => {
                self.frames.pop();
                ControlFlow::Continue(())
            }
            Event::Alias(_) => {
                self.beyond(&range, Feature::Alias)?;
                self.scalar(range, "*", true)
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.properties(&range, *anchor, tag.is_some())?;
                self.scalar(range, text, *style != ScalarStyle::Plain)
            }
            Event::SequenceStart(anchor, tag) => {
                self.properties(&range, *anchor, tag.is_some())?;
                self.collection(range, Members::List { next: 0 })
            }
            Event::MappingStart(anchor, tag) => {
                self.properties(&range, *anchor, tag.is_some())?;
                self.collection(range, Members::Mapping { keys: BTreeMap::new(), open: None })
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => ControlFlow::Continue(()),
        }
    }

    fn properties(&mut self, range: &Range<usize>, anchor: usize, tag: bool) -> ControlFlow<()> {
        if anchor != 0 {
            self.beyond(range, Feature::Anchor)?;
        }
        if tag {
            self.beyond(range, Feature::Tag)?;
        }
        ControlFlow::Continue(())
    }

    fn beyond(&mut self, range: &Range<usize>, feature: Feature) -> ControlFlow<()> {
        self.emit(range.clone(), Found::Beyond(feature))
    }

    fn scalar(&mut self, range: Range<usize>, text: &str, quoted: bool) -> ControlFlow<()> {
        let Some(Frame { base, style, shadowed, members: Members::Mapping { keys, open } }) =
            self.frames.last_mut().filter(|frame| frame.expects_key())
        else {
            let shadowed = self.enter();
            return self.emit_unless(shadowed, range, Found::Scalar { text, quoted });
        };
        self.pointer.truncate(*base);
        pointer::push(&mut self.pointer, text);
        let seen = keys.entry(text.to_owned()).or_insert(Earlier { times: 0, first: range.start });
        let earlier = *seen;
        seen.times += 1;
        *open = Some(*shadowed || earlier.times > 0);
        let (inside, shadowed) = (*style, *shadowed);
        self.emit_unless(shadowed, range, Found::Key { text, quoted, earlier, inside })
    }

    fn collection(&mut self, range: Range<usize>, members: Members) -> ControlFlow<()> {
        if self.frames.last().is_some_and(Frame::expects_key) {
            self.emit(range, Found::KeyThatIsNoText)?;
            return ControlFlow::Break(());
        }
        let shadowed = self.enter();
        if self.frames.len() == DEPTH_LIMIT {
            self.emit(range, Found::TooDeep)?;
            return ControlFlow::Break(());
        }
        let bracket = self.text[range.start..].starts_with(['{', '[']) && !range.is_empty();
        let style = if bracket { Style::Flow } else { Style::Block };
        self.frames.push(Frame { base: self.pointer.len(), style, shadowed, members });
        self.emit_unless(shadowed, range, Found::Collection)
    }

    /// Moves the pointer to the value that comes next and tells whether that is shadowed.
    fn enter(&mut self) -> bool {
        let Some(frame) = self.frames.last_mut() else {
            return false;
        };
        match &mut frame.members {
            Members::Mapping { open, .. } => open.take().unwrap_or(frame.shadowed),
            Members::List { next } => {
                self.pointer.truncate(frame.base);
                pointer::push(&mut self.pointer, &next.to_string());
                *next += 1;
                frame.shadowed
            }
        }
    }

    fn emit_unless(&mut self, shadowed: bool, range: Range<usize>, found: Found<'_>) -> ControlFlow<()> {
        if shadowed { ControlFlow::Continue(()) } else { self.emit(range, found) }
    }

    fn emit(&mut self, range: Range<usize>, found: Found<'_>) -> ControlFlow<()> {
        (self.visit)(Step { pointer: &self.pointer, range, found })
    }
}

impl Frame {
    fn expects_key(&self) -> bool {
        matches!(self.members, Members::Mapping { open: None, .. })
    }
}
