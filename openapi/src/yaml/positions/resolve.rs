//! Finds the places of locations in the text, which is done only when a report is rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{ControlFlow, Range};

use super::{Found, walk};
use crate::diagnostic::Location;
use crate::pointer;

/// Where one node stands.
#[derive(Default)]
struct Place {
    /// Its keys: the first one, then those that repeat it.
    keys: Vec<Range<usize>>,
    /// Its value, if that is text to point at: not if it is empty or starts on the next line.
    value: Option<Range<usize>>,
    /// Where its value starts, whatever it is.
    start: usize,
}

/// Byte ranges of the locations, in the same order. A node that is not in the text has the place
/// of the nearest node around it.
pub(crate) fn resolve(text: &str, locations: &[&Location]) -> Vec<Range<usize>> {
    let places = places(text, &wanted(locations));
    locations.iter().map(|location| range(text, location, &places)).collect()
}

/// The pointers of the locations and of everything around them.
fn wanted<'a>(locations: &[&'a Location]) -> BTreeSet<&'a str> {
    let mut wanted = BTreeSet::new();
    for location in locations {
        let mut next = location.pointer();
        while let Some(current) = next.filter(|pointer| wanted.insert(*pointer)) {
            next = pointer::parent(current);
        }
    }
    wanted
}

fn places<'a>(text: &str, wanted: &BTreeSet<&'a str>) -> BTreeMap<&'a str, Place> {
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    if wanted.is_empty() {
        return places;
    }
    let mut documents = 0;
    let outcome = walk(text, &mut |step| {
        if matches!(step.found, Found::Document) {
            documents += 1;
            return if documents > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        }
        let Some(&pointer) = wanted.get(step.pointer) else {
            return ControlFlow::Continue(());
        };
        let place = places.entry(pointer).or_default();
        match step.found {
            Found::Key { .. } => place.keys.push(step.range),
            Found::Scalar { text, quoted } => {
                place.start = step.range.start;
                place.value = (quoted || !text.is_empty()).then_some(step.range);
            }
            Found::Collection => place.start = step.range.start,
            Found::Document | Found::KeyThatIsNoText | Found::Beyond(_) | Found::TooDeep => {}
        }
        ControlFlow::Continue(())
    });
    // A text that breaks off has places up to there, which is all that can be known of it.
    drop(outcome);
    places
}

fn range(text: &str, location: &Location, places: &BTreeMap<&str, Place>) -> Range<usize> {
    if let Location::Offset(offset) = location {
        return *offset..*offset;
    }
    let pointer = location.pointer().unwrap_or_default();
    let mut around = Some(pointer);
    while let Some(current) = around {
        if let Some(place) = places.get(current) {
            let exact = current == pointer;
            let value = || place.value.clone().unwrap_or(place.start..place.start);
            return match location {
                Location::Pointer(_) | Location::Hidden(_) if exact && place.value.is_some() => value(),
                Location::RepeatedKey(_, n) if exact && *n < place.keys.len() => place.keys[*n].clone(),
                _ => place.keys.first().cloned().unwrap_or_else(value),
            };
        }
        around = pointer::parent(current);
    }
    let start = text.len() - text.trim_start().len();
    start..start
}
