//! Makes a value of a schema: of examples, names and bounds.

use openapi::lint::Way;
use openapi::object::{Object, Schema, is_of_type};
use openapi::pointer;
use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::merged::Merged;
use super::scalars::{MOST, numbers, strings};

/// The largest nesting of values. A deeper schema is recursive.
const DEEPEST: usize = 12;

/// The remaining nesting at which only required properties are still included.
const SPARING: usize = 9;

/// The number of values after which only required properties are still included.
const MOST_VALUES: usize = 3000;

/// The number of values after which nothing is made any more, for one sample and for all attempts
/// at it. Required properties can double at each step.
const MOST_WORK: usize = 20_000;
const MOST_ATTEMPTS: usize = 200_000;

/// The largest number of listed values and of alternatives that are tried.
const MOST_OPTIONS: usize = 40;

/// The values of a schema without a type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Otherwise {
    Object,
    String,
}

/// Makes one value, and another one after each failure.
pub(super) struct Maker<'d> {
    root: &'d Value,
    way: Way,
    otherwise: Otherwise,
    choices: Choices,
    /// The number of values that were made.
    made: usize,
    /// The number of values that were made in all attempts.
    made_before: usize,
    /// The number of the item in an array of unique items.
    variant: usize,
}

/// A way to make a value.
enum Recipe<'d> {
    Given(Value),
    Merged(Box<Merged<'d>>),
    Items(usize),
    Properties(Extent),
}

/// The properties that an object has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    All,
    Required,
}

impl<'d> Maker<'d> {
    pub(super) fn new(root: &'d Value, way: Way, otherwise: Otherwise) -> Self {
        Self {
            root,
            way,
            otherwise,
            choices: Choices::default(),
            made: 0,
            made_before: 0,
            variant: 0,
        }
    }

    /// Returns one of the examples, or else a value that is made for the schema.
    pub(super) fn make(
        &mut self,
        name: &str,
        schema: Option<&'d Value>,
        examples: &[Value],
    ) -> Option<Value> {
        self.made_before += std::mem::take(&mut self.made);
        let place = (String::new(), 0);
        let first = self.choices.at(&place, 0);
        for index in first..=examples.len() {
            self.choices.choose(&place, index, examples.len() + 1);
            match (examples.get(index), schema) {
                (Some(example), _) => return Some(example.clone()),
                (None, Some(schema)) => {
                    let schema = Merged::of(self.root, &[schema]);
                    return self.value("", 1, name, schema, DEEPEST);
                }
                (None, None) => {}
            }
        }
        None
    }

    /// Makes another choice after a failure at a pointer. Returns false if there is none.
    pub(super) fn choose_next(&mut self, failure: &str) -> bool {
        self.made_before <= MOST_ATTEMPTS && self.choices.choose_next(failure)
    }

