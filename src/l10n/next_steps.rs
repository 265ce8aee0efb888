//! Next steps in words: the catalogue entry of each hint with its arguments, and the command lines that hints and accounts show.

use super::{MessageArg, MessageArgs};
use crate::domain::next_step::{NextStep, SuggestedCommand};
use crate::domain::niss::Niss;
use crate::domain::password::Weakness;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountType, RecoveryProcedure};

/// Returns the catalogue key of a hint and its arguments, without those of the refusal itself.
pub fn hint_entry(step: &NextStep) -> (&'static str, MessageArgs) {
    let plain = |key| (key, vec![]);
    let of_niss = |key, niss: &Niss| (key, vec![("niss", MessageArg::from(niss.to_string()))]);
    let until = |key, until: &Timestamp| (key, vec![("until", MessageArg::Time(*until))]);
    match step {
        NextStep::Wait => plain("hint-wait"),
        NextStep::WaitOrCall => plain("hint-wait-or-call"),
        NextStep::WaitOrRecover => plain("hint-wait-or-recover"),
        NextStep::WaitUntil(time) => until("hint-wait-until", time),
        NextStep::Call => plain("hint-call"),
        NextStep::CheckOrCall => plain("hint-check-or-call"),
        NextStep::AcceptTerms => plain("hint-accept-terms"),
        NextStep::UseAccountType(fits) => {
            ("hint-account-type", vec![("account_type", MessageArg::from(fits.as_str()))])
        }
        NextStep::ChooseChannel => plain("hint-channels"),
        NextStep::UseCodeOrWait(time) => until("hint-use-code-or-wait", time),
        NextStep::UseNewestCode => plain("hint-newest-code"),
        NextStep::CheckCode => plain("hint-check-code"),
        NextStep::RequestCodeAfter(wait) => ("hint-another-code", vec![("wait", MessageArg::from(wait.to_string()))]),
        NextStep::RequestCode { command, from } => {
            let mut args = vec![("command", MessageArg::from(command_line(command)))];
            match from {
                Some(time) => {
                    args.push(("until", MessageArg::Time(*time)));
                    ("hint-another-code-later", args)
                }
                None => ("hint-another-code-now", args),
            }
        }
        NextStep::LogIn(niss) => of_niss("hint-log-in", niss),
        NextStep::EnrolSecondFactor(niss) => of_niss("hint-enrol-second-factor", niss),
        NextStep::LogInByCmd(niss) => of_niss("hint-log-in-cmd", niss),
        NextStep::LogInLater(time) => until("hint-log-in-later", time),
        NextStep::LogInFirst => plain("hint-log-in-first"),
        NextStep::Recover(command) => ("hint-recover", vec![("command", MessageArg::from(command_line(command)))]),
        NextStep::RecoverOrCall => plain("hint-new-password"),
        NextStep::CheckLogin => plain("hint-check-login"),
        NextStep::Register => plain("hint-register"),
        NextStep::RegisterByCmd(command) => {
            ("hint-register-cmd", vec![("command", MessageArg::from(command_line(command)))])
        }
        NextStep::Activate(niss) => of_niss("hint-activate", niss),
        NextStep::ChooseStrongerPassword { weakness, min_length } => {
            let key = match weakness {
                Weakness::Short => "hint-password-longer",
                Weakness::Classes => "hint-password-classes",
                Weakness::Common => "hint-password-uncommon",
                Weakness::Guessable => "hint-password-words",
                Weakness::Personal => "hint-password-stranger",
            };
            (key, vec![("least", MessageArg::Number(i64::from(*min_length)))])
        }
        NextStep::ChooseOtherPassword => plain("hint-other-password"),
        NextStep::ConfirmContact(channel) => {
            ("hint-confirm-as-it-stands", vec![("channel", MessageArg::from(channel.as_str()))])
        }
        NextStep::UpdateContacts => plain("hint-update-contacts"),
        NextStep::RemoveContact(kind) => ("hint-remove-contact", vec![("kind", MessageArg::from(kind.as_str()))]),
        NextStep::ShowContacts => plain("hint-see-contacts"),
        NextStep::ChangePhoneCode => plain("hint-change-phone-code"),
        NextStep::SetPhoneCode => plain("hint-set-phone-code"),
        NextStep::ChooseOtherDigits => plain("hint-other-digits"),
        NextStep::CheckPhoneCode => plain("hint-check-phone-code"),
        NextStep::ChangeOrUnlockPhoneCode => plain("hint-phone-code-blocked"),
        NextStep::IdentifyCaller => plain("hint-identify-caller"),
        NextStep::EnrolInCmd => plain("hint-cmd-enrol"),
        NextStep::RevokeCmd(niss) => of_niss("hint-cmd-revoke", niss),
        NextStep::CheckCmdPin => plain("hint-cmd-pin"),
        NextStep::CheckCmdCode => plain("hint-cmd-code"),
        NextStep::RequestCmdCode(None) => plain("hint-cmd-another-code"),
        NextStep::RequestCmdCode(Some(time)) => until("hint-cmd-another-code-later", time),
        NextStep::WaitOrUnlockCmd => plain("hint-cmd-blocked"),
        NextStep::ReplaceCmd => plain("hint-cmd-disabled"),
        NextStep::Consent(time) => until("hint-consent", time),
        NextStep::UseSandbox => plain("hint-sandbox"),
        NextStep::UseSandboxOfRegistry => plain("hint-sandbox-of-registry"),
        NextStep::UseRealStore => plain("hint-real"),
        NextStep::UseLaterSandbox => plain("hint-later-sandbox"),
        NextStep::ListOutbox => plain("hint-outbox-list"),
        NextStep::PrintLetters => plain("hint-print-letters"),
        NextStep::RecordReturned(id) => ("hint-record-returned", vec![("id", MessageArg::from(id.to_string()))]),
        NextStep::RecordFailed(id) => ("hint-record-failed", vec![("id", MessageArg::from(id.to_string()))]),
        NextStep::ListSessions => plain("hint-session-list"),
        NextStep::ListMessages => plain("hint-messages-list"),
        NextStep::ListAudit => plain("hint-audit-list"),
        NextStep::NothingStored => plain("hint-nothing-stored"),
        NextStep::RequestWipedCode => plain("hint-code-wiped"),
        NextStep::CheckOutbox => plain("hint-no-code"),
        NextStep::ShowAccount(niss) => of_niss("hint-look", niss),
        NextStep::ShowRecord(niss) => of_niss("hint-look-up", niss),
        NextStep::ImportRecord => plain("hint-import"),
        NextStep::Resume(niss) => of_niss("hint-resume", niss),
        NextStep::Reset(niss) => of_niss("hint-reset", niss),
    }
}

