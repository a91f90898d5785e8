//! A spec as the rules see it: its objects, how they are nested, and what references refer to.

use std::collections::BTreeMap;

use crate::objects::Kind;
use crate::objects::Node;

/// The objects of a spec.
pub(super) struct View<'a> {
    nodes: &'a [Node<'a>],
    by_pointer: BTreeMap<&'a str, usize>,
    /// The objects that each object contains directly.
    held: Vec<Vec<usize>>,
}

impl<'a> View<'a> {
    pub(super) fn new(nodes: &'a [Node<'a>]) -> Self {
        let mut held = vec![Vec::new(); nodes.len()];
        for (index, node) in nodes.iter().enumerate() {
            if let Some(holder) = node.holder {
                held[holder].push(index);
            }
        }
        let by_pointer =
            nodes.iter().enumerate().map(|(index, node)| (node.pointer.as_str(), index)).collect();
        Self { nodes, by_pointer, held }
    }

    /// Returns all objects.
    pub(super) fn nodes(&self) -> &'a [Node<'a>] {
        self.nodes
    }

    /// Returns the objects of a kind, without references to them.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = &'a Node<'a>> {
        self.nodes.iter().filter(move |node| node.kind == kind && node.reference().is_none())
    }

    /// Returns the operations of the service, without those of callbacks.
    pub(super) fn operations(&self) -> impl Iterator<Item = &'a Node<'a>> {
        self.all(Kind::Operation).filter(|operation| {
            let path = self.holder(operation).and_then(|item| self.holder(item));
            path.is_some_and(|paths| paths.kind == Kind::Paths)
        })
    }

    /// Returns the object at the end of a chain of references, which were checked to resolve.
    pub(super) fn target(&self, node: &'a Node<'a>) -> &'a Node<'a> {
        let mut target = node;
        while let Some(next) = self.next(target) {
            target = next;
        }
        target
    }

    /// Returns the object that a reference refers to.
    pub(super) fn next(&self, node: &Node<'_>) -> Option<&'a Node<'a>> {
        self.at(&node.target()?)
    }

    /// Returns the object that a JSON pointer names.
    pub(super) fn at(&self, pointer: &str) -> Option<&'a Node<'a>> {
        self.by_pointer.get(pointer).map(|index| &self.nodes[*index])
    }

    /// Returns the object that contains this one.
    pub(super) fn holder(&self, node: &Node<'_>) -> Option<&'a Node<'a>> {
        node.holder.map(|index| &self.nodes[index])
    }

    /// Returns the objects that an object contains.
    pub(super) fn held(&self, node: &Node<'_>) -> impl Iterator<Item = &'a Node<'a>> {
        let held =
            self.by_pointer.get(node.pointer.as_str()).map_or(&[][..], |index| &self.held[*index]);
        held.iter().map(|index| &self.nodes[*index])
    }

    /// Returns the objects that an object contains under one of its keywords.
    pub(super) fn under(
        &self,
        node: &Node<'_>,
        keyword: &str,
    ) -> impl Iterator<Item = &'a Node<'a>> {
        self.held(node).filter(move |held| held.under == keyword)
    }

    /// Returns the responses of an operation with their status codes, behind references.
    pub(super) fn responses(
        &self,
        operation: &Node<'_>,
    ) -> impl Iterator<Item = (&'a str, &'a Node<'a>)> {
        let responses =
            self.under(operation, "responses").flat_map(|responses| self.held(responses));
        responses.map(|response| (response.under, self.target(response)))
    }

    /// Returns the parameters of an operation, including those of its path item, behind references.
    pub(super) fn parameters(&self, operation: &Node<'_>) -> impl Iterator<Item = &'a Node<'a>> {
        let item = self.holder(operation);
        let shared = item.into_iter().flat_map(|item| self.under(item, "parameters"));
        self.under(operation, "parameters").chain(shared).map(|parameter| self.target(parameter))
    }
}
