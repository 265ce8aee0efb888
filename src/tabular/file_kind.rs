//! Files that are not text, recognised by their first bytes.

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// A type of file that has rows for people, or none at all, but not as text.
    FileKind {
        /// A sheet of a current Excel: .xlsx, .xlsm, .xlsb.
        Excel = "excel",
        /// A sheet of an old Excel, or another document of that time: .xls.
        OldExcel = "old_excel",
        /// A sheet of LibreOffice: .ods.
        OpenDocument = "open_document",
        /// Another document in a ZIP file: .docx, .odt.
        Document = "document",
        /// A ZIP, gzip, bzip2, xz, zstd, 7-Zip or RAR file.
        Compressed = "compressed",
        /// A PDF.
        Pdf = "pdf",
        /// A picture.
        Picture = "picture",
        /// A database of SQLite or Access.
        Database = "database",
        /// A web page or an XML file. Some programs call such a table `.xls`.
        Markup = "markup",
        /// Rich text: .rtf.
        RichText = "rich_text",
        /// A program.
        Program = "program",
        /// Bytes that are not text.
        Binary = "binary",
    }
}

/// The number of bytes that decide.
pub const DECISIVE_BYTES: usize = 16;

/// The number of bytes of a ZIP file that decide: its first name, or the content of an OpenDocument's `mimetype`.
pub const DECISIVE_ZIP_BYTES: usize = 4096;

/// The start of a ZIP file.
const ZIP: &[u8] = b"PK\x03\x04";

/// The starts of files.
const STARTS: [(&[u8], FileKind); 28] = [
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::OldExcel),
    (b"PK\x05\x06", FileKind::Compressed),
    (b"\x1F\x8B", FileKind::Compressed),
    (b"\x1F\x9D", FileKind::Compressed),
    (b"BZh", FileKind::Compressed),
    (b"\xFD7zXZ\x00", FileKind::Compressed),
    (b"\x28\xB5\x2F\xFD", FileKind::Compressed),
    (b"7z\xBC\xAF\x27\x1C", FileKind::Compressed),
    (b"Rar!\x1A", FileKind::Compressed),
    (b"LZIP", FileKind::Compressed),
    (b"\x04\x22\x4D\x18", FileKind::Compressed),
    (b"%PDF-", FileKind::Pdf),
    (b"\x89PNG", FileKind::Picture),
    (b"\xFF\xD8\xFF", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"II*\x00", FileKind::Picture),
    (b"MM\x00*", FileKind::Picture),
    (b"RIFF", FileKind::Picture),
    (b"BM\x00", FileKind::Picture),
    (b"\x00\x00\x01\x00\x01", FileKind::Picture),
    (b"SQLite format 3\x00", FileKind::Database),
    (b"\x00\x01\x00\x00Standard", FileKind::Database),
    (b"PAR1", FileKind::Database),
    (b"{\\rtf", FileKind::RichText),
    (b"\x7FELF", FileKind::Program),
    (b"MZ\x90", FileKind::Program),
    (b"#!/", FileKind::Program),
    (b"wOFF", FileKind::Binary),
];

/// The starts of web pages and XML files, in lower case, after spaces and a byte-order mark.
const MARKUP: [&[u8]; 6] = [b"<?xml", b"<!doctype", b"<html", b"<table", b"<meta", b"<head"];

impl FileKind {
    /// Recognises a file by its first bytes. Returns `None` for text.
    pub fn of(start: &[u8]) -> Option<FileKind> {
        if start.starts_with(ZIP) {
            return Some(zip_kind(start));
        }
        if let Some((_, kind)) = STARTS.iter().find(|(bytes, _)| start.starts_with(bytes)) {
            return Some(*kind);
        }
        if start.get(4..8) == Some(b"ftyp") {
            return Some(FileKind::Picture);
        }
        let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start().to_ascii_lowercase();
        MARKUP.iter().any(|markup| text.starts_with(markup)).then_some(FileKind::Markup)
    }

    /// Returns whether a file with this start needs [`DECISIVE_ZIP_BYTES`].
    pub fn needs_more(start: &[u8]) -> bool {
        start.starts_with(ZIP)
    }
}

/// Returns the kind of a ZIP file by the names in its first bytes.
fn zip_kind(start: &[u8]) -> FileKind {
    let has = |bytes: &[u8]| memchr::memmem::find(start, bytes).is_some();
    if has(b"opendocument.spreadsheet") {
        FileKind::OpenDocument
    } else if has(b"xl/") {
        FileKind::Excel
    } else if has(b"opendocument.") || has(b"word/") || has(b"ppt/") {
        FileKind::Document
    } else if has(b"[Content_Types].xml") || has(b"_rels/.rels") || has(b"docProps/") {
        // Every program that writes these puts them first. In an office a table is likely.
        FileKind::Excel
    } else {
        FileKind::Compressed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_decide() {
        for (start, kind) in [
            (&b"PK\x03\x04\x14\0\x06\0[Content_Types].xml....xl/workbook.xml"[..], Some(FileKind::Excel)),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Some(FileKind::OpenDocument)),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", Some(FileKind::Document)),
            (b"PK\x03\x04registry.csv", Some(FileKind::Compressed)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", Some(FileKind::OldExcel)),
            (b"\x1F\x8B\x08", Some(FileKind::Compressed)),
            (b"%PDF-1.7", Some(FileKind::Pdf)),
            (b"\x89PNG\r\n", Some(FileKind::Picture)),
            (b"SQLite format 3\0\x10", Some(FileKind::Database)),
            (b"\xEF\xBB\xBF\r\n<HTML>", Some(FileKind::Markup)),
            (b"niss,kind,name", None),
            (b"{\"niss\":1}", None),
            (b"[\n{", None),
            (b"", None),
            (b"BM;nome", None),
            (b"PK;nome", None),
        ] {
            assert_eq!(FileKind::of(start), kind, "{start:?}");
        }
    }
}
