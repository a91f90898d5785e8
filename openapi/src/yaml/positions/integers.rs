//! Rewrites integers beyond 64 bits, which JSON allows and `serde_yaml` does not support.

use std::ops::ControlFlow;

use super::{StepKind, walk};

/// Appends `.0` to each integer beyond 64 bits. As everywhere in JSON, such a number is read as the
/// nearest float.
pub(crate) fn with_point(text: &str) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut done = 0;
    let outcome = walk(text, &mut |step| {
        if let StepKind::Scalar { text: scalar, quoted: false } = step.found
            && is_huge(scalar)
        {
            rewritten.push_str(&text[done..step.range.end]);
            rewritten.push_str(".0");
            done = step.range.end;
        }
        ControlFlow::Continue(())
    });
    // After a syntax error the rest is left as it is.
    drop(outcome);
    rewritten.push_str(&text[done..]);
    rewritten
}

fn is_huge(scalar: &str) -> bool {
    let digits = scalar.strip_prefix(['+', '-']).unwrap_or(scalar);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && scalar.parse::<i64>().is_err()
        && scalar.parse::<u64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::with_point;

    #[test]
    fn rewrites_only_plain_integers_beyond_64_bits() {
        let text = "é: [18446744073709551615, 18446744073709551616, -9223372036854776000]\nb: '99999999999999999999'\n";
        let expected = "é: [18446744073709551615, 18446744073709551616.0, -9223372036854776000.0]\nb: '99999999999999999999'\n";
        assert_eq!(with_point(text), expected);
    }
}
