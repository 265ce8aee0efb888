//! The names of operations and fields.

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// An operation: the words of its command joined by `_`.
    Operation {
        /// Creates the store.
        Init = "init",
        /// Imports the registry.
        RegistryImport = "registry_import",
        /// Shows one registry record.
        RegistryShow = "registry_show",
        /// Counts the registry records.
        RegistryCount = "registry_count",
        /// Requests an account (001, 002).
        Register = "register",
        /// Sets the first password (001 steps 20-25).
        Activate = "activate",
        /// Opens a session.
        Login = "login",
        /// Ends the session.
        Logout = "logout",
        /// Requests a code for a new password (000 steps 1-9).
        RecoverRequest = "recover_request",
        /// Sets the new password (000 steps 10-15).
        RecoverConfirm = "recover_confirm",
        /// Changes the password in a session.
        PasswordChange = "password_change",
        /// Sets the first phone code (003 C).
        PhoneCodeSet = "phone_code_set",
        /// Changes the phone code (003 F).
        PhoneCodeChange = "phone_code_change",
        /// Verifies a phone code for the phone line (003 G).
        PhoneCodeVerify = "phone_code_verify",
        /// Identifies a caller on the phone line (003 G).
        PhoneLine = "phone_line",
        /// Shows the identified caller.
        PhoneLineWhoami = "phone_line_whoami",
        /// Shows the contacts and proposed contacts.
        ContactsShow = "contacts_show",
        /// Proposes new contacts.
        ContactsUpdate = "contacts_update",
        /// Confirms a contact (fidelizar).
        ContactsConfirm = "contacts_confirm",
        /// Removes contacts.
        ContactsRemove = "contacts_remove",
        /// Sets the channel of alerts (001 step 14).
        AlertsSet = "alerts_set",
        /// Sends alerts to holders from a file (001 step 14).
        AlertsSend = "alerts_send",
        /// Lists the messages of the inbox (004).
        MessagesList = "messages_list",
        /// Shows one message of the inbox.
        MessagesShow = "messages_show",
        /// Shows the identification of the holder, as the app does (004).
        ProfileShow = "profile_show",
        /// Lists the messages of the outbox.
        OutboxList = "outbox_list",
        /// Shows one message of the outbox.
        OutboxShow = "outbox_show",
        /// Shows the newest code in the outbox.
        OutboxCode = "outbox_code",
        /// Waits for a message.
        OutboxWait = "outbox_wait",
        /// Prints letters as PDF pages.
        OutboxPrint = "outbox_print",
        /// Exports e-mails as files.
        OutboxExport = "outbox_export",
        /// Shows one account.
        AccountShow = "account_show",
        /// Lists the accounts.
        AccountList = "account_list",
        /// Lifts all blocks of an account.
        AccountUnlock = "account_unlock",
        /// Suspends an account.
        AccountSuspend = "account_suspend",
        /// Resumes a suspended account.
        AccountResume = "account_resume",
        /// Resets an account to `requested`.
        AccountReset = "account_reset",
        /// Closes an account.
        AccountClose = "account_close",
        /// Lists the audit entries of one holder as text.
        AccountHistory = "account_history",
        /// Shows the timeline of one account with its messages.
        AccountTimeline = "account_timeline",
        /// Exports all stored data of one person.
        AccountExport = "account_export",
        /// Erases the data of one person.
        AccountErase = "account_erase",
        /// Enrols a holder in Chave Móvel Digital at the authentication provider.
        CmdEnrol = "cmd_enrol",
        /// Revokes that enrolment.
        CmdRevoke = "cmd_revoke",
        /// Runs the requests of a file.
        Batch = "batch",
        /// Lists the audit log.
        AuditList = "audit_list",
        /// Verifies the audit log.
        AuditVerify = "audit_verify",
        /// Shows the anchor of the last audit entry.
        AuditHead = "audit_head",
        /// Exports the audit entries with their hashes.
        AuditExport = "audit_export",
        /// Shows the rule that decided a request.
        Why = "why",
        /// Shows the policy.
        PolicyShow = "policy_show",
        /// Changes a policy setting.
        PolicySet = "policy_set",
        /// Shows the current time.
        ClockShow = "clock_show",
        /// Advances the clock of a sandbox.
        ClockAdvance = "clock_advance",
        /// Sets the clock of a sandbox.
        ClockSet = "clock_set",
        /// Checks the store.
        StoreCheck = "store_check",
        /// Copies the store.
        StoreBackup = "store_backup",
        /// Moves the store to a new key file.
        StoreRekey = "store_rekey",
        /// Describes the store.
        StoreInfo = "store_info",
        /// Shows a hash of the visible state.
        StateHash = "state_hash",
        /// Shows the JSON Schema of all input and output.
        Schema = "schema",
        /// Runs a scenario in a temporary sandbox.
        ScenarioRun = "scenario_run",
        /// Exports an account as a scenario.
        ScenarioExport = "scenario_export",
        /// Checks the requirements of the standards.
        Conform = "conform",
        /// Shows a help topic or the help of a command.
        Help = "help",
        /// Explains a reason.
        Explain = "explain",
        /// Prints shell completions.
        Completions = "completions",
        /// Prints the manual pages.
        Man = "man",
    }
}

string_enum! {
    /// A field of a request, as a batch line names it. Its option has hyphens instead.
    Field {
        /// Social security identification number.
        Niss = "niss",
        /// Citizen or company.
        AccountType = "account_type",
        /// Date of birth.
        BirthDate = "birth_date",
        /// Full name.
        Name = "name",
        /// Civil identification number.
        CivilId = "civil_id",
        /// Tax identification number.
        Nif = "nif",
        /// The person responsible for a company.
        Responsible = "responsible",
        /// E-mail address.
        Email = "email",
        /// Mobile number.
        Mobile = "mobile",
        /// Telephone number.
        Telephone = "telephone",
        /// The channel of alerts: e-mail, SMS or none.
        Alerts = "alerts",
        /// The channel of the code.
        Channel = "channel",
        /// A verification code.
        Code = "code",
        /// A password.
        Password = "password",
        /// The new password.
        NewPassword = "new_password",
        /// The new phone code.
        NewCode = "new_code",
        /// The PIN of Chave Móvel Digital.
        Pin = "pin",
        /// The consent to the transfer of personal data.
        Consent = "consent",
        /// The operator's reason.
        Reason = "reason",
        /// The number of a message.
        Message = "message",
        /// The key of a policy setting.
        Key = "key",
        /// The value of a policy setting.
        Value = "value",
        /// The step of a sandbox clock.
        Advance = "advance",
        /// The new time of a sandbox clock.
        Time = "time",
        /// The kind of an alert.
        Kind = "kind",
        /// The subject of an alert.
        About = "about",
        /// The decision on an application.
        Decision = "decision",
        /// The amount in euros.
        Amount = "amount",
        /// The day of a payment.
        PaidOn = "paid_on",
        /// The step up to which a request is checked.
        Until = "until",
    }
}

crate::domain::as_text! { Operation => ToString::to_string }
crate::domain::from_text! { Operation }

/// A group of fields. One of them is enough.
pub type FieldGroup = &'static [Field];