    fn value(
        &mut self,
        at: &str,
        number: usize,
        name: &str,
        schema: Merged<'d>,
        depth: usize,
    ) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        self.made += 1;
        if self.made > MOST_WORK {
            return None;
        }
        let place = (at.to_owned(), number);
        let options = self.options(&schema, name, depth);
        let chosen = self.choices.at(&place, self.first(&options));
        let count = options.len();
        for (index, option) in options.into_iter().enumerate().skip(chosen) {
            self.choices.choose(&place, index, count);
            let value = match option {
                Recipe::Given(value) => Some(value),
                // An alternative is no deeper than the schema that has it.
                Recipe::Merged(alternative) => {
                    self.value(at, number + 1, name, *alternative, depth + 1)
                }
                Recipe::Items(least) => self.array(at, name, &schema, least, depth),
                Recipe::Properties(extent) => self.object(at, &schema, extent, depth),
            };
            if value.is_some() {
                return value;
            }
        }
        None
    }

    /// Returns the index of the option to start with, which differs where items have to.
    fn first(&self, options: &[Recipe<'d>]) -> usize {
        let is_given = |option: &&Recipe<'d>| matches!(option, Recipe::Given(_));
        let given = options.iter().take_while(is_given).count();
        self.variant.min(if given < options.len() { given } else { given.saturating_sub(1) })
    }

    /// Returns the ways to make a value of a schema, the preferred one first.
    fn options(&self, schema: &Merged<'d>, name: &str, depth: usize) -> Vec<Recipe<'d>> {
        let examples =
            schema.parts[schema.known..].iter().filter_map(|part| part.keyword("example"));
        // Where several schemas are tried, one that says less could accept a wrong example.
        let stated = schema.parts.iter().find_map(|part| part.stated_type());
        let right = examples.filter(|example| {
            !example.is_null() && stated.is_none_or(|stated| is_of_type(example, stated))
        });
        let mut options: Vec<Recipe<'d>> = right.cloned().map(Recipe::Given).collect();
        if let Some(listed) = schema.listed() {
            options.extend(listed.into_iter().take(MOST_OPTIONS).cloned().map(Recipe::Given));
        } else if let Some((_, group)) = schema.groups.first() {
            let alternatives = group.iter().take(MOST_OPTIONS);
            options.extend(alternatives.map(|alternative| {
                Recipe::Merged(Box::new(schema.with_alternative(self.root, *alternative)))
            }));
        } else {
            options.extend(self.of_type(schema, name, depth));
        }
        if schema.is_true("nullable") {
            options.push(Recipe::Given(Value::Null));
        }
        options
    }

    fn of_type(&self, schema: &Merged<'d>, name: &str, depth: usize) -> Vec<Recipe<'d>> {
        let given = |values: Vec<Value>| values.into_iter().map(Recipe::Given).collect();
        match schema.value_type() {
            Some("boolean") => given(vec![json!(true), json!(false)]),
            Some("integer") => given(numbers(schema, json!(1), self.variant)),
            Some("number") => given(numbers(schema, json!(1.5), self.variant)),
            Some("string") => given(strings(schema, name, self.variant)),
            Some("array") => {
                let least = schema.least("minItems");
                let is_short =
                    least == 0 && depth < SPARING && schema.most("maxItems") == usize::MAX;
                match (least, is_short) {
                    (0, true) => vec![Recipe::Items(0)],
                    (0, false) => vec![Recipe::Items(1), Recipe::Items(0)],
                    (least, _) => vec![Recipe::Items(least.min(MOST))],
                }
            }
            None if self.otherwise == Otherwise::String => {
                given(strings(schema, name, self.variant))
            }
            _ => [Extent::All, Extent::Required].map(Recipe::Properties).into(),
        }
    }

    fn array(
        &mut self,
        at: &str,
        name: &str,
        schema: &Merged<'d>,
        count: usize,
        depth: usize,
    ) -> Option<Value> {
        let items: Vec<&Value> = schema.all("items").collect();
        if count == 0 || items.is_empty() {
            return (count <= 1).then(|| json!([]));
        }
        let is_unique = schema.is_true("uniqueItems");
        let before = self.variant;
        let mut made: Vec<Value> = Vec::new();
        for index in 0..count {
            if let (Some(first), false) = (made.first(), is_unique) {
                self.made += values_in(first);
                if self.made > MOST_WORK {
                    return None;
                }
                made.push(first.clone());
                continue;
            }
            self.variant = before + index;
            let item = Merged::of(self.root, &items);
            match self.value(&pointer::entry(at, index), 0, name, item, depth) {
                Some(item) => made.push(item),
                None => break,
            }
        }
        self.variant = before;
        (made.len() == count).then(|| made.into())
    }

    fn object(
        &mut self,
        at: &str,
        schema: &Merged<'d>,
        extent: Extent,
        depth: usize,
    ) -> Option<Value> {
        let is_sparing = depth < SPARING || self.made > MOST_VALUES || extent == Extent::Required;
        let least = schema.least("minProperties");
        let mut made = Map::new();
        for (name, schemas) in schema.properties() {
            if schemas.iter().all(|schema| self.way.leaves_out(self.root, schema)) {
                continue;
            }
            let is_required = schema.requires(name);
            if is_sparing && !is_required && made.len() >= least {
                continue;
            }
            let inside = pointer::child(at, name);
            match self.property(&inside, name, schema, &schemas, is_required, depth) {
                Some(value) => {
                    made.insert(name.to_owned(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        for name in schema.undescribed() {
            let inside = pointer::child(at, name);
            let value = self.entry(&inside, name, schema, depth)?;
            made.insert(name.to_owned(), value);
        }
        let wanted = if made.is_empty() && depth >= SPARING { least.max(1) } else { least };
        let has_entries = !schema.entries().is_empty() || least > made.len();
        for number in 0..if has_entries { wanted.saturating_sub(made.len()).min(MOST) } else { 0 } {
            let key = if number == 0 { "key".to_owned() } else { format!("key{}", number + 1) };
            match self.entry(&pointer::child(at, &key), "value", schema, depth) {
                Some(value) => {
                    made.insert(key, value);
                }
                None => break,
            }
        }
        Some(made.into())
    }

    /// Makes a property. An optional one can be left out.
    fn property(
        &mut self,
        at: &str,
        name: &str,
        object: &Merged<'d>,
        schemas: &[&'d Value],
        is_required: bool,
        depth: usize,
    ) -> Option<Value> {
        let selected = object.selected.iter().rev().find(|(property, _)| *property == name);
        let selected = selected.map(|(_, value)| value.clone());
        let options = [selected.is_some(), true, !is_required];
        let count = options.iter().filter(|is_there| **is_there).count();
        let place = (at.to_owned(), 0);
        let first = self.choices.at(&place, 0);
        for index in first..count {
            self.choices.choose(&place, index, count);
            let value = match (index, &selected) {
                (0, Some(value)) => Some(value.clone()),
                (0, None) | (1, Some(_)) => {
                    self.value(at, 1, name, Merged::of(self.root, schemas), depth)
                }
                _ => None,
            };
            if let Some(value) = value.filter(|value| is_required || !value.is_null()) {
                return Some(value);
            }
        }
        None
    }

    /// Makes an entry of a map, or a property that nothing is said of.
    fn entry(&mut self, at: &str, name: &str, object: &Merged<'d>, depth: usize) -> Option<Value> {
        if let Some((_, value)) = object.selected.iter().find(|(property, _)| *property == name) {
            return Some(value.clone());
        }
        match object.entries().as_slice() {
            [] => Some(json!(name)),
            schemas => self.value(at, 0, name, Merged::of(self.root, schemas), depth),
        }
    }
}

/// Returns the number of values in a value, with itself.
fn values_in(value: &Value) -> usize {
    let items = value.as_array().into_iter().flatten();
    let entries = value.as_object().into_iter().flat_map(Map::values);
    1 + items.chain(entries).map(values_in).sum::<usize>()
}
