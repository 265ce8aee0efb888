//! Outbox messages to account holders, queued in the transaction of the change that caused them.
//!
//! A code goes to its destination only. Notices go to every registered e-mail and mobile, or by letter if there is none
//! (ASVS 6.3.7).
//!
//! No message contains a link or asks for a code or a password. An SMS uses only the characters of GSM 03.38.

use crate::domain::calendar::lisbon_date;
use crate::domain::code::VerificationCode;
use crate::domain::email::Email;
use crate::domain::gsm;
use crate::domain::holder::Holder;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::time::{Span, Timestamp};
use crate::domain::vocabulary::{Channel, ContactKind, HolderStatus, Language, Notice, Purpose};
use crate::domain::work_count;
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::l10n::{DateStyle, MessageArg, MessageArgs, format_date, try_localize};
use crate::reply::Alert;
use crate::store::accounts::Account;
use crate::store::{accounts, outbox, registry};

/// The destination of a message.
pub enum Recipient {
    /// An e-mail address.
    Email(Email),
    /// A mobile number.
    Sms(Mobile),
    /// The registered address: the address block, and its form in replies.
    Letter(String, String),
}

impl Recipient {
    /// Returns the registered contact of a channel, or `target` in its place.
    pub fn for_channel(holder: &Holder, channel: Channel, target: Option<&str>) -> Result<Recipient, Error> {
        let stored = |_| Error::StoreDamaged("invalid contact".to_owned());
        let found = match (channel, target) {
            (Channel::Email, Some(target)) => Some(Recipient::Email(target.parse().map_err(stored)?)),
            (Channel::Sms, Some(target)) => Some(Recipient::Sms(Mobile::from_stored(target).map_err(stored)?)),
            (Channel::Email, None) => holder.email.clone().map(Recipient::Email),
            (Channel::Sms, None) => holder.mobile.clone().map(Recipient::Sms),
            (Channel::Letter, _) => holder
                .address_block()
                .map(|block| Recipient::Letter(block, holder.masked_address().unwrap_or_default())),
        };
        found.ok_or_else(|| Error::Bug("a message by a channel that can't be used".to_owned()))
    }

    /// Returns every registered e-mail and mobile. If there is none, returns the address, if there is one.
    fn all_for(holder: &Holder) -> Vec<Recipient> {
        let email = holder.email.clone().map(Recipient::Email);
        let mobile = holder.mobile.clone().map(Recipient::Sms);
        let contacts: Vec<Recipient> = email.into_iter().chain(mobile).collect();
        if contacts.is_empty() {
            Recipient::for_channel(holder, Channel::Letter, None).into_iter().collect()
        } else {
            contacts
        }
    }

    /// Returns an address to which nothing is sent.
    fn stand_in_mail() -> Option<Recipient> {
        "nome.do.titular@correio.example".parse().ok().map(Recipient::Email)
    }

    /// Returns a number to which nothing is sent.
    fn stand_in_sms() -> Option<Recipient> {
        "+351910000000".parse().ok().map(Recipient::Sms)
    }

    fn channel(&self) -> Channel {
        match self {
            Recipient::Email(_) => Channel::Email,
            Recipient::Sms(_) => Channel::Sms,
            Recipient::Letter(..) => Channel::Letter,
        }
    }

    fn address(&self) -> &str {
        match self {
            Recipient::Email(email) => email.as_str(),
            Recipient::Sms(mobile) => mobile.as_str(),
            Recipient::Letter(block, _) => block,
        }
    }

    /// Returns the masked destination for replies to a holder.
    pub fn masked(&self) -> String {
        match self {
            Recipient::Email(email) => email.masked(),
            Recipient::Sms(mobile) => mobile.masked(),
            Recipient::Letter(_, masked) => masked.clone(),
        }
    }
}

/// The person to whom a message is written.
struct Addressee<'a> {
    niss: Niss,
    name: &'a str,
    language: Language,
    is_resident_abroad: bool,
}

