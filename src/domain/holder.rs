//! A registry record, and the comparison of identity claims with it.
//!
//! The identity check compares all claimed fields, even after a mismatch, so that neither the reply nor its duration
//! reveals the result. The audit log records the names of the differing fields, never the values.

use std::fmt;

use super::address::{AddressLine, PostalCode};
use super::civil_id::{CivilId, TypedCivilId};
use super::country::Country;
use super::email::Email;
use super::name::{Name, fold_for_comparison};
use super::nif::Nif;
use super::niss::Niss;
use super::phone::{Mobile, Telephone};
use super::time::Date;
use super::vocabulary::{AccountType, Channel, ContactKind, HolderKind, HolderStatus, Language, NameComparison};

/// A registry record. A `None` field is unknown to the registry.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// The NISS, which is the key of the record.
    pub niss: Niss,
    /// Citizen, employer or company.
    pub kind: HolderKind,
    /// Active, deceased or ceased.
    pub status: HolderStatus,
    /// The full name of a person, or the name of a company.
    pub name: Name,
    /// The date of birth. Every citizen has one.
    pub birth_date: Option<Date>,
    /// The identity document.
    pub civil_id: Option<CivilId>,
    /// The tax identification number.
    pub nif: Option<Nif>,
    /// The person responsible for a company.
    pub responsible: Option<Name>,
    /// The registered e-mail address.
    pub email: Option<Email>,
    /// The registered mobile, of any country.
    pub mobile: Option<Mobile>,
    /// The registered telephone. No message is sent to it.
    pub telephone: Option<Telephone>,
    /// Street and door number.
    pub address: Option<AddressLine>,
    /// The postal code, under the rule of `country`.
    pub postal_code: Option<PostalCode>,
    /// The town.
    pub locality: Option<AddressLine>,
    /// The country. `None` means Portugal.
    pub country: Option<Country>,
    /// The language of messages.
    pub language: Language,
}

impl Holder {
    /// Returns whether the holder is neither deceased nor ceased.
    pub const fn is_active(&self) -> bool {
        matches!(self.status, HolderStatus::Active)
    }

    /// Returns whether the address is outside Portugal.
    pub fn is_resident_abroad(&self) -> bool {
        self.country.is_some_and(|country| !country.is_portugal())
    }

    /// Returns whether the address is complete enough for a letter.
    pub const fn has_address(&self) -> bool {
        self.address.is_some() && self.locality.is_some()
    }

    /// Returns the channels of the portal (002 step 9): the registered contacts, or a letter if there are none.
    pub fn channels(&self) -> Vec<Channel> {
        self.reachable_channels().channels
    }

    /// Returns the facts that decide the next step, without personal data.
    pub fn reachable_channels(&self) -> ReachableChannels {
        ReachableChannels::new(
            self.niss,
            (self.kind, self.status),
            [self.email.is_some(), self.mobile.is_some(), self.has_address()],
            [self.birth_date.is_some(), self.civil_id.is_some(), self.nif.is_some(), self.responsible.is_some()],
        )
    }

    /// Returns the unmasked registered contact, for a message.
    pub fn contact(&self, contact: ContactKind) -> Option<String> {
        let text = match contact {
            ContactKind::Email => self.email.as_ref().map(Email::as_str),
            ContactKind::Mobile => self.mobile.as_ref().map(Mobile::as_str),
            ContactKind::Telephone => self.telephone.as_ref().map(Telephone::as_str),
        };
        text.map(str::to_owned)
    }

    /// Returns the lines of an envelope: name, street, postal code and town. Outside Portugal the last line is the
    /// country's name in capitals, in the holder's language (Universal Postal Union, S42).
    pub fn address_block(&self) -> Option<String> {
        let (address, locality) = (self.address.as_ref()?, self.locality.as_ref()?);
        let mut block = format!("{}\n{}\n", self.name.as_str(), address.as_str());
        if let Some(code) = &self.postal_code {
            block.push_str(code.as_str());
            block.push(' ');
        }
        block.push_str(locality.as_str());
        if let Some(country) = self.country.filter(|country| !country.is_portugal()) {
            block.push('\n');
            block.push_str(&country.name(self.language).to_uppercase());
        }
        Some(block)
    }

