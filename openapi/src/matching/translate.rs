//! Translates patterns of ECMA 262 to the syntax of the engine that the clients have.
//!
//! The engine takes time in proportion to a string, so that no pattern can hang a caller. It knows
//! no look-around and no back-references.

use std::iter::Peekable;
use std::str::Chars;

use super::Unenforced;

const DIGITS: &str = "0-9";
const WORD: &str = "0-9A-Za-z_";
const SPACE: &str = r"\t\n\x0B\x0C\r\x20\u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// An escape, or an atom of a class.
enum Atom {
    Character(char),
    /// A hyphen that is not escaped, which can make a range in a class.
    Hyphen,
    /// The inside of a class.
    Set(String),
    /// A condition on the position.
    Assertion(&'static str),
}

impl Atom {
    /// Returns the character that it stands for, if it is one.
    fn character(&self) -> Option<char> {
        match self {
            Self::Character(character) => Some(*character),
            Self::Hyphen => Some('-'),
            Self::Set(_) | Self::Assertion(_) => None,
        }
    }
}

/// The characters of a pattern that are left.
type Rest<'p> = Peekable<Chars<'p>>;

/// Translates a pattern that has been found to be valid.
///
/// # Errors
/// Returns the reason why it cannot be translated.
pub(super) fn translate(pattern: &str) -> Result<String, Unenforced> {
    let mut translated = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' => match escape(&mut rest)? {
                Atom::Character(character) => push_literal(&mut translated, character),
                Atom::Hyphen => push_literal(&mut translated, '-'),
                Atom::Set(set) => translated.push_str(&format!("[{set}]")),
                Atom::Assertion(assertion) => translated.push_str(assertion),
            },
            '[' => translated.push_str(&class(&mut rest)?),
            '(' => {
                group(&mut rest)?;
                translated.push_str("(?:");
            }
            '.' => translated.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '{' => match quantifier(&mut rest) {
                Some(quantifier) => translated.push_str(&quantifier),
                None => translated.push_str(r"\{"),
            },
            ')' | '|' | '^' | '$' | '*' | '+' | '?' => translated.push(character),
            other => push_literal(&mut translated, other),
        }
    }
    Ok(translated)
}

/// Reads what follows the parenthesis of a group. Its name is of no use.
fn group(rest: &mut Rest<'_>) -> Result<(), Unenforced> {
    if rest.next_if_eq(&'?').is_none() {
        return Ok(());
    }
    match (rest.next(), rest.peek()) {
        (Some(':'), _) => Ok(()),
        (Some('='), _) | (Some('!'), _) | (Some('<'), Some('=' | '!')) => {
            Err(Unenforced::LookAround)
        }
        (Some('<'), _) => {
            rest.find(|character| *character == '>');
            Ok(())
        }
        _ => Err(Unenforced::OtherSyntax),
    }
}

/// Reads a quantifier after its brace. Without digits it is no quantifier.
fn quantifier(rest: &mut Rest<'_>) -> Option<String> {
    let inside: String = rest.clone().take_while(|character| *character != '}').collect();
    let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if least.is_empty() || !is_number(least) || !is_number(most) {
        return None;
    }
    rest.find(|character| *character == '}')?;
    Some(format!("{{{inside}}}"))
}

/// Translates a class after its bracket.
fn class(rest: &mut Rest<'_>) -> Result<String, Unenforced> {
    let negation = rest.next_if_eq(&'^').map_or("", |_| "^");
    let mut atoms = Vec::new();
    loop {
        match rest.next().ok_or(Unenforced::OtherSyntax)? {
            ']' => break,
            '\\' => match rest.next_if_eq(&'b') {
                Some(_) => atoms.push(Atom::Character('\u{8}')),
                None => atoms.push(escape(rest)?),
            },
            '-' => atoms.push(Atom::Hyphen),
            character => atoms.push(Atom::Character(character)),
        }
    }
    let inside = inside(&atoms)?;
    Ok(match (negation, inside.as_str()) {
        ("", "") => r"[^\x00-\u{10FFFF}]".to_owned(),
        ("^", "") => r"[\x00-\u{10FFFF}]".to_owned(),
        _ => format!("[{negation}{inside}]"),
    })
}

