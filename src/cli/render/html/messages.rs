//! Messages in the shape in which they were sent, with the texts of the outbox.
//!
//! An e-mail has its header, an SMS is a bubble, and a letter is a sheet with the parts of the printed one.

use std::fmt::Write as _;

use crate::cli::render::html::markup::{element, escaped};
use crate::documents::letterhead::{Letterhead, split_body};
use crate::domain::letter_sender::LetterSender;
use crate::domain::vocabulary::{Channel, Language};
use crate::l10n::{DateStyle, MessageArg, format_time, localize};
use crate::reply::Message;

/// Renders a message.
pub fn of(language: Language, sender: &LetterSender, message: &Message) -> String {
    let to = message.to.split('\n').next().unwrap_or_default();
    let facts = vec![("channel", MessageArg::from(message.channel.as_str())), ("to", MessageArg::from(to))];
    let caption = element("figcaption", &localize(language, "page-caption", &facts));
    let inside = match message.channel {
        Channel::Email => email(language, message),
        Channel::Sms => format!("<p lang=\"{}\">{}</p>", message.language, escaped(message.body.expose())),
        Channel::Letter => letter(sender, message),
    };
    format!("<figure class=\"{}\" id=\"message-{}\">{caption}\n{inside}</figure>\n", message.channel, message.id)
}

fn email(language: Language, message: &Message) -> String {
    let row = |label: &str, open: &str, value: &str| {
        let label = element("dt", &localize(language, &format!("label-{label}"), &vec![]));
        format!("<div>{label}{}</div>", element(open, value))
    };
    let subject = format!("dd lang=\"{}\" class=\"subject\"", message.language);
    format!(
        "<dl>{}{}{}</dl>\n<div class=\"text\" lang=\"{}\">{}</div>",
        row("to", "dd", &message.to),
        row("at", "dd", &format_time(language, message.created_at, DateStyle::Words)),
        row("subject", &subject, message.subject.as_deref().unwrap_or_default()),
        message.language,
        paragraphs(message.body.expose())
    )
}

/// Renders a letter. Its body begins with the address, the date and the subject, which have their own places.
fn letter(sender: &LetterSender, message: &Message) -> String {
    let subject = message.subject.as_deref().unwrap_or_default();
    let (date, text) = split_body(message.body.expose(), &message.to, subject);
    let parts = Letterhead::new(message.language, message.id, (message.niss, message.created_at), sender);
    let mut sheet = format!("<div class=\"sheet\" lang=\"{}\">", message.language);
    for (class, line) in [
        ("head", parts.head.as_str()),
        ("service", &parts.service),
        ("sender", &parts.sender),
        ("address", &message.to),
        ("reference", &parts.reference),
        ("reference", &parts.niss),
        ("date", date),
        ("subject", subject),
    ] {
        sheet += &element(&format!("p class=\"{class}\""), line);
    }
    let _ = write!(sheet, "<div class=\"text\">{}</div>", paragraphs(text));
    sheet + &element("p class=\"number\"", &parts.number) + "</div>"
}

fn paragraphs(text: &str) -> String {
    let paragraphs: Vec<&str> = text.trim().split("\n\n").collect();
    let mut rendered = String::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let _ = match code(paragraph) {
            Some((label, code)) => {
                write!(rendered, "<p class=\"code\">{} {}</p>", element("span", label), element("strong", code))
            }
            None if at + 1 == paragraphs.len() && at > 0 => {
                write!(rendered, "<p class=\"closing\">{}</p>", escaped(paragraph))
            }
            None => write!(rendered, "<p>{}</p>", escaped(paragraph)),
        };
    }
    rendered
}

/// Splits a paragraph of the form `label: code`.
fn code(paragraph: &str) -> Option<(&str, &str)> {
    let (label, code) = paragraph.rsplit_once(": ")?;
    let is_code = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '*' | '-');
    (code.len() >= 6 && code.chars().all(is_code) && !label.contains('\n')).then_some((label, code))
}
