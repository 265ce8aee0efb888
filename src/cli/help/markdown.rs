//! Markdown as plain text for a terminal or a pipe. It covers the forms that the help topics use: headings, paragraphs,
//! flat lists, tables, fenced code, bold text, code spans and links between topics.
//!
//! - Paragraphs and list items are wrapped at the width; a line in a code block is never changed.
//! - A table is aligned. If it is too wide, its widest columns are wrapped; if even their longest words do not fit, each
//!   row becomes a block of `label: value` lines.
//! - Code spans keep their backquotes, since not every terminal shows bold text.
//! - A link to a topic is shown as the command for that topic.

use unicode_width::UnicodeWidthChar;

/// How a topic is printed.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of a line.
    pub width: usize,
    /// Whether headings and bold text are printed in bold, by escape sequences.
    pub is_bold: bool,
}

/// Where bold text begins and ends, until a line is complete: characters without a width, which no topic contains.
const BOLD: char = '\u{1}';
const PLAIN: char = '\u{2}';
/// Blanks before text under a heading, and before code.
const INDENT: usize = 2;
const CODE_INDENT: usize = 4;
/// Blanks between the columns of a table.
const GAP: usize = 2;

/// A part of a page.
enum Block<'a> {
    /// A heading, without its marks.
    Heading(&'a str),
    /// The words of a paragraph.
    Paragraph(String),
    /// Items with their marks, `-` or `1.`.
    List(Vec<(&'a str, String)>),
    /// The cells of each row; the header is the first.
    Table(Vec<Vec<String>>),
    /// Lines of code.
    Code(Vec<&'a str>),
}

/// A page in Markdown as plain text.
pub fn render(markdown: &str, style: Style) -> String {
    let mut text = String::new();
    for block in blocks(markdown) {
        if !text.is_empty() {
            text.push('\n');
        }
        let lines = match block {
            Block::Heading(title) => wrap(&bold(&inline(title)), style.width),
            Block::Paragraph(words) => indent(INDENT, wrap(&inline(&words), style.width.saturating_sub(INDENT))),
            Block::List(items) => items.iter().flat_map(|(mark, words)| item(mark, words, style.width)).collect(),
            Block::Table(rows) => indent(INDENT, table(&rows, style.width.saturating_sub(INDENT))),
            Block::Code(lines) => indent(CODE_INDENT, lines.into_iter().map(str::to_owned).collect()),
        };
        for line in lines {
            text += &escape_bold(line.trim_end(), style.is_bold);
            text.push('\n');
        }
    }
    text
}

/// The blocks of a page, in order. Comments are left out: they mark the tables that a test generates.
fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = vec![];
    let mut lines = markdown.lines();
    // Whether the next line can continue a paragraph or an item.
    let mut continues = false;
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            blocks.push(Block::Code(lines.by_ref().take_while(|line| !line.starts_with("```")).collect()));
            continues = false;
        } else if line.is_empty() || line.starts_with("<!--") {
            continues = false;
        } else if line.starts_with('#') {
            blocks.push(Block::Heading(line.trim_start_matches('#').trim()));
            continues = false;
        } else if line.starts_with('|') {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| inline(cell.trim())).collect();
            let is_rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-'));
            match blocks.last_mut() {
                Some(Block::Table(_)) if is_rule => {}
                Some(Block::Table(rows)) if continues => rows.push(cells),
                _ => blocks.push(Block::Table(vec![cells])),
            }
            continues = true;
        } else if let Some((mark, words)) = list_item(line) {
            match blocks.last_mut() {
                Some(Block::List(items)) if continues => items.push((mark, words.to_owned())),
                _ => blocks.push(Block::List(vec![(mark, words.to_owned())])),
            }
            continues = true;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(words)) if continues => *words += &format!(" {line}"),
                Some(Block::List(items)) if continues => {
                    if let Some((_, words)) = items.last_mut() {
                        *words += &format!(" {}", line.trim());
                    }
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
            continues = true;
        }
    }
    blocks
}

