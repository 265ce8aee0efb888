//! The words that requests are made of: operations and fields.

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// An operation: the command in words, joined by `_`.
    Operation {
        /// Makes the store.
        Init = "init",
        /// Loads the registry.
        RegistryImport = "registry_import",
        /// One record of the registry.
        RegistryShow = "registry_show",
        /// How many records there are.
        RegistryCount = "registry_count",
        /// Asks for an account (001, 002).
        Register = "register",
        /// Sets the first password (001 steps 20-25).
        Activate = "activate",
        /// Opens a session.
        Login = "login",
        /// Ends the session.
        Logout = "logout",
        /// Asks for a new password (000 steps 1-9).
        RecoverRequest = "recover_request",
        /// Sets it (000 steps 10-15).
        RecoverConfirm = "recover_confirm",
        /// Changes the password from within.
        PasswordChange = "password_change",
        /// The phone line's first six digits (003 C).
        PhoneCodeSet = "phone_code_set",
        /// Other digits (003 F).
        PhoneCodeChange = "phone_code_change",
        /// The phone line's side (003 G).
        PhoneCodeVerify = "phone_code_verify",
        /// A caller types on the phone line (003 G).
        PhoneLine = "phone_line",
        /// Who is on the line.
        PhoneLineWhoami = "phone_line_whoami",
        /// The contacts and what is proposed for them.
        ContactsShow = "contacts_show",
        /// Proposes other contacts.
        ContactsUpdate = "contacts_update",
        /// Proves one (fidelizar).
        ContactsConfirm = "contacts_confirm",
        /// Takes contacts away.
        ContactsRemove = "contacts_remove",
        /// How alerts travel (001 step 14).
        AlertsSet = "alerts_set",
        /// Alerts to holders, from a file (001 step 14).
        AlertsSend = "alerts_send",
        /// The messages of the inbox (004).
        MessagesList = "messages_list",
        /// One of them.
        MessagesShow = "messages_show",
        /// The holder's identification, as the app shows it (004).
        ProfileShow = "profile_show",
        /// The messages.
        OutboxList = "outbox_list",
        /// One message.
        OutboxShow = "outbox_show",
        /// The newest code.
        OutboxCode = "outbox_code",
        /// Waits for a message.
        OutboxWait = "outbox_wait",
        /// Letters as pages to be printed.
        OutboxPrint = "outbox_print",
        /// E-mails as files.
        OutboxExport = "outbox_export",
        /// One account.
        AccountShow = "account_show",
        /// The accounts.
        AccountList = "account_list",
        /// Lifts every block.
        AccountUnlock = "account_unlock",
        /// Holds an account.
        AccountSuspend = "account_suspend",
        /// Lets it go.
        AccountResume = "account_resume",
        /// Back to the beginning.
        AccountReset = "account_reset",
        /// Ends an account.
        AccountClose = "account_close",
        /// The entries of one holder, for people.
        AccountHistory = "account_history",
        /// The life of one account, and what was sent about it.
        AccountTimeline = "account_timeline",
        /// All that is kept of one person.
        AccountExport = "account_export",
        /// Forgets one person.
        AccountErase = "account_erase",
        /// Sets up Chave Móvel Digital at the authentication provider.
        CmdEnrol = "cmd_enrol",
        /// Ends it there.
        CmdRevoke = "cmd_revoke",
        /// Requests from a file.
        Batch = "batch",
        /// Who did what when.
        AuditList = "audit_list",
        /// Whether it is as it was written.
        AuditVerify = "audit_verify",
        /// The anchor of its last entry.
        AuditHead = "audit_head",
        /// Its entries as they are chained.
        AuditExport = "audit_export",
        /// Which rule has decided a request.
        Why = "why",
        /// The numbers in force.
        PolicyShow = "policy_show",
        /// Changes one.
        PolicySet = "policy_set",
        /// What time it is.
        ClockShow = "clock_show",
        /// Moves a sandbox's clock on.
        ClockAdvance = "clock_advance",
        /// Moves it to a time.
        ClockSet = "clock_set",
        /// Looks the store over.
        StoreCheck = "store_check",
        /// Copies it whole.
        StoreBackup = "store_backup",
        /// Gives it another key file.
        StoreRekey = "store_rekey",
        /// What it is.
        StoreInfo = "store_info",
        /// What can be seen of it, as one hash.
        StateHash = "state_hash",
        /// What goes in and comes out as JSON.
        Schema = "schema",
        /// Runs a file of requests in a sandbox of its own.
        ScenarioRun = "scenario_run",
        /// An account as such a file.
        ScenarioExport = "scenario_export",
        /// Tries the requirements of the standards out.
        Conform = "conform",
        /// A topic or a command explained.
        Help = "help",
        /// What a reason means.
        Explain = "explain",
        /// Completions for a shell.
        Completions = "completions",
        /// The manual.
        Man = "man",
    }
}

string_enum! {
    /// A field of a request, by the name that a batch line gives it; an option is the same with hyphens.
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
        /// Alerts by e-mail, SMS or not at all.
        Alerts = "alerts",
        /// How the code travels.
        Channel = "channel",
        /// A one-time code.
        Code = "code",
        /// A password.
        Password = "password",
        /// A password to be.
        NewPassword = "new_password",
        /// A phone code to be.
        NewCode = "new_code",
        /// The PIN of Chave Móvel Digital.
        Pin = "pin",
        /// Whether its data may be handed over.
        Consent = "consent",
        /// Why an operator does it.
        Reason = "reason",
        /// The number of a message.
        Message = "message",
        /// The key of a setting.
        Key = "key",
        /// Its value.
        Value = "value",
        /// How far a clock is moved.
        Advance = "advance",
        /// To when.
        Time = "time",
        /// What an alert tells.
        Kind = "kind",
        /// What it is about.
        About = "about",
        /// What was decided.
        Decision = "decision",
        /// Euros.
        Amount = "amount",
        /// The day of a payment.
        PaidOn = "paid_on",
        /// How far a request is judged.
        Until = "until",
    }
}

crate::domain::as_text! { Operation => ToString::to_string }
