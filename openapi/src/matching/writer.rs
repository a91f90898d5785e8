//! Writes strings from the syntax tree of a pattern.

use fancy_regex::{Expr, LookAround};
use regex_syntax::hir::{Class, Hir, HirKind};

/// The characters that are preferred.
const PREFERRED: &str =
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.@$!%*?&#+:/ ";

/// The longest string that is written, in bytes.
const LONGEST: usize = 10_000;

/// Writes one string.
pub(super) struct Writer {
    text: String,
    /// The number of characters that repetitions may still add to what they must.
    spare: usize,
    /// The source of choices. In the first attempt all choices are the first.
    random: Option<u64>,
    /// True if what a look-ahead asks for is written.
    looks_ahead: bool,
    /// What each group matched last.
    groups: Vec<String>,
}

impl Writer {
    /// Writes a string of at least `least` characters, if it can be so long. Each attempt chooses
    /// otherwise.
    pub(super) fn write(tree: &Expr, attempt: usize, least: usize) -> Option<String> {
        let shortest = Self::written(tree, attempt, 0)?;
        match least.saturating_sub(shortest.chars().count()) {
            0 => Some(shortest),
            spare => Self::written(tree, attempt, spare),
        }
    }

    fn written(tree: &Expr, attempt: usize, spare: usize) -> Option<String> {
        let seed = u64::try_from(attempt).ok()?;
        let mut writer = Self {
            text: String::new(),
            spare,
            random: (seed > 0).then_some(seed),
            looks_ahead: attempt % 2 == 1,
            groups: Vec::new(),
        };
        writer.expression(tree)?;
        Some(writer.text)
    }

    fn expression(&mut self, expression: &Expr) -> Option<()> {
        match expression {
            Expr::Empty | Expr::Assertion(_) => {}
            Expr::Any { .. } => self.character(|_| true, None)?,
            Expr::GeneralNewline { .. } => self.text.push('\n'),
            Expr::Literal { val, .. } => self.text.push_str(val),
            Expr::Concat(parts) => parts.iter().try_for_each(|part| self.expression(part))?,
            Expr::Alt(alternatives) => {
                let index = self.choose(alternatives.len());
                self.expression(alternatives.get(index)?)?;
            }
            Expr::Group(inner) => {
                let (group, start) = (self.groups.len(), self.text.len());
                self.groups.push(String::new());
                self.expression(inner)?;
                self.groups[group] = self.text[start..].to_owned();
            }
            Expr::LookAround(inner, LookAround::LookAhead) if self.looks_ahead => {
                self.expression(inner)?;
            }
            Expr::LookAround(..) => {}
            Expr::AtomicGroup(inner) => self.expression(inner)?,
            Expr::Repeat { child, lo, hi, .. } => self.repetition(child, *lo, *hi)?,
            Expr::Delegate { inner, .. } => self.class(inner)?,
            Expr::Backref { group, .. } => {
                let matched = self.groups.get(group.checked_sub(1)?)?.clone();
                self.text.push_str(&matched);
            }
            _ => return None,
        }
        (self.text.len() <= LONGEST).then_some(())
    }

    /// Repeats as often as the pattern asks for, and then while there are characters to spare.
    fn repetition(&mut self, child: &Expr, least: usize, most: usize) -> Option<()> {
        let groups = self.groups.len();
        for count in 0..most {
            let is_spare = count >= least;
            if is_spare && self.spare == 0 {
                break;
            }
            let before = self.text.chars().count();
            // The groups of a repetition are those of its last round.
            self.groups.truncate(groups);
            self.expression(child)?;
            let added = self.text.chars().count() - before;
            if is_spare {
                self.spare = self.spare.saturating_sub(added);
            }
            if added == 0 && count >= least.min(1) {
                break;
            }
        }
        Some(())
    }

    /// Writes a character of a class.
    fn class(&mut self, class: &str) -> Option<()> {
        let class = regex_syntax::parse(class).ok()?;
        let ranges = ranges(&class)?;
        let first = ranges.first().map(|(start, _)| *start);
        let is_in =
            |character| ranges.iter().any(|(start, end)| (*start..=*end).contains(&character));
        self.character(is_in, first)
    }

    /// Writes a preferred character that is allowed, else `otherwise`.
    fn character(
        &mut self,
        is_allowed: impl Fn(char) -> bool,
        otherwise: Option<char>,
    ) -> Option<()> {
        let allowed: Vec<char> = PREFERRED.chars().filter(|one| is_allowed(*one)).collect();
        let index = match self.random {
            Some(_) => self.choose(allowed.len()),
            None => self.text.chars().count() % allowed.len().max(1),
        };
        self.text.push(allowed.get(index).copied().or(otherwise)?);
        Some(())
    }

    /// Chooses one of `count` by a linear congruential generator.
    fn choose(&mut self, count: usize) -> usize {
        const FACTOR: u64 = 6_364_136_223_846_793_005;
        const ADDED: u64 = 1_442_695_040_888_963_407;
        let Some(state) = &mut self.random else { return 0 };
        *state = state.wrapping_mul(FACTOR).wrapping_add(ADDED);
        let high = usize::try_from(*state >> 33).unwrap_or_default();
        high.checked_rem(count).unwrap_or_default()
    }
}

/// Returns the ranges of characters of a class, or the character of a class of one.
fn ranges(class: &Hir) -> Option<Vec<(char, char)>> {
    match class.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            Some(class.ranges().iter().map(|range| (range.start(), range.end())).collect())
        }
        HirKind::Literal(literal) => {
            let only = std::str::from_utf8(&literal.0).ok()?.chars().next()?;
            Some(vec![(only, only)])
        }
        _ => None,
    }
}