/// The mark of a list item and its words.
fn list_item(line: &str) -> Option<(&str, &str)> {
    let (mark, words) = line.split_once(' ')?;
    let is_number = mark.strip_suffix('.').is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    (mark == "-" || (is_number && mark.len() > 1)).then_some((mark, words))
}

/// Text with its bold parts between [`BOLD`] and [`PLAIN`], and its links as commands. Nothing in a code span is changed.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            out += &format!("`{part}`");
        } else {
            out += &links(part);
        }
    }
    let mut marked = String::new();
    for (at, part) in out.split("**").enumerate() {
        if at > 0 {
            marked.push(if at % 2 == 1 { BOLD } else { PLAIN });
        }
        marked += part;
    }
    marked
}

/// Text with each link `[text](TOPIC.md)` as `ssd help TOPIC`.
fn links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let parts = link.split_once("](").and_then(|(name, behind)| {
            let (target, behind) = behind.split_once(')')?;
            Some((name, target, behind))
        });
        let Some((name, target, behind)) = parts else { break };
        out += before;
        match target.strip_suffix(".md") {
            Some(topic) => out += &format!("`ssd help {topic}`"),
            None => out += &format!("{name} ({target})"),
        }
        rest = behind;
    }
    out + rest
}

fn bold(text: &str) -> String {
    format!("{BOLD}{text}{PLAIN}")
}

/// The marks of bold text as escape sequences, or left out.
fn escape_bold(line: &str, is_bold: bool) -> String {
    let (on, off) = if is_bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    line.replace(BOLD, on).replace(PLAIN, off)
}

/// Columns that a text takes.
fn width(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// Words in lines of at most `columns`; a longer word has a line of its own. Bold text that goes on over a line's end is
/// ended there and begun again, so that no indentation is bold.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut line) = (vec![], String::new());
    let mut is_bold = false;
    for word in text.split_whitespace() {
        if width(&line) > 0 && width(&line) + 1 + width(word) > columns {
            if is_bold {
                line.push(PLAIN);
            }
            lines.push(std::mem::take(&mut line));
            line.extend(is_bold.then_some(BOLD));
        } else if width(&line) > 0 {
            line.push(' ');
        }
        line.push_str(word);
        if let Some(last) = word.chars().rfind(|c| [BOLD, PLAIN].contains(c)) {
            is_bold = last == BOLD;
        }
    }
    lines.push(line);
    lines
}

fn indent(columns: usize, lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| format!("{}{line}", " ".repeat(columns))).collect()
}

/// The lines of a list item, the later ones below its first word.
fn item(mark: &str, words: &str, columns: usize) -> Vec<String> {
    let hang = INDENT + mark.len() + 1;
    let mut lines = indent(hang, wrap(&inline(words), columns.saturating_sub(hang)));
    if let Some(first) = lines.first_mut() {
        first.replace_range(..hang, &format!("{}{mark} ", " ".repeat(INDENT)));
    }
    lines
}

/// A table in at most `columns`.
fn table(rows: &[Vec<String>], columns: usize) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |of: &dyn Fn(&str) -> usize| -> Vec<usize> {
        let cells = |at| rows.iter().filter_map(move |row| row.get(at));
        (0..count).map(|at| cells(at).map(|cell| of(cell)).max().unwrap_or(0)).collect()
    };
    let longest_word = |cell: &str| cell.split_whitespace().map(width).max().unwrap_or(0);
    let (mut widths, least) = (widest(&width), widest(&longest_word));
    let gaps = GAP * count.saturating_sub(1);
    if least.iter().sum::<usize>() + gaps > columns {
        return row_blocks(rows, columns);
    }
    while widths.iter().sum::<usize>() + gaps > columns {
        // There is a column to shrink, since the longest words fit.
        let widest = (0..count).filter(|at| widths[*at] > least[*at]).max_by_key(|at| widths[*at]);
        let Some(at) = widest else { break };
        widths[at] -= 1;
    }
    let mut lines = vec![];
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(&widths)
            .map(|(cell, columns)| wrap(&if number == 0 { bold(cell) } else { cell.clone() }, *columns))
            .collect();
        for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (cell, columns) in cells.iter().zip(&widths) {
                let text = cell.get(at).map_or("", String::as_str);
                line += &format!("{text}{}", " ".repeat(columns - width(text).min(*columns) + GAP));
            }
            lines.push(line.trim_end().to_owned());
        }
        if number == 0 {
            lines.push(widths.iter().map(|columns| "-".repeat(*columns)).collect::<Vec<_>>().join(&" ".repeat(GAP)));
        }
    }
    lines
}

