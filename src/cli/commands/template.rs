//! `ssd template`: CSV forms of registries, alerts and batches, to be filled in.
//!
//! A form has the header and two rows of invented holders. In Portuguese it has the names, the words and the delimiter
//! of Portuguese spreadsheets.

use std::path::PathBuf;

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::error::{Error, ExitStatus};
use crate::import::Column;
use crate::reply::{Done, ReplyBody};
use crate::request::request_line::RequestLine;
use crate::request::{Field, Operation, Request};
use crate::tabular::synonyms;

/// `ssd template`.
pub const TEMPLATE: CommandSpec =
    CommandSpec { path: "template", args: Template::augment_args, run: Action::Run(template) };

#[derive(Args)]
struct Template {
    #[arg(id = "template", value_name = "WHAT", required = true, value_parser = form)]
    form: Form,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Registry,
    Batch(Operation),
}

fn form(word: &str) -> Result<Form, ValidationError> {
    match word.replace(['-', ' '], "_").as_str() {
        "registry" => Ok(Form::Registry),
        "alerts" => Ok(Form::Batch(Operation::AlertsSend)),
        word => {
            let op = word.parse().ok().filter(|op| has_form(*op));
            op.map(Form::Batch).ok_or_else(|| ValidationError::UnknownWord(names()))
        }
    }
}

/// Returns whether a CSV can have the requests of an operation. Those of a session or a call need an earlier line of another
/// operation.
fn has_form(op: Operation) -> bool {
    Request::empty(op).is_some_and(|request| request.token_field().is_none() && !request.fields().is_empty())
}

fn names() -> &'static str {
    static NAMES: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let ops = Request::OPERATIONS.iter().filter(|op| has_form(**op)).map(|op| op.as_str());
        ["registry", "alerts"].into_iter().chain(ops).collect::<Vec<_>>().join(", ")
    });
    &NAMES
}

fn template(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Template { form, out } = call.args()?;
    let text = text(form, call.globals.language)?;
    let Some(out) = out else {
        return call.finish(Done::new(Operation::Template, ReplyBody::Text { text }));
    };
    let mut file = AtomicFile::at(call.streams, call.globals.store_location(), &out)?;
    atomic_file::lock_folders([&mut file])?;
    file.stage(text.as_bytes())?;
    file.publish()?;
    call.finish(Done::new(Operation::Template, ReplyBody::Pages { files: vec![out.display().to_string()] }))
}

/// Returns the form as CSV. Its byte-order mark makes spreadsheet programs read it as UTF-8.
fn text(form: Form, language: Language) -> Result<String, Error> {
    let (columns, rows) = match form {
        Form::Registry => (Column::NAMES.to_vec(), registry(language).map(|row| row.map(str::to_owned).to_vec())),
        Form::Batch(op) => {
            let columns: Vec<&str> =
                RequestLine::parse_fields(op).into_iter().filter(|name| *name != "until").collect();
            let rows = [0, 1].map(|which| requests(op, which, &columns, language));
            (columns, rows)
        }
    };
    let header = columns.iter().map(|column| header(column, language));
    let delimiter = if language == Language::Pt { b';' } else { b',' };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(vec![]);
    let written = writer.write_record(header).and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row)));
    written.map_err(|fault| Error::Bug(fault.to_string()))?;
    let bytes = writer.into_inner().map_err(|fault| Error::Bug(fault.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|fault| Error::Bug(fault.to_string()))?;
    Ok(format!("\u{feff}{text}"))
}

