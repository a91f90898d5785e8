//! Paging: lists that are requested page by page.

mod page_cursor;
mod page_number;
mod pages;

pub use page_number::PageNumber;
pub use pages::{Items, Pages};
