//! Counts what aliases repeat, so that a short text cannot stand for any amount of values.
//!
//! Ten aliases of ten aliases are a hundred values, and eight more levels are ten billion.

use std::collections::BTreeMap;
use std::ops::Range;

/// The largest number of values that all aliases of a source text may repeat.
const MOST_REPEATED: usize = 1_000_000;

/// The largest number of aliases, expanded ones included, for each event of the source text. The
/// parser has the same limit, but does not say where it is reached.
const MOST_FOR_EACH_EVENT: usize = 100;

/// The extent of a value, with all aliases in it expanded.
#[derive(Clone, Copy)]
struct Extent {
    values: usize,
    aliases: usize,
    /// The nesting of mappings and sequences in it.
    levels: usize,
}

/// A mapping or sequence that is not complete.
struct Open {
    anchor: usize,
    extent: Extent,
}

/// The reason why an alias cannot be expanded.
pub(super) enum Refusal {
    /// All aliases together repeat too many values.
    TooMany,
    /// The value is nested too deeply here, or contains itself.
    TooDeep,
}

/// The extents of all values with an anchor.
#[derive(Default)]
pub(super) struct Aliases {
    known: BTreeMap<usize, Extent>,
    open: Vec<Open>,
    repeated: usize,
    expanded: usize,
    events: usize,
    /// The alias that repeats the most values, and their number.
    widest: Option<(Range<usize>, usize)>,
}

impl Aliases {
    /// Adds the start of a mapping or sequence. The anchor 0 is none.
    pub(super) fn start(&mut self, anchor: usize) {
        self.open.push(Open { anchor, extent: Extent { values: 1, aliases: 0, levels: 1 } });
        self.events += 1;
    }

    /// Adds the end of a mapping or sequence.
    pub(super) fn end(&mut self) {
        self.events += 1;
        if let Some(Open { anchor, extent }) = self.open.pop() {
            self.know(anchor, extent);
            self.hold(Extent { levels: extent.levels + 1, ..extent });
        }
    }

    /// Adds any other value.
    pub(super) fn scalar(&mut self, anchor: usize) {
        self.events += 1;
        let extent = Extent { values: 1, aliases: 0, levels: 0 };
        self.know(anchor, extent);
        self.hold(Extent { levels: 1, ..extent });
    }

    /// Adds an alias of an anchor, unless it takes more than `levels_left` levels.
    pub(super) fn alias(
        &mut self,
        range: &Range<usize>,
        anchor: usize,
        levels_left: usize,
    ) -> Result<(), Refusal> {
        self.events += 1;
        let Some(&extent) = self.known.get(&anchor).filter(|known| known.levels <= levels_left)
        else {
            return Err(Refusal::TooDeep);
        };
        self.repeated += extent.values;
        if self.repeated > MOST_REPEATED {
            return Err(Refusal::TooMany);
        }
        self.expanded += extent.aliases + 1;
        if self.widest.as_ref().is_none_or(|(_, most)| *most < extent.values) {
            self.widest = Some((range.clone(), extent.values));
        }
        self.hold(Extent { aliases: extent.aliases + 1, levels: extent.levels + 1, ..extent });
        Ok(())
    }

    /// Returns the position of the alias that repeats the most, if all aliases together are too
    /// many for the source text.
    pub(super) fn runaway(&self) -> Option<Range<usize>> {
        let is_runaway = self.expanded > self.events.saturating_mul(MOST_FOR_EACH_EVENT);
        self.widest.as_ref().filter(|_| is_runaway).map(|(range, _)| range.clone())
    }

    fn know(&mut self, anchor: usize, extent: Extent) {
        if anchor != 0 {
            self.known.insert(anchor, extent);
        }
    }

    /// Adds the extent of a value to the mapping or sequence that contains it.
    fn hold(&mut self, extent: Extent) {
        if let Some(Open { extent: around, .. }) = self.open.last_mut() {
            around.values += extent.values;
            around.aliases += extent.aliases;
            around.levels = around.levels.max(extent.levels);
        }
    }
}
