//! What a person can do next after a refusal, as a value. The catalogues turn it into a sentence.

use super::niss::Niss;
use super::password::Weakness;
use super::time::{Span, Timestamp};
use super::vocabulary::{AccountType, Channel, ContactKind, RecoveryProcedure};

/// A next step: the hint of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// Wait until the refusal's `retry_at`.
    Wait,
    /// Wait, or call the customer line.
    WaitOrCall,
    /// Wait, or recover the account, which lifts the lockout.
    WaitOrRecover,
    /// Wait until a time.
    WaitUntil(Timestamp),
    /// Call the customer line.
    Call,
    /// Check the identity data, or call the customer line.
    CheckOrCall,
    /// Accept the terms.
    AcceptTerms,
    /// Use the account type that fits the holder.
    UseAccountType(AccountType),
    /// Choose one of the refusal's channels.
    ChooseChannel,
    /// Use the code that was sent, or wait until a time.
    UseCodeOrWait(Timestamp),
    /// Use the newest code.
    UseNewestCode,
    /// Check the code.
    CheckCode,
    /// Request another code, this long after the last one at the earliest.
    RequestCodeAfter(Span),
    /// Request another code, now or from a time.
    RequestCode {
        /// The command that requests it.
        command: SuggestedCommand,
        /// From when it is issued; `None` for now.
        from: Option<Timestamp>,
    },
    /// Log in.
    LogIn(Niss),
    /// Request a code for a login without a confirmed contact.
    EnrolSecondFactor(Niss),
    /// Log in by Chave Móvel Digital.
    LogInByCmd(Niss),
    /// Log in from a time.
    LogInLater(Timestamp),
    /// Log in before the request.
    LogInFirst,
    /// Recover the account.
    Recover(SuggestedCommand),
    /// Recover the account, or call the customer line.
    RecoverOrCall,
    /// Check NISS and password.
    CheckLogin,
    /// Register.
    Register,
    /// Register by Chave Móvel Digital.
    RegisterByCmd(SuggestedCommand),
    /// Activate the account with the code that was sent.
    Activate(Niss),
    /// Choose a password without this weakness, of at least `min_length` characters.
    ChooseStrongerPassword {
        /// The weakness.
        weakness: Weakness,
        /// Characters.
        min_length: u32,
    },
    /// Choose another password.
    ChooseOtherPassword,
    /// Confirm the registered contact by this channel.
    ConfirmContact(Channel),
    /// Update the contacts.
    UpdateContacts,
    /// Remove a registered contact first.
    RemoveContact(ContactKind),
    /// Look at the contacts.
    ShowContacts,
    /// Change the phone code.
    ChangePhoneCode,
    /// Set a phone code.
    SetPhoneCode,
    /// Choose other digits.
    ChooseOtherDigits,
    /// Check the phone code.
    CheckPhoneCode,
    /// Change the phone code, or have an operator unlock it.
    ChangeOrUnlockPhoneCode,
    /// Identify the caller first.
    IdentifyCaller,
    /// Enrol the holder with the provider of Chave Móvel Digital.
    EnrolInCmd,
    /// Revoke the enrolment first.
    RevokeCmd(Niss),
    /// Check the PIN.
    CheckCmdPin,
    /// Use the newest temporary code.
    CheckCmdCode,
    /// Request another temporary code, now or from a time.
    RequestCmdCode(Option<Timestamp>),
    /// Wait, or have an operator unlock the enrolment.
    WaitOrUnlockCmd,
    /// Have an operator revoke the enrolment and make another.
    ReplaceCmd,
    /// Give consent while the temporary code is valid.
    Consent(Timestamp),
    /// Use a sandbox.
    UseSandbox,
    /// Use a sandbox with the same registry.
    UseSandboxOfRegistry,
    /// Use a store that is not a sandbox.
    UseRealStore,
    /// Make a sandbox that starts later.
    UseLaterSandbox,
    /// List the outbox.
    ListOutbox,
    /// Print the letters that wait.
    PrintLetters,
    /// Record that the letter with this number was returned.
    RecordReturned(i64),
    /// Record that the message with this number has failed.
    RecordFailed(i64),
    /// List the holder's messages.
    ListMessages,
    /// List the sessions.
    ListSessions,
    /// List the audit log.
    ListAudit,
    /// Nothing is stored about this NISS.
    NothingStored,
    /// The code was wiped: request another.
    RequestWipedCode,
    /// No code was sent: look at the outbox.
    CheckOutbox,
    /// Look at the account.
    ShowAccount(Niss),
    /// Look at the registry record.
    ShowRecord(Niss),
    /// Import the registry record.
    ImportRecord,
    /// Resume the account.
    Resume(Niss),
    /// Reset the account.
    Reset(Niss),
}

/// A command that works on an account now, with the values that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestedCommand {
    /// `register`
    Register(Niss),
    /// `register` by Chave Móvel Digital; the account type where it is not the default.
    RegisterByCmd(Niss, AccountType),
    /// `activate`
    Activate(Niss),
    /// `login`
    LogIn(Niss),
    /// `login` by Chave Móvel Digital
    LogInByCmd(Niss),
    /// `second-factor enrol`
    EnrolSecondFactor(Niss),
    /// `recover request`
    RequestRecovery(Niss, RecoveryProcedure),
    /// `recover confirm`
    ConfirmRecovery(Niss),
    /// `messages list`
    ListMessages,
    /// `profile show`
    ShowProfile,
    /// `contacts show`
    ShowContacts,
    /// `contacts update`, for any contact
    UpdateContacts,
    /// `contacts confirm`, for any contact
    ConfirmContacts,
    /// `alerts set`
    SetAlerts,
    /// `phone-code set`
    SetPhoneCode,
    /// `phone-code change`
    ChangePhoneCode,
    /// `phone-code remove`
    RemovePhoneCode,
    /// `phone-line`
    CallPhoneLine(Niss),
    /// `password change`
    ChangePassword,
    /// `session list`
    ListSessions,
    /// `session end` of all other sessions
    EndOtherSessions,
    /// `logout`
    LogOut,
    /// `contacts confirm`
    ConfirmContact(Channel),
    /// `contacts update`
    UpdateContact(ContactKind),
    /// `account suspend`
    Suspend(Niss),
    /// `account resume`
    Resume(Niss),
    /// `account reset`
    Reset(Niss),
    /// `account close`
    Close(Niss),
    /// `account unlock`
    Unlock(Niss),
}