/// Returns the name of a column in a header: in Portuguese that of the service.
fn header(column: &'static str, language: Language) -> &'static str {
    match (language, column) {
        (Language::En, _) | (Language::Pt, "id") => column,
        // Abbreviations that everybody uses.
        (Language::Pt, "niss") => "NISS",
        (Language::Pt, "nif") => "NIF",
        (Language::Pt, _) => synonyms::of(column).first().copied().unwrap_or(column),
    }
}

/// The two rows of a registry, in the order of [`Column::ALL`].
fn registry(language: Language) -> [[&'static str; 17]; 2] {
    let ana = ["Ana Sofia Marques Ferreira", "Rua das Flores 12", "1200-195", "Lisboa"];
    let bakery = ["Padaria Flor do Campo, Lda.", "Rua de Cedofeita 340", "4050-180", "Porto"];
    let (words, birth_date) = match language {
        Language::En => (["citizen", "company", "active", "cc", "PT", "pt"], "1984-03-22"),
        Language::Pt => (["cidadão", "empresa", "ativo", "Cartão de Cidadão", "Portugal", "português"], "22/03/1984"),
    };
    let [citizen, company, active, card, country, spoken] = words;
    [
        [
            "12000000012",
            citizen,
            active,
            ana[0],
            birth_date,
            card,
            "123456703ZY4",
            "200000012",
            "",
            "ana.ferreira@correio.example",
            "912000001",
            "",
            ana[1],
            ana[2],
            ana[3],
            country,
            spoken,
        ],
        [
            "25000000129",
            company,
            active,
            bakery[0],
            "",
            "",
            "",
            "500000123",
            "Rui Nunes Carvalhal",
            "geral@flordocampo.example",
            "919000012",
            "",
            bakery[1],
            bakery[2],
            bakery[3],
            country,
            spoken,
        ],
    ]
}

/// Returns one of the two rows of an operation: values for the required fields and the identifier.
fn requests(op: Operation, which: usize, columns: &[&str], language: Language) -> Vec<String> {
    let Some(mut request) = Request::empty(op) else { return vec![] };
    let mut filled = vec![];
    let mut fill = |request: &mut Request, field: Field| {
        let (exact, shown) = example(op, field, which, language);
        if !exact.is_empty() && request.set_written(field.as_str(), exact).is_ok() {
            filled.push((field.as_str(), shown));
            return true;
        }
        false
    };
    if op == Operation::Register {
        // Without this consent a registration is refused.
        fill(&mut request, Field::AcceptTerms);
    }
    while request.missing_fields().iter().any(|group| group.iter().any(|field| fill(&mut request, *field))) {}
    let id = (which + 1).to_string();
    let cell = |column: &&str| match *column {
        "id" => id.clone(),
        column => {
            filled.iter().find(|(name, _)| *name == column).map_or(String::new(), |(_, shown)| (*shown).to_owned())
        }
    };
    columns.iter().map(cell).collect()
}

/// Returns the example of a field in the first or second row, as read here and as shown. It is empty if the row leaves the field
/// out.
fn example(op: Operation, field: Field, which: usize, language: Language) -> (&'static str, &'static str) {
    let for_company = Request::empty(op).is_some_and(|request| request.fields().contains(&"account_type"));
    let [first, second]: [(&str, &str); 2] = match field {
        Field::Niss if for_company => same(["12000000012", "25000000129"]),
        Field::Niss => same(["12000000012", "12000000020"]),
        Field::AccountType => [("citizen", "cidadão"), ("company", "empresa")],
        Field::Name if for_company => same(["Ana Sofia Marques Ferreira", "Padaria Flor do Campo, Lda."]),
        Field::Name => same(["Ana Sofia Marques Ferreira", "José António da Conceição"]),
        Field::BirthDate => [("1984-03-22", "22/03/1984"), ("1951-12-01", "01/12/1951")],
        Field::CivilId => same(["12345670", "01032740"]),
        Field::Nif if for_company => same(["200000012", "500000123"]),
        Field::Nif => same(["200000012", "100000029"]),
        Field::Responsible => same(["", "Rui Nunes Carvalhal"]),
        Field::Email => same(["ana.ferreira@correio.example", "geral@flordocampo.example"]),
        Field::Mobile => same(["912 000 001", "919 000 012"]),
        Field::Telephone => same(["213 000 003", "222 000 002"]),
        Field::Alerts => [("email", "e-mail"), ("none", "nenhum")],
        Field::Channel => [("sms", "SMS"), ("email", "e-mail")],
        Field::Code => same(["123456", "234567"]),
        Field::Password | Field::NewPassword => same(["Violeta-9-Oceano-Trigo", "Ameixa-7-Planalto-Sino"]),
        Field::NewCode => same(["271828", "314159"]),
        Field::Pin => same(["2580", "1379"]),
        Field::Consent | Field::AcceptTerms => [("true", "sim"), ("true", "sim")],
        Field::Reason if op == Operation::OutboxFailed => [("bounced", "devolvido"), ("undeliverable", "não entregue")],
        Field::Reason => {
            [("asked for by telephone", "pedido por telefone"), ("asked for at the counter", "pedido ao balcão")]
        }
        Field::Message => same(["1", "2"]),
        Field::Key => same(["code.sms.life", "code.email.life"]),
        Field::Value => same(["5m", "12h"]),
        Field::Advance => same(["1d", "8wd"]),
        Field::Time => same(["2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"]),
        Field::Kind => [("decision", "decisão"), ("payment", "pagamento")],
        Field::About => same(["Subsídio de desemprego", "Subsídio de desemprego"]),
        Field::Decision => [("granted", "deferido"), ("", "")],
        Field::Amount => [("540.00", "540,00"), ("540.00", "540,00")],
        Field::PaidOn => [("2026-02-20", "20/02/2026"), ("2026-02-20", "20/02/2026")],
        Field::Purpose => [("activation", "ativação"), ("recovery", "recuperação")],
        Field::None
        | Field::Until
        | Field::Procedure
        | Field::Method
        | Field::Generate
        | Field::Session
        | Field::Target
        | Field::Others
        | Field::OldSession
        | Field::Call
        | Field::Unread
        | Field::Since
        | Field::Limit
        | Field::WithoutNiss => same(["", ""]),
    };
    let (en, pt) = if which == 0 { first } else { second };
    (en, if language == Language::Pt { pt } else { en })
}

/// Returns examples that are written alike in both languages.
const fn same([first, second]: [&'static str; 2]) -> [(&'static str, &'static str); 2] {
    [(first, first), (second, second)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{InputFormat, Reader};

    #[test]
    fn both_rows_of_every_form_are_valid_and_alike_in_both_languages() {
        for op in Request::OPERATIONS.iter().filter(|op| has_form(**op)) {
            let rows = [Language::En, Language::Pt].map(|language| {
                let text = text(Form::Batch(*op), language).expect("a form");
                let mut reader = Reader::new(text.as_bytes(), InputFormat::Csv(*op));
                let read = std::iter::from_fn(|| reader.read().expect("a record"));
                let mut rows: Vec<_> = read.map(|record| record.asked.expect("a request").request.written()).collect();
                // A reason is written in the operator's language.
                rows.iter_mut().for_each(|row| row.retain(|(field, _)| *field != "reason"));
                assert_eq!(rows.len(), 2, "{op}: {text}");
                rows
            });
            assert_eq!(rows[0], rows[1], "{op}");
        }
    }
}
