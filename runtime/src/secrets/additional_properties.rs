//! The properties of an object that its document does not name.

use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize};

use crate::objects::Objects;

/// The properties of an object that its document allows without naming them, with their values.
///
/// Nothing is known of the values, so they may be secrets: `Debug` prints only the number of
/// properties.
///
/// ```
/// use oauth_token_clients_runtime::AdditionalProperties;
///
/// let mut more = AdditionalProperties::default();
/// more.insert("note".to_owned(), "16c7e42f292c6912".to_owned());
/// assert_eq!(more["note"], "16c7e42f292c6912");
/// assert_eq!(format!("{more:?}"), "[1 properties]");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AdditionalProperties<V>(BTreeMap<String, V>);

impl<V> Default for AdditionalProperties<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// Takes no array for an object, as in all JSON that is received. The code that serde derives for
/// such properties passes on its own deserializer.
impl<'de, V: Deserialize<'de>> Deserialize<'de> for AdditionalProperties<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(Objects(deserializer)).map(Self)
    }
}

impl<V> Deref for AdditionalProperties<V> {
    type Target = BTreeMap<String, V>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<V> DerefMut for AdditionalProperties<V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<V> From<BTreeMap<String, V>> for AdditionalProperties<V> {
    fn from(properties: BTreeMap<String, V>) -> Self {
        Self(properties)
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for AdditionalProperties<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(properties: I) -> Self {
        Self(properties.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<V> IntoIterator for AdditionalProperties<V> {
    type Item = (String, V);
    type IntoIter = btree_map::IntoIter<String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'p, V> IntoIterator for &'p AdditionalProperties<V> {
    type Item = (&'p String, &'p V);
    type IntoIter = btree_map::Iter<'p, String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<V> fmt::Debug for AdditionalProperties<V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} properties]", self.len())
    }
}
