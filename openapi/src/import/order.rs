//! The order of keys in a document, which its parsed value has not kept.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::yaml::read_as;

/// The position of each key of a mapping, and the order within its value. Items of a sequence are
/// keyed by index.
#[derive(Debug, Default)]
pub(super) struct Order {
    members: BTreeMap<String, (usize, Order)>,
}

impl Order {
    /// Reads the order from a source text. If it cannot be parsed, the order is empty, and
    /// everything is sorted by name.
    pub(super) fn of(text: &str) -> Self {
        read_as(text).unwrap_or_default()
    }

    /// Returns the sort key of a key. Keys that the document does not have come last.
    pub(super) fn rank(&self, member: &str) -> usize {
        self.members.get(member).map_or(usize::MAX, |(rank, _)| *rank)
    }

    /// Returns the order within the value of a key.
    pub(super) fn within(&self, member: &str) -> Option<&Self> {
        self.members.get(member).map(|(_, order)| order)
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

/// Visits a scalar.
macro_rules! leaf {
    ($($visit:ident $type:ty,)*) => {
        $(fn $visit<E>(self, _: $type) -> Result<Order, E> {
            Ok(Order::default())
        })*
    };
}

impl<'de> Visitor<'de> for Reader {
    type Value = Order;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    leaf! { visit_bool bool, visit_i64 i64, visit_i128 i128, visit_u64 u64, visit_u128 u128, visit_f64 f64, visit_str &str, }

    fn visit_unit<E>(self) -> Result<Order, E> {
        Ok(Order::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Order, A::Error> {
        let mut order = Order::default();
        while let Some(entry) = entries.next_element()? {
            let index = order.members.len();
            order.members.insert(index.to_string(), (index, entry));
        }
        Ok(order)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Order, A::Error> {
        let mut order = Order::default();
        while let Some(name) = entries.next_key::<String>()? {
            let rank = order.members.len();
            let within = entries.next_value()?;
            order.members.entry(name).or_insert((rank, within));
        }
        Ok(order)
    }
}