impl<'a> From<&'a Holder> for Addressee<'a> {
    fn from(holder: &'a Holder) -> Addressee<'a> {
        Addressee {
            niss: holder.niss,
            name: holder.name.as_str(),
            language: holder.language,
            is_resident_abroad: holder.is_resident_abroad(),
        }
    }
}

/// Who asked for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeCause {
    /// The holder, or somebody in the holder's name.
    Holder,
    /// An operator, by a reset of the account. The holder may not expect the code.
    Reset,
    /// Somebody with the password and the data of a holder without a confirmed contact.
    Enrolment,
}

/// Queues the message of a code with its id and expiry.
pub fn code(
    unit: &RequestContext<'_>,
    holder: &Holder,
    (purpose, cause): (Purpose, CodeCause),
    to: &Recipient,
    code: &VerificationCode,
    (id, expires_at): (i64, Timestamp),
) -> Result<(), Error> {
    // A letter names the last full day: its holder need not know the hour at which it was written.
    let last_day = lisbon_date(expires_at - Span::days(1)).max(lisbon_date(unit.now));
    let facts = vec![
        ("code", MessageArg::from(outbox::CODE_MARKER)),
        ("expires_at", MessageArg::Time(expires_at)),
        ("expires_on", MessageArg::Date(last_day)),
    ];
    let code = outbox::NewMessageCode { id, text: &code.grouped(), expires_at };
    let text = match (purpose, to, cause) {
        (Purpose::Activation, _, CodeCause::Reset) => "activation-reset",
        (_, Recipient::Email(_) | Recipient::Letter(..), CodeCause::Enrolment) => "login-enrolment",
        _ => purpose.as_str(),
    };
    send(unit, &holder.into(), MessagePurpose::Code(purpose), text, to, facts, Some(&code))
}

/// Sends a notice to every registered contact of a holder. A deceased holder gets none.
pub fn send_notice(unit: &RequestContext<'_>, holder: &Holder, notice: Notice) -> Result<(), Error> {
    send_notice_as(unit, holder, notice, notice.as_str())
}

/// Sends a notice with another text than its default one.
pub fn send_notice_as(unit: &RequestContext<'_>, holder: &Holder, notice: Notice, text: &str) -> Result<(), Error> {
    let recipients = match holder.status {
        HolderStatus::Active | HolderStatus::Ceased => Recipient::all_for(holder),
        HolderStatus::Deceased => vec![],
    };
    for to in recipients {
        send(unit, &holder.into(), MessagePurpose::Notice(notice), text, &to, vec![], None)?;
    }
    Ok(())
}

/// Sends a notice to the authentication provider's mobile only. Without one, the message is written and discarded.
pub fn send_to_cmd_mobile(
    unit: &RequestContext<'_>,
    niss: Niss,
    notice: Notice,
    enrolled: Option<(&Holder, &Mobile)>,
) -> Result<(), Error> {
    let purpose = MessagePurpose::Notice(notice);
    match (enrolled, Recipient::stand_in_sms()) {
        (Some((holder, mobile)), _) => {
            let to = Recipient::Sms(mobile.clone());
            unit.keep(|_| send(unit, &holder.into(), purpose, notice.as_str(), &to, vec![], None))
        }
        (None, Some(to)) => discard(unit, niss, purpose, notice.as_str(), &to, vec![]),
        (None, None) => Ok(()),
    }
}

/// Who can have caused a lockout. It decides what its notice advises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockoutCause {
    /// Anybody who knows the NISS.
    Anybody,
    /// Anybody who knows the NISS, by logins. The account may have no password.
    Login,
    /// Only somebody who knows the password or has a session.
    Insider,
}