/// Returns a suggested command as it is typed. It is the same in every language.
pub fn command_line(command: &SuggestedCommand) -> String {
    match command {
        SuggestedCommand::Register(niss) => format!("ssd register {niss}"),
        SuggestedCommand::RegisterByCmd(niss, AccountType::Citizen) => format!("ssd register {niss} --procedure cmd"),
        SuggestedCommand::RegisterByCmd(niss, account_type @ AccountType::Company) => {
            format!("ssd register {niss} --procedure cmd --account-type {account_type}")
        }
        SuggestedCommand::Activate(niss) => format!("ssd activate {niss}"),
        SuggestedCommand::LogIn(niss) => format!("ssd login {niss}"),
        SuggestedCommand::LogInByCmd(niss) => format!("ssd login {niss} --method cmd"),
        SuggestedCommand::EnrolSecondFactor(niss) => format!("ssd second-factor enrol {niss}"),
        SuggestedCommand::RequestRecovery(niss, RecoveryProcedure::Classic) => format!("ssd recover request {niss}"),
        SuggestedCommand::RequestRecovery(niss, procedure @ RecoveryProcedure::Portal) => {
            format!("ssd recover request {niss} --procedure {procedure}")
        }
        SuggestedCommand::ConfirmRecovery(niss) => format!("ssd recover confirm {niss}"),
        SuggestedCommand::ListMessages => "ssd messages list".to_owned(),
        SuggestedCommand::ShowProfile => "ssd profile show".to_owned(),
        SuggestedCommand::ShowContacts => "ssd contacts show".to_owned(),
        SuggestedCommand::UpdateContacts => "ssd contacts update".to_owned(),
        SuggestedCommand::ConfirmContacts => "ssd contacts confirm".to_owned(),
        SuggestedCommand::SetAlerts => "ssd alerts set".to_owned(),
        SuggestedCommand::SetPhoneCode => "ssd phone-code set".to_owned(),
        SuggestedCommand::ChangePhoneCode => "ssd phone-code change".to_owned(),
        SuggestedCommand::RemovePhoneCode => "ssd phone-code remove".to_owned(),
        SuggestedCommand::CallPhoneLine(niss) => format!("ssd phone-line {niss}"),
        SuggestedCommand::ChangePassword => "ssd password change".to_owned(),
        SuggestedCommand::ListSessions => "ssd session list".to_owned(),
        SuggestedCommand::EndOtherSessions => "ssd session end --others".to_owned(),
        SuggestedCommand::LogOut => "ssd logout".to_owned(),
        SuggestedCommand::ConfirmContact(channel) => format!("ssd contacts confirm --channel {channel}"),
        SuggestedCommand::UpdateContact(kind) => format!("ssd contacts update --{kind}"),
        SuggestedCommand::Suspend(niss) => format!("ssd account suspend {niss}"),
        SuggestedCommand::Resume(niss) => format!("ssd account resume {niss}"),
        SuggestedCommand::Reset(niss) => format!("ssd account reset {niss}"),
        SuggestedCommand::Close(niss) => format!("ssd account close {niss}"),
        SuggestedCommand::Unlock(niss) => format!("ssd account unlock {niss}"),
    }
}
