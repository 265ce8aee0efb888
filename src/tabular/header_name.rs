//! Comparison of header names, as people and programs write them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::synonyms;

/// Words without meaning in a header name.
const FILLERS: [&str; 16] =
    ["a", "o", "as", "os", "de", "da", "do", "das", "dos", "e", "em", "of", "the", "and", "para", "na"];

/// The forms of the word *number*: `N.º` is two words, `n` and `o`.
const NUMBER: [&str; 8] = ["n", "no", "nr", "num", "numero", "number", "nro", "nos"];

/// Words for the person of the row, which a name can have or not: *Nome do titular*.
const PERSON: [&str; 10] = [
    "titular",
    "beneficiario",
    "utente",
    "requerente",
    "cidadao",
    "pessoa",
    "cliente",
    "holder",
    "applicant",
    "contribuinte",
];

/// The forms of a name in the order of comparison, from exact to loose. A name has no form if it has no letter or digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameForms {
    /// The words without accents and case.
    words: Vec<String>,
}

impl NameForms {
    /// Returns the forms of a name.
    pub fn of(name: &str) -> NameForms {
        let mut words = vec![];
        let (mut word, mut before) = (String::new(), None);
        for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
            let begins = c.is_uppercase() && before.is_some_and(char::is_lowercase);
            if (begins || !c.is_alphanumeric()) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
            before = Some(c);
        }
        words.extend((!word.is_empty()).then_some(word));
        NameForms { words }
    }

    /// Returns whether nothing of the name can be compared.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns all words together: `Data de nascimento` is `datadenascimento`.
    pub fn joined(&self) -> String {
        self.words.concat()
    }

    /// Returns the meaning: without fillers, the word *number* first. `N.º de contribuinte` and `Contribuinte (número)`
    /// are `#contribuinte`.
    pub fn meaning(&self) -> String {
        self.without(&[])
    }

    /// Returns the meaning without words for the person: `Nome do titular` is `nome`.
    fn core(&self) -> String {
        self.without(&PERSON)
    }

    fn without(&self, others: &[&str]) -> String {
        let is_number = |word: &&String| NUMBER.contains(&word.as_str());
        let has_meaning = |word: &&String| !FILLERS.contains(&word.as_str()) && !others.contains(&word.as_str());
        let has_number = self.words.iter().any(|word| is_number(&word));
        let core: String = self.words.iter().filter(|word| !is_number(word)).filter(has_meaning).cloned().collect();
        if has_number { format!("#{core}") } else { core }
    }

    /// Returns the words that have a meaning.
    fn meaningful(&self) -> impl Iterator<Item = &str> {
        let skipped = |word: &&String| FILLERS.contains(&word.as_str()) || NUMBER.contains(&word.as_str());
        self.words.iter().filter(move |word| !skipped(word)).map(String::as_str)
    }
}

/// The known columns of a file with all their names.
pub struct KnownNames {
    /// The index of the column and the forms of one of its names.
    names: Vec<(usize, NameForms)>,
}

impl KnownNames {
    /// Returns the names of these columns.
    pub fn of(columns: &[&'static str]) -> KnownNames {
        let all = |(at, column): (usize, &&'static str)| {
            let names = std::iter::once(*column).chain(synonyms::of(column).iter().copied());
            names.map(move |name| (at, NameForms::of(name))).collect::<Vec<_>>()
        };
        KnownNames { names: columns.iter().enumerate().flat_map(all).collect() }
    }

    /// Returns the column with this name. A closer form counts first; a remark in brackets counts only if the name
    /// without it is unknown.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.exactly(&NameForms::of(name)).or_else(|| self.exactly(&NameForms::of(&without_brackets(name)?)))
    }

    fn exactly(&self, name: &NameForms) -> Option<usize> {
        // Only the header loses its words for the person: a card of a citizen is not any card.
        let joined = |known: &NameForms, own: &str| known.joined() == own;
        let meaning = |known: &NameForms, own: &str| known.meaning() == own;
        self.only(&name.joined(), joined)
            .or_else(|| self.only(&name.meaning(), meaning))
            .or_else(|| self.only(&name.core(), meaning))
    }

