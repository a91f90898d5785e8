//! Lists that come in pages.

mod link_header;
mod page_cursor;
mod page_number;
mod pages;

pub use page_number::PageNumber;
pub use pages::{Items, Pages};
