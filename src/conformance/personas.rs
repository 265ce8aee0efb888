//! The invented people of a temporary sandbox and their registry data.

use serde_json::{Value, json};

/// An invented person. Each field is the registry column of the same name.
#[derive(Debug)]
pub struct Persona {
    pub niss: &'static str,
    pub status: &'static str,
    pub name: &'static str,
    pub birth_date: &'static str,
    pub civil_id: &'static str,
    pub nif: &'static str,
    pub email: Option<&'static str>,
    pub mobile: Option<&'static str>,
    pub country: &'static str,
}

/// A citizen with both contacts.
pub const ANA: Persona = Persona {
    niss: "12000000012",
    status: "active",
    name: "Ana Sofia Marques Ferreira",
    birth_date: "1984-03-22",
    civil_id: "123456703ZY4",
    nif: "200000012",
    email: Some("ana.ferreira@correio.example"),
    mobile: Some("+351912000001"),
    country: "PT",
};

/// Another citizen with both contacts, to try one holder's secrets on another.
pub const RUI: Persona = Persona {
    niss: "12000000038",
    name: "Rui Manuel Gonçalves",
    birth_date: "1967-02-28",
    civil_id: "076543218ZY8",
    nif: "100000037",
    email: Some("rui.goncalves@correio.example"),
    mobile: Some("+351932000003"),
    ..ANA
};

/// A citizen with a postal address only.
pub const ANTONIO: Persona = Persona {
    niss: "12000000046",
    name: "António Simões",
    birth_date: "1939-10-05",
    civil_id: "010327401ZY1",
    nif: "100000045",
    email: None,
    mobile: None,
    ..ANA
};

/// A citizen with a postal address in another country only.
pub const LUIS: Persona = Persona {
    niss: "12000000062",
    name: "Luís Filipe Évora",
    birth_date: "1975-05-30",
    civil_id: "109876547ZY6",
    nif: "210000066",
    country: "LU",
    ..ANTONIO
};

/// A deceased citizen.
pub const CUSTODIO: Persona = Persona {
    niss: "12000000088",
    status: "deceased",
    name: "Custódio Pacheco",
    birth_date: "1930-01-06",
    civil_id: "000111228ZY9",
    nif: "100000088",
    email: Some("custodio.pacheco@correio.example"),
    mobile: Some("+351962000008"),
    ..ANA
};

/// A company.
pub const PADARIA: &str = "25000000129";

/// Returns the registry rows of a sandbox.
pub fn registry() -> String {
    let company = json!({
        "niss": PADARIA, "kind": "company", "name": "Padaria Flor do Campo, Lda.", "nif": "500000123",
        "responsible": "Rui Nunes Carvalhal", "email": "geral@flordocampo.example", "mobile": "+351919000012",
    });
    let people: String = [ANA, RUI, ANTONIO, LUIS, CUSTODIO].iter().map(Persona::row).collect();
    format!("{people}{company}\n")
}

/// Returns a recovery request by the company.
pub fn company() -> Value {
    json!({
        "niss": PADARIA, "account_type": "company", "name": "Padaria Flor do Campo, Lda.", "nif": "500000123",
        "responsible": "Rui Nunes Carvalhal", "email": "geral@flordocampo.example", "channel": "email",
    })
}

/// A NISS that is not in the registry.
pub const UNREGISTERED_NISS: &str = "12345678902";

impl Persona {
    /// Returns the registry row as a line of JSON.
    pub fn row(&self) -> String {
        let Persona { niss, status, name, birth_date, civil_id, nif, email, mobile, country } = self;
        let row = json!({
            "niss": niss, "kind": "citizen", "status": status, "name": name, "birth_date": birth_date,
            "civil_id_kind": "cc", "civil_id": civil_id, "nif": nif, "email": email, "mobile": mobile,
            "address": "Rua das Flores 12", "postal_code": "1200-195", "locality": "Lisboa", "country": country,
        });
        format!("{row}\n")
    }

    /// Returns a portal registration.
    pub fn portal(&self, channel: &str) -> Value {
        json!({
            "niss": self.niss, "account_type": "citizen", "birth_date": self.birth_date, "channel": channel,
            "accept_terms": true,
        })
    }

    /// Returns a classic registration with the registered contacts.
    pub fn classic(&self, channel: &str) -> Value {
        let mut fields = self.recovery(channel);
        fields["procedure"] = "classic".into();
        fields["accept_terms"] = true.into();
        fields
    }

    /// Returns a recovery request with the registered contacts.
    pub fn recovery(&self, channel: &str) -> Value {
        json!({
            "niss": self.niss, "account_type": "citizen", "name": self.name, "birth_date": self.birth_date,
            "civil_id": self.civil_id, "nif": self.nif, "email": self.email, "mobile": self.mobile, "channel": channel,
        })
    }
}

/// Returns `fields` with one value replaced.
pub fn with(mut fields: Value, name: &str, value: impl Into<Value>) -> Value {
    fields[name] = value.into();
    fields
}