/// Sends a notice once, at the start of a lockout, to the holder of an account that fulfils the condition. `until` is
/// `None` for a lockout that does not expire.
///
/// A stranger can cause it. So that its duration does not reveal an account or a contact, one message with a subject and
/// one SMS are always written; those without a recipient are discarded. Both take the same statements.
pub fn send_lockout_notice(
    unit: &RequestContext<'_>,
    niss: Niss,
    (notice, cause): (Notice, LockoutCause),
    until: Option<Timestamp>,
    condition: impl FnOnce(&Account) -> bool,
) -> Result<(), Error> {
    let account = accounts::find(&unit.tx, niss)?.filter(condition);
    let has_no_password = account.as_ref().is_some_and(|account| account.password.is_none());
    let holder = account.and(registry::find(&unit.tx, niss)?);
    let until = until.filter(|until| *until != Timestamp::FAR_FUTURE);
    let case = match cause {
        LockoutCause::Login if has_no_password => "-no_password",
        LockoutCause::Insider => "-insider",
        LockoutCause::Anybody | LockoutCause::Login => "",
    };
    let (text, facts) = match until {
        Some(until) => (format!("{notice}{case}"), vec![("until", MessageArg::Time(until))]),
        None => (format!("{notice}{case}-dead"), vec![]),
    };
    let recipients = holder.as_ref().map(Recipient::all_for).unwrap_or_default();
    let notice = MessagePurpose::Notice(notice);
    if let Some(holder) = &holder {
        for to in &recipients {
            unit.keep(|_| send(unit, &holder.into(), notice, &text, to, facts.clone(), None))?;
        }
    }
    // A letter has a subject, like an e-mail.
    let is_sms = |to: &Recipient| to.channel() == Channel::Sms;
    for stand_in in [Recipient::stand_in_mail(), Recipient::stand_in_sms()].into_iter().flatten() {
        if !recipients.iter().any(|to| is_sms(to) == is_sms(&stand_in)) {
            discard(unit, niss, notice, &text, &stand_in, facts.clone())?;
        }
    }
    Ok(())
}

/// Does the work of sending a message, and takes it back.
fn discard(
    unit: &RequestContext<'_>,
    niss: Niss,
    purpose: MessagePurpose,
    text: &str,
    to: &Recipient,
    facts: MessageArgs,
) -> Result<(), Error> {
    let nobody = Addressee { niss, name: "Nome do Titular", language: Language::Pt, is_resident_abroad: false };
    // The registry may have no record of this NISS.
    unit.discard(|unit| send(&RequestContext::new(unit), &nobody, purpose, text, to, facts, None))
}