    /// Returns the column with a name that is the same. If two columns have one, it decides nothing.
    fn only(&self, own: &str, is_same: impl Fn(&NameForms, &str) -> bool) -> Option<usize> {
        if own.is_empty() || own == "#" {
            return None;
        }
        let mut found = self.names.iter().filter(|(_, known)| is_same(known, own)).map(|(at, _)| *at);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// Returns the column that a name most probably means, among those for which `is_free` holds.
    pub fn likeliest(&self, name: &str, is_free: impl Fn(usize) -> bool) -> Option<usize> {
        let own = NameForms::of(name);
        let joined = own.joined();
        if joined.chars().count() < 3 {
            return None;
        }
        let likeness = |known: &NameForms| {
            let words = |forms: &NameForms| forms.meaningful().map(str::to_owned).collect::<Vec<_>>();
            let (theirs, ours) = (words(known), words(&own));
            let is_part = !theirs.is_empty() && theirs.iter().all(|word| ours.contains(word));
            let contained = if is_part { 0.8 + 0.02 * theirs.concat().len().min(10) as f64 } else { 0.0 };
            strsim::jaro_winkler(&joined, &known.joined()).max(contained)
        };
        let free = self.names.iter().filter(|(at, _)| is_free(*at));
        let rated = free.map(|(at, known)| (likeness(known), *at)).filter(|(likeness, _)| *likeness > 0.78);
        rated.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
    }
}

/// Returns a name without its remarks in brackets, if it has one: `Data de nascimento (dd/mm/aaaa)`.
fn without_brackets(name: &str) -> Option<String> {
    let mut depth = 0_usize;
    let outside = name.chars().filter(|c| {
        let was = depth;
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        was == 0 && depth == 0
    });
    let outside: String = outside.collect();
    (outside.len() < name.len()).then_some(outside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[&str] = crate::import::Column::NAMES;

    #[test]
    fn header_names_of_offices_are_found() {
        let known = KnownNames::of(COLUMNS);
        for (column, names) in [
            (
                "niss",
                &["NISS ", "niss", "N.º Segurança Social", "Nº de segurança social", "NUMERO SEGURANCA SOCIAL"][..],
            ),
            ("kind", &["TIPO", "Tipo de titular", "tipo_titular", "Kind", "Tipo:"]),
            ("status", &["Situação", "SITUACAO", "Estado", "Status", "Situação do titular"]),
            ("name", &["Nome", "NOME COMPLETO", "Nome do titular", "Full name", "full-name", "Denominação social"]),
            (
                "birth_date",
                &[
                    "Data de nascimento",
                    "Data Nascimento",
                    "dataNascimento",
                    "DATA_NASCIMENTO",
                    "Nascimento",
                    "Data de nascimento (dd/mm/aaaa)",
                    "Date of birth",
                    "birthDate",
                    "DATADENASCIMENTO",
                    "Dt. Nasc.",
                ],
            ),
            ("civil_id_kind", &["Documento", "Tipo de documento", "ID type", "Tipo doc"]),
            (
                "civil_id",
                &[
                    "N.º documento",
                    "N.º de identificação civil",
                    "Civil ID",
                    "N° Documento",
                    "Nr. documento",
                    "Documento n.º",
                    "Nº CC",
                    "num_documento",
                ],
            ),
            ("nif", &["Contribuinte", "N.º de contribuinte", "NIF", "NIF/NIPC", "Número fiscal", "NumeroContribuinte"]),
            ("responsible", &["Responsável", "Pessoa responsável", "Person responsible"]),
            ("email", &["E-mail", "Email", "E-MAIL", "Correio eletrónico", "e mail", "Endereço de correio eletrónico"]),
            ("mobile", &["Telemóvel", "TELEMÓVEL", "Telemovel", "N.º telemóvel", "Mobile", "Telemo\u{301}vel", "Tlm"]),
            ("telephone", &["Telefone", "Telefone fixo", "Telephone", "Tel.", "Phone"]),
            ("address", &["Morada", "Address", "Morada do titular", "Endereço"]),
            ("postal_code", &["CP", "Código postal", "Código-Postal", "Cod. Postal", "Postal code", "C.P."]),
            ("locality", &["Localidade", "Town"]),
            ("country", &["País", "Pais", "Country"]),
            ("language", &["Idioma", "Língua", "Language"]),
        ] {
            for name in names {
                assert_eq!(known.find(name).map(|at| COLUMNS[at]), Some(column), "{name}");
            }
        }
        for name in [
            "Observações",
            "Remarks",
            "Cartão",
            "Nacionalidade",
            "Contacto",
            "Telefone 2",
            "Estado civil",
            "",
            "-",
            "n.º",
            "Sexo",
        ] {
            assert_eq!(known.find(name).map(|at| COLUMNS[at]), None, "{name}");
        }
    }

    #[test]
    fn likeliest_column_is_found() {
        let known = KnownNames::of(COLUMNS);
        for (name, column) in [
            ("Telemóvel pessoal", Some("mobile")),
            ("Telemovle", Some("mobile")),
            ("Nome proprio", Some("name")),
            ("Morada 1", Some("address")),
            ("Data de nascimeto", Some("birth_date")),
            ("Observações", None),
            ("shoe_size", None),
        ] {
            assert_eq!(known.likeliest(name, |_| true).map(|at| COLUMNS[at]), column, "{name}");
        }
        let mobile = COLUMNS.iter().position(|column| *column == "mobile");
        assert_ne!(known.likeliest("Telemóvel pessoal", |at| Some(at) != mobile), mobile);
    }

    #[test]
    fn every_name_is_found_as_its_column() {
        let known = KnownNames::of(COLUMNS);
        for (at, column) in COLUMNS.iter().enumerate() {
            for name in synonyms::of(column) {
                assert_eq!(known.find(name), Some(at), "{name}");
            }
        }
    }
}
