//! The reasons of refusals.

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// Why a request was refused. Scripts stand on these words: add, never rename.
    Reason {
        /// The terms and conditions were not accepted (001 step 8).
        TermsNotAccepted = "terms_not_accepted",
        /// The holder is of the other kind.
        AccountTypeMismatch = "account_type_mismatch",
        /// The data are not those of the registry (001 step 11).
        IdentityMismatch = "identity_mismatch",
        /// Too many of those.
        IdentityBlocked = "identity_blocked",
        /// There is an active account.
        AlreadyRegistered = "already_registered",
        /// There is none.
        NoAccount = "no_account",
        /// There is one, but it is not active.
        NotActive = "not_active",
        /// An operator holds the account.
        Suspended = "suspended",
        /// The account has ended.
        Closed = "closed",
        /// The channel that is asked for can't be used, others can.
        ChannelUnavailable = "channel_unavailable",
        /// No channel can be used.
        NoChannel = "no_channel",
        /// The last code is too fresh.
        TooSoon = "too_soon",
        /// Too many codes in the window.
        TooManyCodes = "too_many_codes",
        /// No code was ever sent.
        NoCode = "no_code",
        /// Not the code.
        CodeWrong = "code_wrong",
        /// The code, too late.
        CodeExpired = "code_expired",
        /// The code, a second time.
        CodeUsed = "code_used",
        /// An older code.
        CodeSuperseded = "code_superseded",
        /// Too many wrong codes.
        CodeBlocked = "code_blocked",
        /// The password does not keep to the rules.
        PasswordWeak = "password_weak",
        /// The password is the current one.
        PasswordRepeated = "password_repeated",
        /// No login with these.
        LoginFailed = "login_failed",
        /// Too many of those.
        LoginLocked = "login_locked",
        /// No session, or no fresh one.
        LoginRequired = "login_required",
        /// The contact is the registered one already, or is not there to be removed.
        ContactUnchanged = "contact_unchanged",
        /// No contact waits for a proof.
        NothingToConfirm = "nothing_to_confirm",
        /// There is no phone code yet.
        PhoneCodeMissing = "phone_code_missing",
        /// There is one already.
        PhoneCodeExists = "phone_code_exists",
        /// A phone code that anybody would try first.
        PhoneCodeTrivial = "phone_code_trivial",
        /// The current phone code.
        PhoneCodeUnchanged = "phone_code_unchanged",
        /// Not the phone code.
        PhoneCodeWrong = "phone_code_wrong",
        /// Too many of those.
        PhoneCodeBlocked = "phone_code_blocked",
        /// No call whose caller was identified, or not any more.
        CallRequired = "call_required",
        /// The authentication provider knows no Chave Móvel Digital of this holder.
        CmdNotEnrolled = "cmd_not_enrolled",
        /// It knows one already.
        CmdEnrolled = "cmd_enrolled",
        /// Not its PIN.
        CmdPinWrong = "cmd_pin_wrong",
        /// Not its temporary code, or none was sent.
        CmdCodeWrong = "cmd_code_wrong",
        /// The code, too late.
        CmdCodeExpired = "cmd_code_expired",
        /// Too many wrong PINs or codes.
        CmdBlocked = "cmd_blocked",
        /// The holder did not agree that the data are handed over.
        ConsentRefused = "consent_refused",
        /// Only a sandbox has a clock to move.
        SandboxOnly = "sandbox_only",
        /// A sandbox has no key of its own.
        RealOnly = "real_only",
        /// The clock only goes forward.
        ClockBackwards = "clock_backwards",
        /// The registry has no such record.
        NotInRegistry = "not_in_registry",
        /// The registry's holder has died or is no more.
        HolderInactive = "holder_inactive",
        /// The account is not suspended.
        NotSuspended = "not_suspended",
        /// There is no such message.
        NoMessage = "no_message",
        /// The audit has no such entry.
        NoRequest = "no_request",
    }
}

crate::domain::as_text! { Reason => ToString::to_string }