/// The change of a registered contact.
#[derive(Debug, Clone, Copy)]
pub enum ContactChange<'a> {
    /// There was none of its kind.
    Added,
    /// It replaced this one.
    Replaced(&'a str),
    /// This one was removed.
    Removed(&'a str),
}

/// Notifies every registered e-mail and mobile of the change of a contact, and the one that is not registered any more. `holder` has
/// the contacts after the change. A telephone receives no code, so nobody is notified of its change.
pub fn send_contact_notice(
    unit: &RequestContext<'_>,
    holder: &Holder,
    kind: ContactKind,
    change: ContactChange<'_>,
) -> Result<(), Error> {
    let Some((channel, _)) = kind.proof_channel_and_purpose() else { return Ok(()) };
    let (notice, text, old) = match change {
        ContactChange::Added => (Notice::ContactChanged, "contact_changed-added", None),
        ContactChange::Replaced(old) => (Notice::ContactChanged, "contact_changed-other", Some(old)),
        ContactChange::Removed(old) => (Notice::ContactRemoved, "contact_removed-other", Some(old)),
    };
    let purpose = MessagePurpose::Notice(notice);
    let facts = vec![("kind", MessageArg::from(kind.as_str()))];
    for to in Recipient::all_for(holder).iter().filter(|to| to.channel() != Channel::Letter) {
        send(unit, &holder.into(), purpose, text, to, facts.clone(), None)?;
    }
    match old {
        Some(old) => {
            let to = Recipient::for_channel(holder, channel, Some(old))?;
            send(unit, &holder.into(), purpose, notice.as_str(), &to, vec![], None)
        }
        None => Ok(()),
    }
}

/// Sends an alert to the registered contact of a channel. Its subject is an operator's text. In an SMS the subject is
/// converted to GSM 03.38 and truncated to the remaining length.
pub fn send_alert(
    unit: &RequestContext<'_>,
    holder: &Holder,
    channel: Channel,
    alert: &Alert,
) -> Result<Recipient, Error> {
    let to = Recipient::for_channel(holder, channel, None)?;
    let (text, mut facts) = (alert.key(), alert.facts());
    if channel == Channel::Sms {
        let about = |text: String| ("about", MessageArg::from(text));
        facts.retain(|(name, _)| *name != "about");
        let without = [&facts[..], &[about(String::new())]].concat();
        let key = format!("message-{text}-sms");
        let rest = try_localize(holder.language, &key, &without, DateStyle::Digits).unwrap_or_default();
        let available = gsm::MAX_SEPTETS.saturating_sub(gsm::septets(&rest));
        facts.push(about(gsm::truncate(&gsm::to_ascii(alert.about.as_str()), available)));
    }
    send(unit, &holder.into(), MessagePurpose::Notice(Notice::Alert), &text, &to, facts, None)?;
    Ok(to)
}

/// Writes a message in the holder's language and queues it. `text` is the catalogue key of its text.
fn send(
    unit: &RequestContext<'_>,
    holder: &Addressee<'_>,
    purpose: MessagePurpose,
    text: &str,
    to: &Recipient,
    mut facts: MessageArgs,
    code: Option<&outbox::NewMessageCode<'_>>,
) -> Result<(), Error> {
    let language = holder.language;
    // A holder abroad can't call the numbers of Portugal without the country code.
    let has_foreign_mobile = matches!(to, Recipient::Sms(mobile) if mobile.is_foreign());
    let leaves_portugal = holder.is_resident_abroad || has_foreign_mobile;
    facts.push(("abroad", MessageArg::from(if leaves_portugal { "yes" } else { "no" })));
    let write = |key: &str, facts: &MessageArgs, form: DateStyle| {
        try_localize(language, key, facts, form).ok_or_else(|| Error::Bug(format!("no sentence {key}")))
    };
    let (subject, body) = match to {
        Recipient::Sms(_) => (None, write(&format!("message-{text}-sms"), &facts, DateStyle::Digits)?),
        Recipient::Email(_) | Recipient::Letter(..) => {
            let subject = write(&format!("message-{text}-subject"), &facts, DateStyle::Words)?;
            // A letter is read days later, by a holder without an e-mail or mobile. Some need a text of their own.
            let write_for = |key: &str, facts: &MessageArgs| {
                let own = match to {
                    Recipient::Letter(..) => try_localize(language, &format!("{key}-letter"), facts, DateStyle::Words),
                    Recipient::Email(_) | Recipient::Sms(_) => None,
                };
                own.map_or_else(|| write(key, facts, DateStyle::Words), Ok)
            };
            let what = write_for(&format!("message-{text}"), &facts)?;
            facts.push(("name", MessageArg::from(holder.name)));
            let greeted = match to {
                // Nobody has proved yet whose address it is.
                _ if purpose == MessagePurpose::Code(Purpose::ContactEmail) => "nobody",
                // An employer may be a natural person: the NISS decides, not the kind of holder.
                _ if !holder.niss.is_legal_person() => "citizen",
                // A letter has the name in its address.
                Recipient::Letter(..) => "company-by-letter",
                Recipient::Email(_) | Recipient::Sms(_) => "company",
            };
            facts.push(("holder", MessageArg::from(greeted)));
            let greeting = write("message-greeting", &facts, DateStyle::Words)?;
            let closing = write_for("message-closing", &facts)?;
            let body = format!("{greeting}\n\n{what}\n\n{closing}\n");
            let body = match to {
                Recipient::Letter(block, _) => {
                    let date = format_date(language, lisbon_date(unit.now), DateStyle::Words);
                    format!("{block}\n\nLisboa, {date}\n\n{subject}\n\n{body}")
                }
                Recipient::Email(_) | Recipient::Sms(_) => body,
            };
            (Some(subject), body)
        }
    };
    work_count::add(|done| *done.messages.entry(to.channel().as_str()).or_default() += 1);
    effects::enqueue_message(
        unit,
        &outbox::NewMessage {
            niss: holder.niss,
            channel: to.channel(),
            purpose,
            recipient: to.address(),
            language,
            subject: subject.as_deref(),
            body: &body,
            code,
        },
    )
}
