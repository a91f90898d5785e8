//! The order in which a document has the members of its mappings, which its value has not kept.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::yaml::read_as;

/// Where each member of a mapping stands, and the order within it. Entries of lists are named by their index.
#[derive(Debug, Default)]
pub(super) struct Order {
    members: BTreeMap<String, (usize, Order)>,
}

impl Order {
    /// The order in a text; none if it cannot be read once more, so that everything is sorted by name.
    pub(super) fn of(text: &str) -> Self {
        read_as(text).unwrap_or_default()
    }

    /// What a member is sorted by. What was not in the document comes last.
    pub(super) fn place(&self, member: &str) -> usize {
        self.members.get(member).map_or(usize::MAX, |(place, _)| *place)
    }

    /// The order within a member.
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

/// A value without members.
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
            let place = order.members.len();
            let within = entries.next_value()?;
            order.members.entry(name).or_insert((place, within));
        }
        Ok(order)
    }
}