/// Each row as a block of `label: value` lines, with an empty line between two rows.
fn row_blocks(rows: &[Vec<String>], columns: usize) -> Vec<String> {
    let Some((header, rows)) = rows.split_first() else { return vec![] };
    let mut lines = vec![];
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        for (label, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            lines.extend(wrap(&format!("{}: {cell}", bold(label)), columns));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help::topics::Topic;
    use crate::domain::vocabulary::Language;

    fn plain(markdown: &str, width: usize) -> String {
        render(markdown, Style { width, is_bold: false })
    }

    #[test]
    fn each_form_of_markdown_has_its_text() {
        let page = "# A **title**\n\nOne two\nthree `a  b`.\n\n- first\n  item\n- second, see [json](json.md)\n\n1. one\n\n\
                    ```sh\nls  **\n```\n\n<!-- table: x -->\n| a | b |\n|---|---|\n| `k` | long text |\n<!-- end -->\n";
        let expected = "A title\n\n  One two three `a b`.\n\n  - first item\n  - second, see `ssd help json`\n\n  1. one\n\n    \
                        ls  **\n\n  a    b\n  ---  ---------\n  `k`  long text\n";
        assert_eq!(plain(page, 80), expected);
        assert_eq!(
            plain(page, 15),
            "A title\n\n  One two three\n  `a b`.\n\n  - first item\n  - second, see\n    `ssd help\n    json`\n\n  1. one\n\n    \
             ls  **\n\n  a    b\n  ---  --------\n  `k`  long\n       text\n"
        );
        let bold = render("# A b\n\nx **y z** w\n", Style { width: 8, is_bold: true });
        assert_eq!(bold, "\u{1b}[1mA b\u{1b}[0m\n\n  x \u{1b}[1my z\u{1b}[0m\n  w\n");
        let broken = render("**y zzzzz** w\n", Style { width: 8, is_bold: true });
        assert_eq!(broken, "  \u{1b}[1my\u{1b}[0m\n  \u{1b}[1mzzzzz\u{1b}[0m\n  w\n");
    }

    #[test]
    fn a_table_with_long_words_becomes_blocks() {
        let page = "| key | meaning |\n|---|---|\n| aaaaaaaa | bbbbbbbb c |\n| d | |\n";
        assert_eq!(plain(page, 14), "  key:\n  aaaaaaaa\n  meaning:\n  bbbbbbbb c\n\n  key: d\n");
    }

    #[test]
    fn every_topic_fits_its_width_and_shows_no_mark_of_markdown() {
        for (topic, language) in
            Topic::ALL.iter().flat_map(|topic| [Language::En, Language::Pt].map(|language| (topic, language)))
        {
            let markdown = topic.markdown(language);
            let code: Vec<&str> = blocks(markdown)
                .into_iter()
                .flat_map(|block| if let Block::Code(lines) = block { lines } else { vec![] })
                .collect();
            for columns in [60, 80, 100] {
                for line in plain(markdown, columns).lines() {
                    if line.strip_prefix("    ").is_some_and(|line| code.contains(&line)) {
                        continue;
                    }
                    assert!(width(line) <= columns, "{topic} in {language}, {columns} columns: {line}");
                    let spans: String = line.split('`').step_by(2).collect();
                    for mark in ["**", "](", "<!--", "|--", "```"] {
                        assert!(!spans.contains(mark), "{topic} in {language}: {line}");
                    }
                }
            }
            // No width is too small to print something.
            plain(markdown, 1);
        }
    }
}