/// Writes the atoms of a class. A hyphen between two characters makes a range of them.
fn inside(mut atoms: &[Atom]) -> Result<String, Unenforced> {
    let mut inside = String::new();
    while let Some((first, others)) = atoms.split_first() {
        atoms = others;
        match (first, others) {
            (Atom::Character(_) | Atom::Hyphen, [Atom::Hyphen, end, behind @ ..])
                if end.character().is_some() =>
            {
                push_in_class(&mut inside, first.character().unwrap_or('-'));
                inside.push('-');
                push_in_class(&mut inside, end.character().unwrap_or('-'));
                atoms = behind;
            }
            (Atom::Character(character), _) => push_in_class(&mut inside, *character),
            (Atom::Hyphen, _) => push_in_class(&mut inside, '-'),
            (Atom::Set(set), _) => inside.push_str(set),
            (Atom::Assertion(_), _) => return Err(Unenforced::OtherSyntax),
        }
    }
    Ok(inside)
}

/// Reads what follows a backslash.
fn escape(rest: &mut Rest<'_>) -> Result<Atom, Unenforced> {
    let set = |set: &str| Ok(Atom::Set(set.to_owned()));
    let other_than = |set: &str| Ok(Atom::Set(format!("[^{set}]")));
    let character = |character: char| Ok(Atom::Character(character));
    match rest.next().ok_or(Unenforced::OtherSyntax)? {
        'd' => set(DIGITS),
        'D' => other_than(DIGITS),
        'w' => set(WORD),
        'W' => other_than(WORD),
        's' => set(SPACE),
        'S' => other_than(SPACE),
        'b' => Ok(Atom::Assertion(r"(?-u:\b)")),
        'B' => Ok(Atom::Assertion(r"(?-u:\B)")),
        kind @ ('p' | 'P') => property(kind, rest),
        'n' => character('\n'),
        'r' => character('\r'),
        't' => character('\t'),
        'v' => character('\u{b}'),
        'f' => character('\u{c}'),
        '0' if !rest.peek().is_some_and(char::is_ascii_digit) => character('\0'),
        '0'..='9' | 'k' => Err(Unenforced::Backreference),
        'c' => match rest.next() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                character(char::from(u8::try_from(letter).unwrap_or_default() % 32))
            }
            _ => Err(Unenforced::OtherSyntax),
        },
        'x' => code_point(rest, 2)
            .and_then(char::from_u32)
            .map(Atom::Character)
            .ok_or(Unenforced::OtherSyntax),
        'u' => unicode(rest).map(Atom::Character).ok_or(Unenforced::OtherSyntax),
        // Without the flag `u` it stands for itself, but nobody writes it for that.
        letter if letter.is_ascii_alphabetic() => Err(Unenforced::OtherSyntax),
        other => character(other),
    }
}

/// Reads the name of a Unicode property.
fn property(kind: char, rest: &mut Rest<'_>) -> Result<Atom, Unenforced> {
    rest.next_if_eq(&'{').ok_or(Unenforced::OtherSyntax)?;
    let name: String = rest.by_ref().take_while(|character| *character != '}').collect();
    Ok(Atom::Set(format!("\\{kind}{{{name}}}")))
}

/// Reads hexadecimal digits.
fn code_point(rest: &mut Rest<'_>, digits: usize) -> Option<u32> {
    let text: String = rest.by_ref().take(digits).collect();
    u32::from_str_radix(&text, 16).ok().filter(|_| text.len() == digits)
}

/// Reads a code point after `\u`, which may be two halves.
fn unicode(rest: &mut Rest<'_>) -> Option<char> {
    if rest.next_if_eq(&'{').is_some() {
        let text: String = rest.take_while(|character| *character != '}').collect();
        return u32::from_str_radix(&text, 16).ok().and_then(char::from_u32);
    }
    let first = code_point(rest, 4)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    let second = (rest.next()? == '\\' && rest.next()? == 'u').then(|| code_point(rest, 4))??;
    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)
}

/// Adds a character that stands for itself outside of a class.
fn push_literal(translated: &mut String, character: char) {
    if "#&-~".contains(character) {
        translated.push(character);
    } else {
        push_in_class(translated, character);
    }
}

/// Adds a character that stands for itself in a class.
fn push_in_class(translated: &mut String, character: char) {
    if character.is_control() {
        translated.push_str(&format!("\\x{{{:x}}}", u32::from(character)));
    } else {
        if regex_syntax::is_meta_character(character) {
            translated.push('\\');
        }
        translated.push(character);
    }
}
