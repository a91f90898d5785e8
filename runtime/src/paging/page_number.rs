//! The page number in the query.

use url::Url;

use crate::request::{Constrained, Constraint, InvalidRequestError, RequestPart};
use crate::url_encoding::{is_named, percent_encode};

/// The query parameter for the page number of a list.
#[derive(Clone, Copy, Debug)]
pub struct PageNumber {
    /// The name of the parameter.
    pub name: &'static str,
    /// The number of the page that the server returns if the parameter is absent.
    pub first: i64,
    /// The documented constraints on the number.
    pub constraints: &'static [Constraint],
}

impl PageNumber {
    /// Returns the URL of the page after the one at `url`, or `None` if the current number is not a
    /// number or the largest.
    ///
    /// # Errors
    /// [`InvalidRequestError`] if the next number violates a constraint.
    pub(crate) fn next_url(self, url: &Url) -> Result<Option<Url>, InvalidRequestError> {
        let pairs = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let (current, mut pairs): (Vec<&str>, Vec<&str>) =
            pairs.partition(|pair| is_named(pair, self.name));
        let current =
            current.first().map_or(Some(self.first), |pair| pair.split_once('=')?.1.parse().ok());
        let Some(number) = current.and_then(|current| current.checked_add(1)) else {
            return Ok(None);
        };
        if let Some(violated) =
            self.constraints.iter().find(|constraint| !number.satisfies(constraint))
        {
            let (name, requirement) = (self.name.to_owned(), violated.requirement());
            return Err(InvalidRequestError { part: RequestPart::Query, name, requirement });
        }
        let next = format!("{}={number}", percent_encode(self.name));
        pairs.push(&next);
        let mut url = url.clone();
        url.set_query(Some(&pairs.join("&")));
        Ok(Some(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<Option<&str>, &str>) {
        let number =
            PageNumber { name: "page[no]", first: 0, constraints: &[Constraint::Maximum("9")] };
        let url = Url::parse(&format!("https://h/x{query}")).expect("the URL is valid");
        let next = number.next_url(&url).map_err(|invalid| invalid.to_string());
        let query = next.as_ref().map(|url| url.as_ref().and_then(Url::query));
        assert_eq!(query.map_err(String::as_str), expected);
    }

    #[test]
    fn increments_the_number_and_keeps_other_parameters() {
        check("", Ok(Some("page%5Bno%5D=1")));
        check("?a=%20+&page%5Bno%5D=4&b", Ok(Some("a=%20+&b&page%5Bno%5D=5")));
        check("?page[no]=-1&page[no]=7", Ok(Some("page%5Bno%5D=0")));
        check("?page=3", Ok(Some("page=3&page%5Bno%5D=1")));
    }

    #[test]
    fn ends_if_there_is_no_next_number() {
        check("?page[no]=cursor", Ok(None));
        check("?page[no]", Ok(None));
        check(&format!("?page[no]={}", i64::MAX), Ok(None));
    }

    #[test]
    fn never_violates_a_constraint() {
        check("?page[no]=8", Ok(Some("page%5Bno%5D=9")));
        check("?page[no]=9", Err("query parameter `page[no]` must be at most 9"));
    }
}
