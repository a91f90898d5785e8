//! The keys of mappings in the order of the source text, which JSON values do not keep.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::pointer::unescape;

/// The order of the keys in a source text, or in a part of it.
#[derive(Clone, Debug, Default)]
pub struct KeyOrder(Node);

#[derive(Clone, Debug, Default)]
enum Node {
    /// The keys, each with its position and its value.
    Mapping(BTreeMap<String, (usize, Node)>),
    Sequence(Vec<Node>),
    #[default]
    Scalar,
}

impl KeyOrder {
    /// Returns the keys of the mapping at a JSON pointer, in their order. A mapping that is not in
    /// the source text has none.
    #[must_use]
    pub fn keys_at(&self, pointer: &str) -> Vec<&str> {
        let Some(Node::Mapping(entries)) = self.node(pointer) else { return Vec::new() };
        let mut keys: Vec<(usize, &str)> =
            entries.iter().map(|(key, (position, _))| (*position, key.as_str())).collect();
        keys.sort_unstable();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    fn node(&self, pointer: &str) -> Option<&Node> {
        pointer.split('/').skip(1).try_fold(&self.0, |node, step| match node {
            Node::Mapping(entries) => entries.get(&unescape(step)).map(|(_, value)| value),
            Node::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            Node::Scalar => None,
        })
    }
}

impl<'de> Deserialize<'de> for KeyOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Node::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some((key, value)) = map.next_entry::<String, Node>()? {
            entries.insert(key, (entries.len(), value));
        }
        Ok(Node::Mapping(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Node::Sequence(items))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::key_order;

    #[test]
    fn keys_are_in_the_order_of_the_text() {
        for text in [
            "a:\n  z: 1\n  b/c: {y: [], x: null}\n  200: [{k: 1.5, j: true}]\n",
            r#"{"a": {"z": 1, "b/c": {"y": [], "x": null}, "200": [{"k": 1.5, "j": true}]}}"#,
        ] {
            let order = key_order(text);
            assert_eq!(order.keys_at("/a"), ["z", "b/c", "200"]);
            assert_eq!(order.keys_at("/a/b~1c"), ["y", "x"]);
            assert_eq!(order.keys_at("/a/200/0"), ["k", "j"]);
            assert!(order.keys_at("/a/z").is_empty() && order.keys_at("/gone/x").is_empty());
        }
    }
}
