//! The list for the terminal: a table for each API.

use codegen::api::Api;
use comfy_table::{ContentArrangement, Table, presets};

use super::row::Row;

/// The names of the columns if an operation is one line.
const WIDE: [&str; 7] =
    ["method", "statuses", "security", "examples", "operation", "path", "snapshot"];
/// The names of the columns if the terminal is too narrow for that. Path and snapshot are below the
/// operation then.
const NARROW: [&str; 5] =
    ["method", "statuses", "security", "examples", "operation, path, snapshot"];

/// The smallest width of a terminal for which lines are broken.
const LEAST_WIDTH: u16 = 60;

/// Renders the tables, no wider than the terminal. Without a terminal an operation is one line.
pub(super) fn render(rows: &[Row<'_>]) -> String {
    let wide = tables(rows, |rows| table(rows, &WIDE, wide_cells));
    match terminal_size::terminal_size_of(std::io::stdout()) {
        Some((width, _))
            if wide.lines().any(|line| line.chars().count() > usize::from(width.0)) =>
        {
            tables(rows, |rows| {
                let mut table = table(rows, &NARROW, narrow_cells);
                table
                    .set_content_arrangement(ContentArrangement::Dynamic)
                    .set_width(width.0.max(LEAST_WIDTH));
                table
            })
        }
        _ => wide,
    }
}

fn tables(rows: &[Row<'_>], table: impl Fn(&[Row<'_>]) -> Table) -> String {
    let by_api = rows.chunk_by(|one, other| one.api.name == other.api.name);
    let tables = by_api.map(|rows| format!("{}{}\n", heading(rows[0].api), table(rows).trim_fmt()));
    tables.collect::<Vec<_>>().join("\n")
}

fn heading(api: &Api) -> String {
    let name = visible(&format!("{}: {}, {}", api.name, api.title, api.version));
    let source = &api.source;
    let from =
        visible(&format!("from {}, \"{}\", {}", source.vendor, source.title, source.document));
    format!("{name}\n{from}\n")
}

fn table<const N: usize>(
    rows: &[Row<'_>],
    names: &[&str; N],
    cells: impl Fn(&Row<'_>) -> [String; N],
) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(*names).add_rows(rows.iter().map(cells));
    for column in table.column_iter_mut() {
        column.set_padding((2, 0));
    }
    table
}

fn wide_cells(row: &Row<'_>) -> [String; 7] {
    let operation = row.operation;
    let (given, all) = row.examples();
    let cells = [
        operation.method.clone(),
        row.statuses().join(" "),
        row.security(str::to_owned),
        format!("{given}/{all}"),
        operation.rust_name.clone(),
        operation.path.clone(),
        row.snapshot.clone().unwrap_or_else(|| "-".to_owned()),
    ];
    cells.map(|cell| visible(&cell))
}

fn narrow_cells(row: &Row<'_>) -> [String; 5] {
    let [method, statuses, security, examples, operation, path, snapshot] = wide_cells(row);
    [method, statuses, security, examples, format!("{operation}\n{path}\n{snapshot}")]
}

/// Replaces the characters of a spec that could move the cursor of a terminal.
fn visible(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() { char::REPLACEMENT_CHARACTER } else { one })
        .collect()
}