    /// Returns whether a text identifies this holder by a part of the name, a number, a contact, the birth date or
    /// the address.
    ///
    /// The comparison ignores notation.
    pub fn is_identifiable_in(&self, text: &str) -> bool {
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric())
                .map(fold_for_comparison)
                .filter(|word| word.chars().count() > 2)
                .collect()
        };
        let said = words(text);
        let names = self.responsible.iter().fold(words(self.name.as_str()), |mut names, name| {
            names.extend(words(name.as_str()));
            names
        });
        // "dos" and "das" are in many names and identify nobody.
        if names.iter().any(|name| !["dos", "das"].contains(&name.as_str()) && said.contains(name)) {
            return true;
        }
        let born = self.birth_date.map(|date| ["%Y%m%d", "%d%m%Y"].map(|form| date.day().format(form).to_string()));
        let contacts =
            [ContactKind::Email, ContactKind::Mobile, ContactKind::Telephone].map(|contact| self.contact(contact));
        let known = [
            Some(self.name.as_str().to_owned()),
            Some(self.niss.to_string()),
            self.civil_id.as_ref().map(|id| id.as_str().to_owned()),
            self.nif.map(|nif| nif.to_string()),
            self.responsible.as_ref().map(|name| name.as_str().to_owned()),
            self.address.as_ref().map(|line| line.as_str().to_owned()),
            self.postal_code.as_ref().map(|code| code.as_str().to_owned()),
        ];
        let text = fold_for_comparison(text);
        known.into_iter().chain(contacts).flatten().chain(born.into_iter().flatten()).any(|datum| {
            let datum = fold_for_comparison(&datum);
            let datum = datum.strip_prefix("351").unwrap_or(&datum);
            // Shorter values occur in any sentence.
            datum.len() >= 5 && text.contains(datum)
        })
    }

    /// Returns the address as a reply may show it: `12**-*** L***`.
    pub fn masked_address(&self) -> Option<String> {
        let (_, locality) = (self.address.as_ref()?, self.locality.as_ref()?);
        Some(match &self.postal_code {
            Some(code) => format!("{} {}", code.masked(), locality.masked()),
            None => locality.masked(),
        })
    }

    /// Returns the tax identification number with only its end visible.
    pub fn masked_nif(&self) -> Option<String> {
        self.nif.map(|nif| mask_all_but_last(&nif.to_string()))
    }

    /// Returns the civil identification number with only its end visible.
    pub fn masked_civil_id(&self) -> Option<String> {
        self.civil_id.as_ref().map(|id| mask_all_but_last(id.as_str()))
    }
}

/// Replaces ASCII characters by stars, except the last three, or fewer of a short number.
fn mask_all_but_last(number: &str) -> String {
    let hidden = number.len() - 3.min(number.len() / 2);
    format!("{}{}", "*".repeat(hidden), number.get(hidden..).unwrap_or_default())
}

impl fmt::Debug for Holder {
    /// Writes the NISS, the kind and the status. The other fields are personal data, and a birth date has no mask.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Holder");
        shown.field("niss", &self.niss).field("kind", &self.kind).field("status", &self.status).finish_non_exhaustive()
    }
}

/// The channels of a holder, whether the holder is active, and the identity checks that the holder can pass.
#[derive(Debug, Clone)]
pub struct ReachableChannels {
    /// The holder.
    pub niss: Niss,
    /// Whether the holder is neither deceased nor ceased.
    pub is_active: bool,
    /// The channels of the portal.
    pub channels: Vec<Channel>,
    /// Whether the registry has all that the classic identity check compares.
    pub has_classic_identity: bool,
    /// Whether the registry has all that the portal's identity check compares.
    pub has_portal_identity: bool,
}

impl ReachableChannels {
    /// Computes the facts from the presence of an e-mail address, a mobile and an address, and from that of the data of identity
    /// checks: birth date, civil identification, NIF and person responsible.
    pub fn new(
        niss: Niss,
        (kind, status): (HolderKind, HolderStatus),
        [email, mobile, address]: [bool; 3],
        [birth_date, civil_id, nif, responsible]: [bool; 4],
    ) -> ReachableChannels {
        let letter = !email && !mobile && address;
        let channels = [(Channel::Email, email), (Channel::Sms, mobile), (Channel::Letter, letter)]
            .into_iter()
            .filter_map(|(channel, usable)| usable.then_some(channel))
            .collect();
        let (has_classic_identity, has_portal_identity) = match AccountType::for_holder_kind(kind) {
            AccountType::Citizen => (birth_date && civil_id && nif, birth_date),
            AccountType::Company => (nif && responsible, nif),
        };
        let is_active = status == HolderStatus::Active;
        ReachableChannels { niss, is_active, channels, has_classic_identity, has_portal_identity }
    }
}

