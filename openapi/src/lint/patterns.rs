//! Patterns that a client does not enforce.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::matching::{Unenforced, unenforced};
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;

pub(super) fn check(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    for node in nodes.iter().filter(|node| node.kind == Kind::Schema) {
        found.extend(unenforced(node).map(|reason| diagnostic(node, reason)));
    }
}

fn diagnostic(node: &Node<'_>, reason: Unenforced) -> Diagnostic {
    Diagnostic {
        rule: Rule::UnenforcedPattern,
        subject: Subject::Node,
        location: Location::Pointer(node.member("pattern")),
        what: format!("This pattern {}.", reason.predicate()),
        why: "The client does not check it, since it could refuse values that are meant, or take any time."
            .into(),
        help: match reason {
            Unenforced::OtherSyntax => {
                "Write it as JavaScript would, without delimiters: `^` and `$` for the ends, `[a-zA-Z]` for a class."
            }
            Unenforced::LookAround | Unenforced::Backreference => {
                "Write it without, or with look-aheads directly behind `^`."
            }
            Unenforced::Engine => "Write it with fewer repetitions, or use `maxLength`.",
            Unenforced::NoString | Unenforced::NoExample => "Correct the pattern or the examples.",
        }
        .into(),
    }
}
