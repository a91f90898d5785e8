//! Walks through a source text event by event, with the position of every key and value.
//!
//! This is the only file that names `saphyr_parser`. Its markers count characters; everything that
//! leaves this file counts bytes. The walk has its own stack, so deep nesting cannot overflow it.

mod aliases;
mod ambiguous;
mod check;
mod integers;
mod messages;
mod offsets;
mod resolve;
mod spaces;
mod syntax;
mod truncated;

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::without_mark;
use crate::pointer;
use aliases::{Aliases, Refusal};
use offsets::Offsets;

pub(crate) use ambiguous::is_ambiguous;
pub(super) use check::check;
pub(super) use integers::with_point;
pub(crate) use resolve::resolve;

/// The deepest allowed nesting of mappings and sequences. It is below the limit of `serde_yaml`,
/// which is 128.
const DEPTH_LIMIT: usize = 100;

/// A step of the walk.
struct Step<'a> {
    /// The JSON pointer to the node.
    pointer: &'a str,
    /// The position in bytes.
    range: Range<usize>,
    /// The kind of the step.
    found: StepKind<'a>,
}

/// The kinds of steps.
enum StepKind<'a> {
    /// The start of a document.
    Document,
    /// A key of a mapping. Its value comes next.
    Key { text: &'a str, quoted: bool, earlier: Earlier, inside: CollectionStyle },
    /// A key that is a mapping or a sequence. The walk ends here.
    KeyNotString,
    /// A value that is neither a mapping nor a sequence.
    Scalar { text: &'a str, quoted: bool },
    /// The start of a mapping or sequence.
    Collection,
    /// An anchor, alias or tag, which JSON does not have.
    Beyond(Feature),
    /// A mapping or sequence nested more deeply than the limit. The walk ends here.
    TooDeep,
    /// An alias with which all aliases repeat too many values. The walk ends here.
    RunawayAlias,
}

/// Earlier occurrences of a key in its mapping.
#[derive(Clone, Copy)]
struct Earlier {
    /// The number of occurrences.
    times: usize,
    /// The byte offset of the first one.
    first: usize,
}

/// The style of a collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CollectionStyle {
    /// By indentation.
    Block,
    /// In brackets.
    Flow,
}

/// A YAML feature that a spec must not use.
#[derive(Clone, Copy)]
enum Feature {
    Anchor,
    Alias,
    /// A tag that states a type of YAML's own, such as `!!str`.
    CoreTag,
    Tag,
}

/// A YAML syntax error.
struct SyntaxError {
    offset: usize,
    message: String,
}

/// A mapping or sequence that contains the current position.
struct Frame {
    /// The length of the pointer to the collection itself.
    base: usize,
    style: CollectionStyle,
    /// True below a repeated key, where pointers are ambiguous.
    shadowed: bool,
    members: Members,
}

/// The progress within a collection.
enum Members {
    Mapping { keys: BTreeMap<String, Earlier>, open: Option<bool> },
    List { next: usize },
}

/// Calls `visit` for every step, in order, until it breaks off.
fn walk(text: &str, visit: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>) -> Result<(), SyntaxError> {
    let body = without_mark(text);
    let offsets = Offsets::new(body);
    let byte = |character| text.len() - body.len() + offsets.byte(character);
    let aliases = Aliases::default();
    let mut walk = Walk { text, pointer: String::new(), frames: Vec::new(), aliases, visit };
    for event in Parser::new_from_str(body) {
        let (event, span) = event.map_err(|error| SyntaxError {
            offset: byte(error.marker().index()),
            message: error.info().to_owned(),
        })?;
        if walk.event(&event, byte(span.start.index())..byte(span.end.index())).is_break() {
            return Ok(());
        }
    }
    if let Some(range) = walk.aliases.runaway() {
        // Nothing comes after it.
        let _ = walk.emit(range, StepKind::RunawayAlias);
    }
    Ok(())
}

