//! The reasons of refusals.

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// The reason of a refusal. Scripts depend on these words: add words, never rename them.
    Reason {
        /// The terms and conditions were not accepted (001 step 8).
        TermsNotAccepted = "terms_not_accepted",
        /// The summary was not confirmed, and nothing was sent (001 step 19).
        NotConfirmed = "not_confirmed",
        /// The account type does not fit the kind of holder.
        AccountTypeMismatch = "account_type_mismatch",
        /// The data differ from the registry (001 step 11).
        IdentityMismatch = "identity_mismatch",
        /// Identity checks are blocked after too many mismatches.
        IdentityBlocked = "identity_blocked",
        /// The holder already has an active account.
        AlreadyRegistered = "already_registered",
        /// The holder has no account.
        NoAccount = "no_account",
        /// The account is not active.
        NotActive = "not_active",
        /// An operator suspended the account.
        Suspended = "suspended",
        /// The account is closed.
        Closed = "closed",
        /// The requested channel is not available, but others are.
        ChannelUnavailable = "channel_unavailable",
        /// No channel is available.
        NoChannel = "no_channel",
        /// The last code was sent too recently.
        TooSoon = "too_soon",
        /// Too many codes were sent in the window.
        TooManyCodes = "too_many_codes",
        /// No code was ever sent.
        NoCode = "no_code",
        /// The code is wrong.
        CodeWrong = "code_wrong",
        /// The code has expired.
        CodeExpired = "code_expired",
        /// The code was already used.
        CodeUsed = "code_used",
        /// A newer code replaced this one.
        CodeSuperseded = "code_superseded",
        /// Codes are blocked after too many wrong codes.
        CodeBlocked = "code_blocked",
        /// The password breaks the password rules.
        PasswordWeak = "password_weak",
        /// The new password is the current one.
        PasswordRepeated = "password_repeated",
        /// NISS or password is wrong.
        LoginFailed = "login_failed",
        /// Login is locked after too many failures.
        LoginLocked = "login_locked",
        /// There is no session, or no fresh one.
        LoginRequired = "login_required",
        /// A login needs a second factor, and the holder has no confirmed contact.
        EnrolmentRequired = "enrolment_required",
        /// The holder can log in without enrolling.
        EnrolmentNotRequired = "enrolment_not_required",
        /// Without this contact the holder could not log in any more.
        LastContact = "last_contact",
        /// The contact is already registered, or the contact to remove does not exist.
        ContactUnchanged = "contact_unchanged",
        /// No contact needs a confirmation.
        NothingToConfirm = "nothing_to_confirm",
        /// The holder has no phone code yet.
        PhoneCodeMissing = "phone_code_missing",
        /// The holder already has a phone code.
        PhoneCodeExists = "phone_code_exists",
        /// The phone code is easy to guess.
        PhoneCodeTrivial = "phone_code_trivial",
        /// The new phone code is the current one.
        PhoneCodeUnchanged = "phone_code_unchanged",
        /// The phone code is wrong.
        PhoneCodeWrong = "phone_code_wrong",
        /// The phone code is blocked after too many wrong ones.
        PhoneCodeBlocked = "phone_code_blocked",
        /// There is no identified call, or it has ended.
        CallRequired = "call_required",
        /// The holder is not enrolled in Chave Móvel Digital at the authentication provider.
        CmdNotEnrolled = "cmd_not_enrolled",
        /// The holder is already enrolled in Chave Móvel Digital.
        CmdEnrolled = "cmd_enrolled",
        /// The PIN of Chave Móvel Digital is wrong.
        CmdPinWrong = "cmd_pin_wrong",
        /// The temporary code is wrong, or none was sent.
        CmdCodeWrong = "cmd_code_wrong",
        /// The temporary code has expired.
        CmdCodeExpired = "cmd_code_expired",
        /// Chave Móvel Digital is blocked after too many wrong PINs or codes.
        CmdBlocked = "cmd_blocked",
        /// The holder did not consent to the transfer of the data.
        ConsentRefused = "consent_refused",
        /// Only a sandbox has a clock that can be moved.
        SandboxOnly = "sandbox_only",
        /// A sandbox has no key file of its own.
        RealOnly = "real_only",
        /// The clock moves only forward.
        ClockBackwards = "clock_backwards",
        /// The registry has no such record.
        NotInRegistry = "not_in_registry",
        /// The holder is deceased or ceased.
        HolderInactive = "holder_inactive",
        /// The account is not suspended.
        NotSuspended = "not_suspended",
        /// There is no such message.
        NoMessage = "no_message",
        /// The letter was not printed yet, or the message was not sent yet.
        NotDispatched = "not_dispatched",
        /// The message was already returned, or has already failed.
        DeliveryRecorded = "delivery_recorded",
        /// Only letters are returned, and only e-mails and SMS fail.
        ChannelMismatch = "channel_mismatch",
        /// The holder has no open session with this id.
        NoSession = "no_session",
        /// The audit log has no such entry.
        NoRequest = "no_request",
    }
}

crate::domain::as_text! { Reason => ToString::to_string }
