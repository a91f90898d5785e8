//! The choices that make up a value, so that another one can be made if its schema rejects it.

use std::collections::BTreeMap;

/// A JSON pointer into the value, and the number of the choice there: one value can take several.
pub(super) type Place = (String, usize);

/// The choices that were made for a value.
#[derive(Debug, Default)]
pub(super) struct Choices(BTreeMap<Place, Choice>);

/// A choice of one of several options.
#[derive(Debug)]
struct Choice {
    index: usize,
    count: usize,
}

impl Choices {
    /// Returns the index of the option to try first: the one that was chosen before, else `first`.
    pub(super) fn at(&self, place: &Place, first: usize) -> usize {
        self.0.get(place).map_or(first, |choice| choice.index)
    }

    /// Chooses an option of `count`, and forgets the choices that depended on the one before.
    pub(super) fn choose(&mut self, place: &Place, index: usize, count: usize) {
        // Nothing depends on a choice that was not made.
        if self.0.get(place).is_some_and(|choice| choice.index != index) {
            self.forget_within(place);
        }
        self.0.insert(place.clone(), Choice { index, count });
    }

    /// Chooses the next option nearest to a failure of the value. Returns false if there is none.
    pub(super) fn choose_next(&mut self, failure: &str) -> bool {
        let mut pointer = failure;
        loop {
            let last = (pointer.to_owned(), usize::MAX);
            let first = (pointer.to_owned(), 0);
            let mut there = self.0.range(first..=last).rev();
            let next = there.find(|(_, choice)| choice.index + 1 < choice.count);
            if let Some((place, choice)) = next {
                let (place, index, count) = (place.clone(), choice.index + 1, choice.count);
                self.choose(&place, index, count);
                return true;
            }
            match pointer.rfind('/') {
                Some(parent) => pointer = &pointer[..parent],
                None => return false,
            }
        }
    }

    fn forget_within(&mut self, (pointer, number): &Place) {
        let later = (pointer.clone(), *number)..=(pointer.clone(), usize::MAX);
        // `0` is the character after the slash.
        let inside = (format!("{pointer}/"), 0)..(format!("{pointer}0"), 0);
        let places = self.0.range(later).chain(self.0.range(inside));
        for place in places.map(|(place, _)| place.clone()).collect::<Vec<_>>() {
            self.0.remove(&place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn the_next_option_nearest_to_a_failure_is_chosen() {
        let place = |pointer: &str, number| (pointer.to_owned(), number);
        let mut choices = Choices::default();
        choices.choose(&place("", 0), 0, 2);
        choices.choose(&place("/a", 0), 0, 2);
        choices.choose(&place("/a", 1), 0, 2);
        choices.choose(&place("/ab", 0), 0, 2);
        assert!(choices.choose_next("/a/0"));
        assert_eq!((choices.at(&place("/a", 0), 9), choices.at(&place("/a", 1), 9)), (0, 1));
        assert!(choices.choose_next("/a"));
        assert_eq!((choices.at(&place("/a", 0), 9), choices.at(&place("/a", 1), 9)), (1, 9));
        assert!(choices.choose_next("/a") && !choices.choose_next("/a"));
        assert_eq!((choices.at(&place("", 0), 9), choices.at(&place("/ab", 0), 9)), (1, 9));
    }
}