struct Walk<'a> {
    text: &'a str,
    pointer: String,
    frames: Vec<Frame>,
    aliases: Aliases,
    visit: &'a mut dyn FnMut(Step<'_>) -> ControlFlow<()>,
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => self.emit(range, StepKind::Document),
            Event::SequenceEnd | Event::MappingEnd => {
                self.frames.pop();
                self.aliases.end();
                ControlFlow::Continue(())
            }
            Event::Alias(anchor) => {
                self.beyond(&range, Feature::Alias)?;
                self.expand(&range, *anchor)?;
                self.scalar(range, "*", true)
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.aliases.scalar(*anchor);
                self.properties(&range, *anchor, tag.as_deref())?;
                self.scalar(range, text, *style != ScalarStyle::Plain)
            }
            Event::SequenceStart(anchor, tag) => {
                self.aliases.start(*anchor);
                self.properties(&range, *anchor, tag.as_deref())?;
                self.collection(range, Members::List { next: 0 })
            }
            Event::MappingStart(anchor, tag) => {
                self.aliases.start(*anchor);
                self.properties(&range, *anchor, tag.as_deref())?;
                self.collection(range, Members::Mapping { keys: BTreeMap::new(), open: None })
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {
                ControlFlow::Continue(())
            }
        }
    }

    fn properties(
        &mut self,
        range: &Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> ControlFlow<()> {
        if anchor != 0 {
            self.beyond(range, Feature::Anchor)?;
        }
        match tag {
            Some(tag) if tag.is_yaml_core_schema() => self.beyond(range, Feature::CoreTag),
            Some(_) => self.beyond(range, Feature::Tag),
            None => ControlFlow::Continue(()),
        }
    }

    fn beyond(&mut self, range: &Range<usize>, feature: Feature) -> ControlFlow<()> {
        self.emit(range.clone(), StepKind::Beyond(feature))
    }

    /// Ends the walk at an alias that stands for too much.
    fn expand(&mut self, range: &Range<usize>, anchor: usize) -> ControlFlow<()> {
        let found = match self.aliases.alias(range, anchor, DEPTH_LIMIT - self.frames.len()) {
            Ok(()) => return ControlFlow::Continue(()),
            Err(Refusal::TooMany) => StepKind::RunawayAlias,
            Err(Refusal::TooDeep) => StepKind::TooDeep,
        };
        self.emit(range.clone(), found)?;
        ControlFlow::Break(())
    }

    fn scalar(&mut self, range: Range<usize>, text: &str, quoted: bool) -> ControlFlow<()> {
        let Some(Frame { base, style, shadowed, members: Members::Mapping { keys, open } }) =
            self.frames.last_mut().filter(|frame| frame.expects_key())
        else {
            let shadowed = self.enter();
            return self.emit_unless(shadowed, range, StepKind::Scalar { text, quoted });
        };
        self.pointer.truncate(*base);
        pointer::push(&mut self.pointer, text);
        let seen = keys.entry(text.to_owned()).or_insert(Earlier { times: 0, first: range.start });
        let earlier = *seen;
        seen.times += 1;
        *open = Some(*shadowed || earlier.times > 0);
        let (inside, shadowed) = (*style, *shadowed);
        self.emit_unless(shadowed, range, StepKind::Key { text, quoted, earlier, inside })
    }

    fn collection(&mut self, range: Range<usize>, members: Members) -> ControlFlow<()> {
        if self.frames.last().is_some_and(Frame::expects_key) {
            self.emit(range, StepKind::KeyNotString)?;
            return ControlFlow::Break(());
        }
        let shadowed = self.enter();
        if self.frames.len() == DEPTH_LIMIT {
            self.emit(range, StepKind::TooDeep)?;
            return ControlFlow::Break(());
        }
        let bracket = self.text[range.start..].starts_with(['{', '[']) && !range.is_empty();
        let style = if bracket { CollectionStyle::Flow } else { CollectionStyle::Block };
        self.frames.push(Frame { base: self.pointer.len(), style, shadowed, members });
        self.emit_unless(shadowed, range, StepKind::Collection)
    }

    /// Moves the pointer to the next value. Returns true if that value is below a repeated key.
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

    fn emit_unless(
        &mut self,
        shadowed: bool,
        range: Range<usize>,
        found: StepKind<'_>,
    ) -> ControlFlow<()> {
        if shadowed { ControlFlow::Continue(()) } else { self.emit(range, found) }
    }

    fn emit(&mut self, range: Range<usize>, found: StepKind<'_>) -> ControlFlow<()> {
        (self.visit)(Step { pointer: &self.pointer, range, found })
    }
}

impl Frame {
    fn expects_key(&self) -> bool {
        matches!(self.members, Members::Mapping { open: None, .. })
    }
}
