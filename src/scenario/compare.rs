//! Comparison of the expected and the actual reply, field by field. An expected object is a subset of the actual one.
//! Lists are compared element by element. `[..]` in an expected text matches any text, as in the transcripts.

use serde_json::Value;

/// The wildcard that matches any text.
pub const WILDCARD: &str = "[..]";

/// A field with a different value.
#[derive(Debug, PartialEq)]
pub struct Mismatch {
    /// The path, for example `due[0]` or `contacts[1].kind`. Empty for the complete reply.
    pub path: String,
    /// The expected value.
    pub expected: Value,
    /// The actual value; null if absent.
    pub actual: Value,
}

/// Returns the differences between `expected` and `actual`.
pub fn differences(expected: &Value, actual: &Value) -> Vec<Mismatch> {
    let mut found = vec![];
    compare(String::new(), expected, actual, &mut found);
    found
}

fn compare(path: String, expected: &Value, actual: &Value, found: &mut Vec<Mismatch>) {
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(there)) => {
            for (key, wanted) in wanted {
                let under = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(under, wanted, there.get(key).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(wanted), Value::Array(there)) if wanted.len() == there.len() => {
            for (at, (wanted, there)) in wanted.iter().zip(there).enumerate() {
                compare(format!("{path}[{at}]"), wanted, there, found);
            }
        }
        (Value::String(pattern), Value::String(text)) if fits(pattern, text) => {}
        _ if expected == actual => {}
        _ => found.push(Mismatch { path, expected: expected.clone(), actual: actual.clone() }),
    }
}

/// Matches a text against a pattern. `[..]` matches any text, also an empty one.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once(WILDCARD) else { return pattern == text };
    let Some(mut left) = text.strip_prefix(head) else { return false };
    let mut pieces: Vec<&str> = rest.split(WILDCARD).collect();
    let tail = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match left.find(piece) {
            Some(at) => left = &left[at + piece.len()..],
            None => return false,
        }
    }
    left.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(expected: &Value, actual: &Value) -> Vec<String> {
        differences(expected, actual).into_iter().map(|one| one.path).collect()
    }

    #[test]
    fn wildcard_matches_only_text() {
        for (pattern, text) in [
            ("", ""),
            ("[..]", ""),
            ("[..]", "a\nb"),
            ("[..]code[..]", "your code: 1"),
            ("+351[..]01", "+351 9** *** *01"),
            ("a[..]b[..]b", "abb"),
            ("[..][..]", "x"),
            ("[..]é", "café"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "x"),
            ("x", ""),
            ("a[..]a", "a"),
            ("[..]b", "bc"),
            ("a[..]b[..]b", "ab"),
            ("[.]", "x"),
            ("b[..]", "ab"),
        ] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
        assert_eq!(paths(&json!({"n": "[..]"}), &json!({"n": 5})), ["n"]);
    }

    #[test]
    fn objects_match_as_subsets_and_lists_completely() {
        let actual = json!({"a": 1, "b": {"c": [1, {"d": "x", "e": null}]}});
        for fitting in [json!({}), json!({"a": 1}), json!({"b": {"c": [1, {"d": "[..]"}]}}), json!({"none": null})] {
            assert!(paths(&fitting, &actual).is_empty(), "{fitting}");
        }
        for (other, expected) in [
            (json!({"a": "1", "z": 2}), &["a", "z"][..]),
            (json!({"b": {"c": [2, {"d": "y"}]}}), &["b.c[0]", "b.c[1].d"]),
            (json!({"b": {"c": [1]}}), &["b.c"]),
            (json!({"b": {"c": {}}}), &["b.c"]),
            (json!({"b": null}), &["b"]),
            (json!({"b": {"c": [1, {"e": "[..]"}]}}), &["b.c[1].e"]),
            (json!("x"), &[""]),
        ] {
            assert_eq!(paths(&other, &actual), expected, "{other}");
        }
    }
}
