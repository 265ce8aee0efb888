//! A minimal PDF reader for the tests: objects by the cross-reference table, and text lines by the fonts' character
//! maps.
//!
//! It shares no code with the writer.

use std::collections::HashMap;

/// Returns the lines of each page, in drawing order.
pub fn pages(file: &[u8]) -> Vec<Vec<String>> {
    let objects = objects(file);
    let text = |id: u32| String::from_utf8_lossy(&objects[&id].0).into_owned();
    let root = reference(&String::from_utf8_lossy(file), "/Root");
    let tree = text(reference(&text(root), "/Pages"));
    let kids = tree.split("/Kids [").nth(1).and_then(|rest| rest.split(']').next()).expect("kids");
    let kids: Vec<u32> = kids.split(" 0 R").filter_map(|id| id.trim().parse().ok()).collect();
    assert!(tree.contains(&format!("/Count {}", kids.len())), "{tree}");
    kids.into_iter()
        .map(|kid| {
            let page = text(kid);
            let fonts: HashMap<String, HashMap<u16, String>> = ["F0", "F1"]
                .into_iter()
                .map(|name| {
                    let font = text(reference(&page, &format!("/{name}")));
                    (name.to_owned(), characters(&objects[&reference(&font, "/ToUnicode")].1))
                })
                .collect();
            lines(&objects[&reference(&page, "/Contents")].1, &fonts)
        })
        .collect()
}

/// Returns the title of the file and its bookmarks, in order.
pub fn titles(file: &[u8]) -> (String, Vec<String>) {
    let objects = objects(file);
    let text = |id: u32| String::from_utf8_lossy(&objects[&id].0).into_owned();
    let all = String::from_utf8_lossy(file);
    let root = text(reference(&all, "/Root"));
    let mut next = Some(reference(&text(reference(&root, "/Outlines")), "/First"));
    let mut bookmarks = vec![];
    while let Some(id) = next {
        let bookmark = text(id);
        bookmarks.push(title(&objects[&id].0));
        next = bookmark.contains("/Next ").then(|| reference(&bookmark, "/Next"));
    }
    (title(&objects[&reference(&all, "/Info")].0), bookmarks)
}

/// Returns the text of a `/Title`: PDFDocEncoding, or UTF-16 behind a byte order mark.
fn title(object: &[u8]) -> String {
    let at = object.windows(7).position(|window| window == b"/Title ").expect("a title") + 7;
    let (bytes, _) = string(object, at);
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(units) => {
            let units: Vec<u16> = units.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes).expect("ASCII"),
    }
}

/// Returns the language tags: of the file, and of the text of each page.
pub fn languages(file: &[u8]) -> (String, Vec<String>) {
    let tag = |text: &str| {
        let rest = text.split("/Lang (").nth(1).and_then(|rest| rest.split(')').next());
        rest.unwrap_or_default().to_owned()
    };
    let objects = objects(file);
    let root = String::from_utf8_lossy(&objects[&reference(&String::from_utf8_lossy(file), "/Root")].0).into_owned();
    let mut ids: Vec<&u32> = objects.keys().collect();
    ids.sort();
    let streams = ids.into_iter().map(|id| String::from_utf8_lossy(&objects[id].1).into_owned());
    (tag(&root), streams.filter(|stream| stream.contains("BDC")).map(|stream| tag(&stream)).collect())
}

/// Returns the objects, each as its text before the stream and its inflated stream.
fn objects(file: &[u8]) -> HashMap<u32, (Vec<u8>, Vec<u8>)> {
    let find = |from: usize, what: &[u8]| {
        file[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let tail = String::from_utf8_lossy(&file[file.len() - 64..]).into_owned();
    let table: usize = tail
        .split("startxref")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|at| at.parse().ok())
        .expect("a table");
    let text = String::from_utf8_lossy(&file[table..]).into_owned();
    let entries = text.lines().skip(2).take_while(|line| line.len() >= 18);
    let offsets: Vec<usize> =
        entries.filter(|line| line.contains(" n")).map(|line| line[..10].parse().expect("a place")).collect();
    offsets
        .into_iter()
        .map(|at| {
            let end = find(at, b"endobj").expect("an end");
            let dictionary = match find(at, b"stream\n").filter(|stream| *stream < end) {
                Some(stream) => &file[at..stream],
                None => &file[at..end],
            };
            let dictionary_text = String::from_utf8_lossy(dictionary);
            let id = dictionary_text.split_whitespace().next().and_then(|id| id.parse().ok()).expect("a number");
            let mut stream = vec![];
            if dictionary.len() < end - at && !dictionary_text.trim_end().ends_with("end") {
                let length: usize = dictionary_text
                    .split("/Length ")
                    .nth(1)
                    .and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next())
                    .and_then(|length| length.parse().ok())
                    .expect("a length");
                let from = at + dictionary.len() + b"stream\n".len();
                stream = file[from..from + length].to_vec();
                if dictionary_text.contains("/FlateDecode") {
                    stream = miniz_oxide::inflate::decompress_to_vec_zlib(&stream).expect("deflated");
                }
            }
            (id, (dictionary.to_vec(), stream))
        })
        .collect()
}

