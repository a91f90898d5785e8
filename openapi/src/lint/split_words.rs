//! Words that Rust's naming conventions split: `o_auth`, `git_hub`, `i_pv4`, `ur_ls`.

use heck::ToSnakeCase;

use crate::naming::COMPOUND_WORDS;

/// Further words with a capital letter inside, which names would be split at.
const MORE_WORDS: [&str; 9] = [
    "OpenAI",
    "JavaScript",
    "TypeScript",
    "PostgreSQL",
    "MySQL",
    "MongoDB",
    "WhatsApp",
    "BitBucket",
    "DropBox",
];

/// Acronyms of two letters. Longer ones need no list: nobody uses three single letters in a row as
/// words.
const ACRONYMS: [&str; 14] =
    ["ai", "ca", "ci", "db", "id", "io", "ip", "ou", "os", "pr", "qr", "ui", "vm", "vpc"];

/// Letters that are words by themselves: an article, axes, and the prefix of old headers.
const WORDS_OF_A_LETTER: [&str; 4] = ["a", "x", "y", "z"];

/// Returns the Rust name with its split words joined, if it has any. `name` is the original name.
pub(super) fn joined(name: &str, rust_name: &str) -> Option<String> {
    let mut words: Vec<String> =
        rust_name.trim_end_matches('_').split('_').map(str::to_owned).collect();
    let number = words.len();
    for word in COMPOUND_WORDS.iter().chain(&MORE_WORDS) {
        join(&mut words, &word.to_snake_case());
    }
    for plural in plurals(name) {
        join(&mut words, &plural.to_snake_case());
    }
    join_letters(&mut words, name);
    (words.len() < number).then(|| words.join("_"))
}

/// Joins the words that `split` contains between underscores, wherever they follow each other.
fn join(words: &mut Vec<String>, split: &str) {
    let parts: Vec<&str> = split.split('_').collect();
    while let Some(start) =
        words.windows(parts.len()).position(|window| parts.len() > 1 && window == parts)
    {
        words.splice(start..start + parts.len(), [parts.concat()]);
    }
}

/// Returns acronyms in the plural, such as `URLs`, whose last capital would be taken for the start
/// of a word.
fn plurals(name: &str) -> Vec<&str> {
    let mut plurals = Vec::new();
    for (end, _) in name.match_indices('s') {
        let start = name[..end]
            .rfind(|character: char| !character.is_ascii_uppercase())
            .map_or(0, |before| before + 1);
        let goes_on = name[end + 1..].starts_with(|next: char| next.is_ascii_lowercase());
        if end >= start + 2 && name.is_char_boundary(start) && !goes_on {
            plurals.push(&name[start..=end]);
        }
    }
    plurals
}

/// Joins single letters: with each other if that makes an acronym, or with the word that they were
/// split from.
fn join_letters(words: &mut Vec<String>, name: &str) {
    let is_letter = |word: &String| {
        word.len() == 1 && word.starts_with(|letter: char| letter.is_ascii_lowercase())
    };
    let lower = name.to_lowercase();
    let mut index = 0;
    while index < words.len() {
        let letters = words[index..].iter().take_while(|word| is_letter(word)).count();
        let acronym = words[index..index + letters].concat();
        let is_acronym = letters > 2 || ACRONYMS.contains(&acronym.as_str());
        if letters > 1 && is_acronym {
            words.splice(index..index + letters, [acronym]);
        } else if letters == 1
            && !WORDS_OF_A_LETTER.contains(&words[index].as_str())
            && let Some(next) = words.get(index + 1)
            && lower.contains(&format!("{}{next}", words[index]))
        {
            let whole = words[index..=index + 1].concat();
            words.splice(index..=index + 1, [whole]);
        }
        index += letters.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::naming::snake;

    #[test]
    fn split_words_are_joined() {
        for (name, expected) in [
            ("git_hub_id", "github_id"),
            ("o_auth_token", "oauth_token"),
            ("i_d", "id"),
            ("base_u_r_l", "base_url"),
            ("iPv4Address", "ipv4_address"),
            ("callbackURLs", "callback_urls"),
            ("userIDs", "user_ids"),
            ("vCpuCount", "vcpu_count"),
            ("openAIKey", "openai_key"),
        ] {
            assert_eq!(joined(name, &snake(name)).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn names_of_whole_words_stay() {
        let names = [
            "gitHubClientId",
            "OAuthToken",
            "X-GitHub-OTP",
            "xAxis",
            "is_a_bot",
            "top_p",
            "plan_b",
            "userID",
        ];
        for name in names.into_iter().chain([
            "type",
            "ids",
            "HTTPSProxy",
            "größe",
            "HTTPServers",
            "s",
            "",
            "per_page",
            "a_b",
        ]) {
            assert_eq!(joined(name, &snake(name)), None, "{name}");
        }
    }
}