/// A claimed identity. `None` fields are not part of the procedure and are not compared.
#[derive(Clone, Copy, Default)]
pub struct IdentityClaim<'a> {
    /// The full name of a person, or the name of a company.
    pub name: Option<&'a Name>,
    /// The date of birth.
    pub birth_date: Option<&'a Date>,
    /// The civil identification, of unknown kind.
    pub civil_id: Option<&'a TypedCivilId>,
    /// The tax identification number.
    pub nif: Option<&'a Nif>,
    /// The person responsible for a company.
    pub responsible: Option<&'a Name>,
}

impl IdentityClaim<'_> {
    /// Returns the names of the differing fields, in fixed order. An empty list means that the identity is proven.
    ///
    /// Without a record the NISS differs. A field that the registry lacks never matches, nor does an inactive holder.
    pub fn mismatches(&self, holder: Option<&Holder>, names: NameComparison) -> Vec<&'static str> {
        let Some(holder) = holder else { return vec!["niss"] };
        // The person responsible for a company is a person.
        let is_company = holder.niss.is_legal_person();
        let same_name = |one: &Name, other: &Name, is_company| match names {
            NameComparison::Strict => one.matches(other),
            NameComparison::Particles => one.matches_without_particles(other, is_company),
        };
        let same = [
            ("status", holder.is_active()),
            ("name", same(self.name, Some(&holder.name), |one, other| same_name(one, other, is_company))),
            ("birth_date", same(self.birth_date, holder.birth_date.as_ref(), Date::eq)),
            ("civil_id", same(self.civil_id, holder.civil_id.as_ref(), |typed, stored| stored.matches(typed))),
            ("nif", same(self.nif, holder.nif.as_ref(), Nif::eq)),
            (
                "responsible",
                same(self.responsible, holder.responsible.as_ref(), |one, other| same_name(one, other, false)),
            ),
        ];
        same.into_iter().filter_map(|(field, same)| (!same).then_some(field)).collect()
    }
}