fn reference(text: &str, key: &str) -> u32 {
    let rest = text.split(&format!("{key} ")).nth(1).unwrap_or_else(|| panic!("no {key} in {text}"));
    rest.trim_start_matches('[').split_whitespace().next().and_then(|id| id.parse().ok()).expect("a reference")
}

/// Returns the character of each glyph.
fn characters(cmap: &[u8]) -> HashMap<u16, String> {
    let text = String::from_utf8_lossy(cmap);
    let mut found = HashMap::new();
    for block in text.split("beginbfchar").skip(1) {
        for line in block.split("endbfchar").next().unwrap_or_default().lines() {
            let codes: Vec<&str> = line.split(['<', '>']).filter(|code| !code.trim().is_empty()).collect();
            let [glyph, character] = codes[..] else { continue };
            let units: Vec<u16> = character
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).expect("digits"), 16).expect("digits"))
                .collect();
            found.insert(
                u16::from_str_radix(glyph, 16).expect("digits"),
                String::from_utf16(&units).expect("a character"),
            );
        }
    }
    found
}

/// Returns the text drawn between each BT and ET.
fn lines(content: &[u8], fonts: &HashMap<String, HashMap<u16, String>>) -> Vec<String> {
    // The dictionary with the language of the text is before the text.
    let begin = content.windows(3).position(|window| window == b"BDC").map_or(0, |at| at + 3);
    let content = &content[begin..];
    let (mut lines, mut line, mut font, mut at) = (vec![], String::new(), "F0".to_owned(), 0);
    let mut word = String::new();
    while at < content.len() {
        match content[at] {
            b'(' | b'<' => {
                let (bytes, behind) = string(content, at);
                for glyph in bytes.chunks_exact(2) {
                    let glyph = u16::from_be_bytes([glyph[0], glyph[1]]);
                    line.push_str(
                        fonts[&font].get(&glyph).unwrap_or_else(|| panic!("{glyph} is no character of {font}")),
                    );
                }
                at = behind;
                continue;
            }
            byte if byte.is_ascii_whitespace() => {
                match word.as_str() {
                    name if name.starts_with("/F") => font = name[1..].to_owned(),
                    "ET" => lines.push(std::mem::take(&mut line)),
                    _ => {}
                }
                word.clear();
            }
            byte => word.push(char::from(byte)),
        }
        at += 1;
    }
    if word == "ET" {
        lines.push(line);
    }
    lines
}

/// Returns the bytes of a string and the position after it.
fn string(content: &[u8], from: usize) -> (Vec<u8>, usize) {
    let mut bytes = vec![];
    let mut at = from + 1;
    if content[from] == b'<' {
        let end = at + content[at..].iter().position(|byte| *byte == b'>').expect("an end");
        let digits = String::from_utf8_lossy(&content[at..end]).into_owned();
        bytes.extend(
            (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits")),
        );
        return (bytes, end + 1);
    }
    let mut depth = 1;
    loop {
        match content[at] {
            b'\\' => {
                at += 1;
                let escaped = match content[at] {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'f' => 12,
                    digit @ b'0'..=b'7' => {
                        let octal: String = content[at..at + 3].iter().map(|byte| char::from(*byte)).collect();
                        at += 2;
                        u8::from_str_radix(&octal, 8).unwrap_or(digit)
                    }
                    other => other,
                };
                bytes.push(escaped);
            }
            b'(' => {
                depth += 1;
                bytes.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return (bytes, at + 1);
                }
                bytes.push(b')');
            }
            byte => bytes.push(byte),
        }
        at += 1;
    }
}
