//! Alerts in a scenario export. The audit log has their kind, the inbox has the rest.

use serde_json::Value;

use crate::reply::{Alert, AuditEntry};
use crate::scenario::export::anonymize::Anonymizer;
use crate::scenario::export::history::{HolderHistory, asked, detail};
use crate::scenario::export::reconstruct::Pair;

/// Returns the fields of a sent alert. A refused alert has only its kind; the other values do not matter.
pub fn alert(past: &HolderHistory, entry: &AuditEntry) -> Vec<Pair> {
    let number = detail(entry, "alert").and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let stored = number.and_then(|number| past.alerts.get(number.checked_sub(1)?));
    let known = stored.and_then(|alert| serde_json::to_value(alert).ok());
    let usual = [
        ("kind", asked(entry, "kind").cloned()),
        ("about", Some("not handed on".into())),
        ("decision", asked(entry, "decision").cloned()),
        ("amount", asked(entry, "amount").map(|_| "1.00".into())),
        ("paid_on", asked(entry, "paid_on").map(|_| "2026-01-01".into())),
    ];
    let field = |(name, usual): (&str, Option<Value>)| {
        let value = known.as_ref().map_or(usual, |known| known.get(name).cloned()).filter(|value| !value.is_null())?;
        Some((name.to_owned(), value))
    };
    usual.into_iter().filter_map(field).collect()
}

/// Replaces the subject, the amount and the day of an alert by others of the same shape.
pub fn mask(alert: &mut Alert, mask: &mut Anonymizer) -> Option<()> {
    // A text without letters or digits has no other of its shape.
    alert.about = mask.value(alert.about.as_str()).or_else(|| "Outro assunto".parse().ok())?;
    if let Some(amount) = alert.amount {
        alert.amount = Some(mask.value(&amount.to_string())?);
    }
    if let Some(day) = alert.paid_on {
        alert.paid_on = Some(mask.day(&day.to_string())?.parse().ok()?);
    }
    Some(())
}