/// Returns whether a claimed value matches the stored one. A value that is not claimed always matches.
fn same<C, K>(claimed: Option<&C>, stored: Option<&K>, matches: impl FnOnce(&C, &K) -> bool) -> bool {
    claimed.is_none_or(|claimed| stored.is_some_and(|stored| matches(claimed, stored)))
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;
    use std::str::FromStr;

    use super::super::vocabulary::CivilIdKind;
    use super::*;

    fn value<T: FromStr<Err: Debug>>(text: &str) -> T {
        text.parse().expect("a value")
    }

    fn ana() -> Holder {
        Holder {
            niss: value("12000000012"),
            kind: HolderKind::Citizen,
            status: HolderStatus::Active,
            name: value("Ana Sofia Marques Ferreira"),
            birth_date: Some(value("1984-03-22")),
            civil_id: CivilId::parse(CivilIdKind::Cc, "123456703ZY4").ok(),
            nif: Some(value("200000012")),
            responsible: None,
            email: Some(value("ana.ferreira@correio.example")),
            mobile: Some(value("+351912000001")),
            telephone: None,
            address: Some(value("Rua das Flores 12 3.º Esq.")),
            postal_code: PostalCode::parse(Country::PORTUGAL, "1200-195").ok(),
            locality: Some(value("Lisboa")),
            country: Some(Country::PORTUGAL),
            language: Language::Pt,
        }
    }

    #[test]
    fn letter_is_a_channel_only_without_registered_contacts() {
        let mut holder = ana();
        assert_eq!(holder.channels(), [Channel::Email, Channel::Sms]);
        holder.email = None;
        assert_eq!(holder.channels(), [Channel::Sms]);
        holder.mobile = None;
        holder.telephone = Some(value("213000003"));
        assert_eq!(holder.channels(), [Channel::Letter]);
        holder.locality = None;
        assert!(!holder.has_address() && holder.channels().is_empty());
        assert_eq!((holder.address_block(), holder.masked_address()), (None, None));
    }

    #[test]
    fn address_is_printed_in_lines_and_shown_masked() {
        let mut holder = ana();
        let at_home = "Ana Sofia Marques Ferreira\nRua das Flores 12 3.º Esq.\n1200-195 Lisboa";
        assert_eq!(holder.address_block().as_deref(), Some(at_home));
        assert_eq!(holder.masked_address().as_deref(), Some("12**-*** L***"));
        assert!(!holder.is_resident_abroad());
        holder.country = None;
        assert!(!holder.is_resident_abroad());
        holder.country = Some(value("LU"));
        holder.postal_code = None;
        assert!(holder.is_resident_abroad());
        let abroad = at_home.replace("1200-195 ", "");
        assert_eq!(holder.address_block(), Some(format!("{abroad}\nLUXEMBURGO")));
        holder.language = Language::En;
        assert_eq!(holder.address_block(), Some(format!("{abroad}\nLUXEMBOURG")));
        holder.country = Some(value("EE"));
        holder.language = Language::Pt;
        assert_eq!(holder.address_block(), Some(format!("{abroad}\nESTÓNIA")));
        assert_eq!(holder.masked_address().as_deref(), Some("L***"));
    }

    #[test]
    fn numbers_are_masked_except_their_end() {
        let mut holder = ana();
        assert_eq!(holder.masked_nif().as_deref(), Some("******012"));
        assert_eq!(holder.masked_civil_id().as_deref(), Some("*********ZY4"));
        holder.civil_id = CivilId::parse(CivilIdKind::Passport, "AB12").ok();
        assert_eq!(holder.masked_civil_id().as_deref(), Some("**12"));
        (holder.nif, holder.civil_id) = (None, None);
        assert_eq!((holder.masked_nif(), holder.masked_civil_id()), (None, None));
    }

    #[test]
    fn contact_is_unmasked_and_debug_shows_no_personal_data() {
        let holder = ana();
        assert_eq!(holder.contact(ContactKind::Email).as_deref(), Some("ana.ferreira@correio.example"));
        assert_eq!(holder.contact(ContactKind::Mobile).as_deref(), Some("+351912000001"));
        assert_eq!(holder.contact(ContactKind::Telephone), None);
        assert_eq!(format!("{holder:?}"), "Holder { niss: Niss(12000000012), kind: Citizen, status: Active, .. }");
    }

    #[test]
    fn mismatches_are_listed_for_every_field() {
        let holder = ana();
        let (name, wrong_name): (Name, Name) = (value("ANA SOFIA MARQUES FERREIRA"), value("Ana Ferreira"));
        let (born, wrong_born): (Date, Date) = (value("1984-03-22"), value("1984-03-23"));
        let (civil_id, wrong_civil_id): (TypedCivilId, TypedCivilId) = (value("12345670"), value("12345671"));
        let (nif, wrong_nif): (Nif, Nif) = (value("200000012"), value("100000029"));
        let right = IdentityClaim {
            name: Some(&name),
            birth_date: Some(&born),
            civil_id: Some(&civil_id),
            nif: Some(&nif),
            responsible: None,
        };
        assert_eq!(right.mismatches(Some(&holder), NameComparison::Strict), Vec::<&str>::new());
        assert_eq!(IdentityClaim::default().mismatches(Some(&holder), NameComparison::Strict), Vec::<&str>::new());
        assert_eq!(right.mismatches(None, NameComparison::Strict), ["niss"]);

        let wrong = IdentityClaim {
            name: Some(&wrong_name),
            birth_date: Some(&wrong_born),
            civil_id: Some(&wrong_civil_id),
            nif: Some(&wrong_nif),
            responsible: Some(&name),
        };
        let ceased = Holder { status: HolderStatus::Ceased, responsible: Some(wrong_name.clone()), ..ana() };
        let all = ["status", "name", "birth_date", "civil_id", "nif", "responsible"];
        assert_eq!(wrong.mismatches(Some(&ceased), NameComparison::Strict), all);
        assert_eq!(
            IdentityClaim { nif: Some(&wrong_nif), ..right }.mismatches(Some(&holder), NameComparison::Strict),
            ["nif"]
        );
        let deceased = Holder { status: HolderStatus::Deceased, ..ana() };
        assert_eq!(right.mismatches(Some(&deceased), NameComparison::Strict), ["status"]);

        let empty = Holder { birth_date: None, civil_id: None, nif: None, ..ana() };
        let of_a_company = IdentityClaim { responsible: Some(&name), ..right };
        assert_eq!(
            of_a_company.mismatches(Some(&empty), NameComparison::Strict),
            ["birth_date", "civil_id", "nif", "responsible"]
        );
    }
}
