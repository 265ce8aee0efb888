//! The line that is typed at a question: its text, the cursor, and the usual editing.
//!
//! A character is one with the marks that follow it without a width of their own, such as a combining accent.

use unicode_width::UnicodeWidthChar;
use zeroize::Zeroizing;

/// The longest line in bytes. It is longer than any accepted answer, so that growing leaves no copy of a secret in memory.
const CAPACITY: usize = 4096;

/// A change of the line or of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Types a character.
    Insert(char),
    /// Moves one character to the left.
    Left,
    /// Moves one character to the right.
    Right,
    /// Moves to the start of a word.
    WordLeft,
    /// Moves to the end of a word.
    WordRight,
    /// Moves to the start of the line.
    Home,
    /// Moves to the end of the line.
    End,
    /// Deletes the character before the cursor.
    Backspace,
    /// Deletes the character at the cursor.
    Delete,
    /// Deletes the word before the cursor, up to a space.
    DeleteWord,
    /// Deletes everything before the cursor.
    DeleteToStart,
    /// Deletes everything from the cursor on.
    DeleteToEnd,
}

/// The typed line.
pub struct LineEditor {
    text: Zeroizing<String>,
    /// The byte before which the cursor is.
    cursor: usize,
}

impl LineEditor {
    /// Returns an empty line.
    pub fn new() -> LineEditor {
        LineEditor { text: Zeroizing::new(String::with_capacity(CAPACITY)), cursor: 0 }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Returns whether the cursor is at the end.
    pub fn is_at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Replaces the text, and moves the cursor to its end.
    pub fn set(&mut self, text: &str) {
        self.text.clear();
        self.text.push_str(text);
        self.cursor = self.text.len();
    }

    /// Returns the typed text.
    pub fn into_text(self) -> Zeroizing<String> {
        self.text
    }

    /// Edits the line. What does not fit is ignored.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(key) => {
                if !key.is_control() && self.text.len() + key.len_utf8() <= CAPACITY {
                    self.text.insert(self.cursor, key);
                    self.cursor += key.len_utf8();
                }
            }
            Edit::Left => self.cursor = self.left_of(self.cursor),
            Edit::Right => self.cursor = self.right_of(self.cursor),
            Edit::WordLeft => self.cursor = self.start_of_word(),
            Edit::WordRight => self.cursor = self.end_of_word(),
            Edit::Home => self.cursor = 0,
            Edit::End => self.cursor = self.text.len(),
            Edit::Backspace => self.delete_from(self.left_of(self.cursor)),
            Edit::Delete => {
                let end = self.right_of(self.cursor);
                self.text.drain(self.cursor..end);
            }
            Edit::DeleteWord => self.delete_from(self.start_of_word()),
            Edit::DeleteToStart => self.delete_from(0),
            Edit::DeleteToEnd => self.text.truncate(self.cursor),
        }
    }

    fn delete_from(&mut self, start: usize) {
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    fn left_of(&self, at: usize) -> usize {
        let wide = self.text[..at].char_indices().rev().find(|(_, c)| width(*c) > 0);
        wide.map_or(0, |(at, _)| at)
    }

    fn right_of(&self, at: usize) -> usize {
        let mut marks = self.text[at..].char_indices().skip(1).skip_while(|(_, c)| width(*c) == 0);
        marks.next().map_or(self.text.len(), |(further, _)| at + further)
    }

    fn start_of_word(&self) -> usize {
        let word = self.before_cursor().trim_end();
        word.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, space)| at + space.len_utf8())
    }

    fn end_of_word(&self) -> usize {
        let rest = &self.text[self.cursor..];
        let word = rest.trim_start();
        self.cursor + (rest.len() - word.len()) + word.find(char::is_whitespace).unwrap_or(word.len())
    }
}

fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Returns the row and column of the cursor after a text, in a window of this many columns. A text that
/// fills its last row ends at the start of the next one.
pub fn position_after(text: &str, start: (usize, usize), columns: usize) -> (usize, usize) {
    let (mut row, mut column) = start;
    for wide in text.chars().map(width) {
        if column + wide > columns {
            (row, column) = (row + 1, 0);
        }
        column += wide;
    }
    if column >= columns { (row + 1, 0) } else { (row, column) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, edits: &[Edit]) -> String {
        let mut line = LineEditor::new();
        text.chars().for_each(|key| line.apply(Edit::Insert(key)));
        edits.iter().for_each(|edit| line.apply(*edit));
        line.apply(Edit::Insert('|'));
        line.into_text().to_string()
    }

    #[test]
    fn edits_move_the_cursor_and_change_the_text_around_it() {
        use Edit::*;
        for (edits, expected) in [
            (&[][..], "Ana Sofia Reis|"),
            (&[Left, Left], "Ana Sofia Re|is"),
            (&[Home], "|Ana Sofia Reis"),
            (&[Home, Left], "|Ana Sofia Reis"),
            (&[Home, Right], "A|na Sofia Reis"),
            (&[Home, End, Right], "Ana Sofia Reis|"),
            (&[Backspace], "Ana Sofia Rei|"),
            (&[Home, Backspace], "|Ana Sofia Reis"),
            (&[Home, Delete], "|na Sofia Reis"),
            (&[Delete], "Ana Sofia Reis|"),
            (&[DeleteWord], "Ana Sofia |"),
            (&[DeleteWord, DeleteWord], "Ana |"),
            (&[Left, DeleteWord], "Ana Sofia |s"),
            (&[WordLeft, WordLeft], "Ana |Sofia Reis"),
            (&[Home, WordRight, WordRight], "Ana Sofia| Reis"),
            (&[WordLeft, DeleteToStart], "|Reis"),
            (&[WordLeft, DeleteToEnd], "Ana Sofia |"),
            (&[DeleteToStart, DeleteWord, Backspace], "|"),
        ] {
            assert_eq!(typed("Ana Sofia Reis", edits), expected, "{edits:?}");
        }
    }

    #[test]
    fn marks_belong_to_their_character() {
        use Edit::*;
        let decomposed = "Joa\u{303}o";
        for (edits, expected) in [
            (&[Left, Left][..], "Jo|a\u{303}o"),
            (&[Left, Backspace], "Jo|o"),
            (&[Home, Right, Right, Delete], "Jo|o"),
            (&[Home, Right, Right, Right], "Joa\u{303}|o"),
        ] {
            assert_eq!(typed(decomposed, edits), expected, "{edits:?}");
        }
    }

    #[test]
    fn line_has_a_longest_length_and_no_control_characters() {
        let mut line = LineEditor::new();
        (0..3000).for_each(|_| line.apply(Edit::Insert('ã')));
        line.apply(Edit::Insert('\u{7}'));
        assert_eq!((line.text().len(), line.text().chars().all(|c| c == 'ã')), (CAPACITY, true));
        assert_eq!(line.text.capacity(), CAPACITY);
    }

    #[test]
    fn positions_follow_the_wrapping_of_a_window() {
        for (text, start, columns, expected) in [
            ("", (0, 0), 10, (0, 0)),
            ("Name: ", (0, 0), 10, (0, 6)),
            ("Ana", (0, 6), 10, (0, 9)),
            ("Anaa", (0, 6), 10, (1, 0)),
            ("Anaab", (0, 6), 10, (1, 1)),
            ("0123456789012345678901", (0, 0), 10, (2, 2)),
            ("012345678日", (0, 0), 10, (1, 2)),
            ("a\u{303}\u{303}", (0, 8), 10, (0, 9)),
        ] {
            assert_eq!(position_after(text, start, columns), expected, "{text:?}");
        }
    }
}
