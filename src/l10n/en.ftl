# Every sentence that a person reads, in English. An entry begins at the start of a line and ends before the next one; its
# further lines are indented. Only the entry that is asked for is parsed, so no entry may refer to another.

### dates and times, by the clocks of Lisbon

date-words = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
date-digits = { $dd }/{ $mm }/{ $year }
time-words = { $date } at { $time }
time-digits = { $date } { $time }
amount-words = €{ $euros }.{ $cents }
amount-words-thousands = €{ $thousands },{ $euros }.{ $cents }
amount-digits = { $euros }.{ $cents } EUR

### done: what has happened

done-init = { $sandbox ->
        [yes] There is a sandbox at { $path } now, where it is { $now }. Nothing in it is secret: whoever knows its seed knows its codes.
       *[no] There is a store at { $path } now, and the file of its key: keep a copy of both, apart.
    }
done-man = { $count ->
    [one] One page of the manual was written.
   *[other] { $count } pages of the manual were written.
  }
done-registry_import = { $dry_run ->
        [yes] Rows read: { $read }. Good: { $loaded }. Bad: { $rejected }. Nothing was loaded, as asked.
       *[no] Rows read: { $read }. Loaded: { $loaded }. Rejected: { $rejected }.
    }
done-batch = { $dry_run ->
        [yes] Lines: { $lines }. They would be done: { $done }, refused: { $refused }, malformed: { $malformed }. Nothing has changed, as asked.
       *[no] Lines: { $lines }. Done: { $done }, refused: { $refused }, malformed: { $malformed }.
    }
done-registry_count = Records: { $records }. Citizens: { $citizens }, employers: { $employers }, companies: { $companies }. No longer active: { $inactive }.
done-register = { $channel ->
        [letter] The account is requested. A code goes by letter to { $destination }: it should be there by { $letter_expected_on } and is good until { $code_expires_at }.
        [email] The account is requested. A code was sent by e-mail to { $destination }. It is good until { $code_expires_at }.
       *[sms] The account is requested. A code was sent by SMS to { $destination }. It is good until { $code_expires_at }.
    }
done-register-opened = The account is active, without a password: you can log in with Chave Móvel Digital.
reached-identity = The data are those that the Social Security system has.
reached-channels = A code can be sent by:
reached-code = That is the code. It is not used up yet.
done-activate = The account is active: you can log in with your NISS and password.
done-login = { $channel ->
        [email] A code to log in was sent by e-mail to { $destination }. It is good until { $code_expires_at }: ssd login { $niss } --password-stdin --code CODE
       *[sms] A code to log in was sent by SMS to { $destination }. It is good until { $code_expires_at }: ssd login { $niss } --password-stdin --code CODE
    }
done-logout = The session has ended.
done-recover_request = { $channel ->
        [email] A code to set a new password was sent by e-mail to { $destination }. It is good until { $code_expires_at }.
       *[sms] A code to set a new password was sent by SMS to { $destination }. It is good until { $code_expires_at }.
    }
done-recover_confirm = The new password is set: you can log in with it. All sessions have ended.
done-password_change = The new password is set. All other sessions have ended.
done-phone_code_set = The phone code is set.
done-phone_code_change = The phone code is changed.
done-phone_code_verify = That is the phone code.
done-contacts_update = The telephone is changed.
done-contacts_confirm = { $channel ->
        [email] The e-mail address { $destination } is confirmed.
       *[sms] The mobile { $destination } is confirmed.
    }
done-contacts_remove = Removed: { $removed }.
done-alerts_set = { $alerts ->
        [email] Alerts come by e-mail.
        [sms] Alerts come by SMS.
       *[none] No alerts are sent.
    }
done-account_unlock = { $count ->
        [0] There was nothing to unlock.
       *[other] Unlocked: { $lifted }.
    }
done-account_suspend = The account is suspended.
done-account_resume = { $state ->
        [active] The account is active again.
       *[other] The account is { $state } again.
    }
done-account_reset = { $channel ->
        [letter] The account is back at the beginning. A code goes by letter to { $destination }: it should be there by { $letter_expected_on } and is good until { $code_expires_at }.
        [email] The account is back at the beginning. A code was sent by e-mail to { $destination }. It is good until { $code_expires_at }.
       *[sms] The account is back at the beginning. A code was sent by SMS to { $destination }. It is good until { $code_expires_at }.
    }
done-account_close = The account is closed.
done-account_erase = Erased: nothing of this person is kept any more, and the audit does not know whom its entries were about.
done-cmd_enrol = Chave Móvel Digital is set up at the authentication provider; its codes go to { $destination }.
done-cmd_revoke = Chave Móvel Digital is ended at the authentication provider.
done-account_timeline = The page is in { $file } now. Events: { $events }. It is about a person: keep it as you keep the store.
done-policy_set = { $key } is { $value } now, for what is issued from here on.
done-clock_show = It is { $now } in Lisbon ({ $utc }).
done-clock_advance = It is { $now } in Lisbon ({ $utc }).
done-clock_set = It is { $now } in Lisbon ({ $utc }).
done-store_check = The store is whole.
done-audit_verify = The audit is as it was written. Entries looked at: { $entries }. The last one: { $anchor }
done-scenario_run = { $count ->
        [0] { $file }: all as expected; lines: { $lines }.
        [one] { $file }: one difference; lines: { $lines }.
       *[other] { $file }: { $count } differences; lines: { $lines }.
    }
done-conform = Requirements: { $rows }. Pass: { $passed }, deviation: { $deviating }, not run: { $not_run }, fail: { $failed }.
done-store_rekey = The store has another key file now, { $file }. The old one opens it no more, only copies from before.
done-outbox_print = { $letters ->
        [0] { $earlier ->
                [none] No letter is to be printed.
               *[other] No letter is to be printed: { $file } has those of request { $earlier }, which was finished.
            }
       *[other] Letters: { $letters }, pages: { $pages }, in { $file }.
    }
done-outbox_export = E-mails: { $emails }, in { $folder }. Of these were there already: { $kept }.
done-store_backup = The store is copied to { $file }. The key of a store that is no sandbox is not in the copy: keep it too, apart.

### rows of lists

row-sent = { $channel ->
        [email] A code was sent by e-mail to { $destination }. It is good until { $code_expires_at }.
       *[sms] A code was sent by SMS to { $destination }. It is good until { $code_expires_at }.
    }
row-sent-cmd = A temporary code was sent by SMS to { $destination }. It is good until { $code_expires_at }.
row-contact-none = { $kind }: none
row-contact-kept = { $kind }: { $value }
row-contact-unconfirmed = { $kind }: { $value }, to be confirmed
row-contact-confirmed = { $kind }: { $value }, confirmed on { $confirmed_at }
row-contact-proposed = { $kind }, proposed: { $proposed }, to be confirmed
row-block = { $what }, until it is lifted or replaced
row-block-until = { $what }, until { $until }
row-of = { $count } of { $limit }
row-lifted = until it is lifted or replaced
row-history = { $outcome ->
        [done] { $at }: { $action }, done by { $actor } (request { $id })
       *[refused] { $at }: { $action }, refused as { $reason }, asked by { $actor } (request { $id })
    }
row-difference = { $place }: { $path }: expected { $expected }, got { $got }
row-difference-whole = { $place }: expected { $expected }, got { $got }
row-setting = { $key } = { $value } (default { $default }, from { $least } to { $most })
### the life of an account: what happened, the names of requests, states, and what messages are about

event-request = { $what }
event-refusal = { $what }, refused as { $outcome }
event-reading = { $what }
event-state = State: { $what }
event-code = { $outcome ->
        [open] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; good until { $until }
        [used] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; good until { $until }, used
        [expired] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; good until { $until }, never used
       *[superseded] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; good until { $until }, replaced
    }
event-message = { $channel ->
        [email] E-mail to { $to }: { $what }
        [sms] SMS to { $to }: { $what }
       *[letter] Letter to { $to }: { $what }
    }
event-dispatch = Letter to { $to } printed: { $what }
event-block = { $outcome ->
        [lifted] No longer blocked: { $what }
       *[set] Blocked: { $what }, until it is lifted or replaced
    }
event-block-until = Blocked: { $what }, until { $until }
event-by = ({ $actor }, request { $id })
name-of-a-step = { $name }, judged up to a step
deed-register = Registration
deed-activate = Activation
deed-login = Login
deed-logout = Logout
deed-recover_request = Recovery asked for
deed-recover_confirm = New password by recovery
deed-password_change = Change of password
deed-phone_code_set = First phone code
deed-phone_code_change = Change of phone code
deed-phone_code_verify = Phone code on the phone line
deed-contacts_show = Look at the contacts
deed-contacts_update = Change of contacts
deed-contacts_confirm = Confirmation of a contact
deed-contacts_remove = Removal of a contact
deed-alerts_set = Choice of alerts
deed-cmd_enrol = Chave Móvel Digital set up at the provider
deed-cmd_revoke = Chave Móvel Digital revoked at the provider
deed-phone_line = Call on the phone line
deed-phone_line_whoami = Look at who is on the line
deed-alerts_send = Alert
deed-messages_list = Look at the inbox
deed-messages_show = Message of the inbox read
deed-profile_show = Look at the identification data
deed-outbox_list = Messages read by an operator
deed-outbox_show = Message read by an operator
deed-outbox_code = Code read by an operator
deed-outbox_wait = Message read by an operator
deed-outbox_print = Letters printed by an operator
deed-outbox_export = E-mails made into files by an operator
deed-account_unlock = Blocks lifted by an operator
deed-account_suspend = Suspension by an operator
deed-account_resume = Resumption by an operator
deed-account_reset = Reset by an operator
deed-account_close = Closing
deed-account_timeline = Timeline read by an operator
deed-account_export = Data handed out by an operator
deed-account_erase = Erasure by an operator
deed-scenario_export = Scenario made by an operator
state-none = no account
state-requested = requested
state-active = active
state-suspended = suspended
state-closed = closed
about-activation = activation code
about-recovery = recovery code
about-contact_email = code to confirm the e-mail address
about-contact_mobile = code to confirm the mobile
about-login = login code
about-cmd = temporary code of Chave Móvel Digital
about-activated = the account is active
about-password_changed = the password was changed
about-recovered = a new password was set
about-login_locked = logins are locked
about-code_blocked = codes are blocked
about-phone_code_blocked = the phone code is blocked
about-phone_code_set = there is a phone code
about-phone_code_changed = the phone code was changed
about-suspended = the account is suspended
about-resumed = the account is active again
about-reset = the account was reset
about-closed = the account is closed
about-contact_changed = this contact was replaced
about-contact_removed = this contact was removed
about-cmd_blocked = Chave Móvel Digital is blocked
about-alert = alert

### the page of an account's life

page-title = { $name }: the life of an account
page-kind = Account at Segurança Social Direta
page-counts = Done: { $done } · refused: { $refused } · messages: { $messages }
page-states = States
page-band = The states one after the other, in the order of the list below; marks above them are refusals, lines below them blocks.
page-legend = A short state is drawn wider than it was. Marks above the band are refusals, lines below it blocks.
page-stay = from { $from } to { $until }
page-stay-now = from { $from } until now
page-life = What happened
page-nothing = Nothing has happened yet.
page-later = { $count ->
        [one] the day after
       *[other] { $count } days later
    }
page-refused = refused
page-said = “{ $text }”
page-by = { $actor } · request { $id }
page-caption = { $channel ->
        [email] E-mail to { $to }
        [sms] SMS to { $to }
       *[letter] Letter to { $to }
    }
page-citizen = citizen
page-company = company or institution
page-alerts-email = by e-mail
page-alerts-sms = by SMS
page-alerts-none = none
page-foot = From the store as it was on { $now }. All times are those of Lisbon. This page is about a person: keep it as you keep the store.
page-codes-sandbox = It comes from a sandbox: nothing in it is secret.
page-codes-masked = Codes are masked, and the audit keeps that this page was made.

### what is said beside a result

note-due-contacts = Still to do after the login: confirm your contacts (`ssd contacts confirm`).
note-cmd-code = With it the same command goes on: add `--code CODE --consent`.
note-batch-row = { $op } { $verdict } { $count }
note-batch-resume = It did not come to its end; nothing is lost and nothing done twice. Go on with: { $command }
note-batch-stopped = It did not come to its end. Each line that has a reply is done; whether more are done only the store knows. With `--out` it could go on.
note-export-otherwise = These entries of the audit come out otherwise when they are lived again: { $entries }
note-export-state = What the scenario leads to is not all as it is here: something was changed that the audit does not tell of.
note-record-late = The recording begins in the middle: what was done in this sandbox before is not in it.
note-reject = { $column ->
        [none] line { $line }: { $flaw }
       *[other] line { $line }, { $column }: { $flaw }
    }
note-print-skipped = Letters that are not printed, because their code can no longer be used: { $count }.
note-print-lacking = Letters with a character that no font here has, so that � stands in its place: { $count }. The manifest says which; look at them before they are sent.
note-rejects-more = { $count ->
        [one] and one more; --rejects FILE keeps them all
       *[other] and { $count } more; --rejects FILE keeps them all
    }
progress = { $left ->
        [none] lines: { $lines }, a second: { $rate }, refused: { $refused }
       *[other] lines: { $lines }, a second: { $rate }, refused: { $refused }, time left: { $left }
    }

### words of the code in words of the language

word-proposed = { $value }, proposed: { $proposed }
word-yes = yes
word-no = no
word-alert_kind-decision = decision
word-alert_kind-benefit = benefit
word-alert_kind-payment = payment
word-state-requested = requested
word-state-active = active
word-state-suspended = suspended
word-state-closed = closed
word-account_type-citizen = citizen
word-account_type-company = company
word-kind-citizen = citizen
word-kind-employer = employer
word-kind-company = company
word-civil_id_kind-cc = Citizen's Card
word-civil_id_kind-bi = ID card
word-civil_id_kind-passport = passport
word-civil_id_kind-residence_permit = residence permit
word-civil_id_kind-eu_id = identity document of an EU country
word-status-active = active
word-status-deceased = deceased
word-status-ceased = ceased
word-alerts-email = email
word-alerts-sms = sms
word-alerts-none = none
word-channel-email = email
word-channel-sms = sms
word-channel-letter = letter
word-email = e-mail
word-mobile = mobile
word-telephone = telephone
word-identity = identity checks
word-login = logins
word-activation = activation codes
word-recovery = recovery codes
word-contact_email = codes to confirm the e-mail address
word-contact_mobile = codes to confirm the mobile
word-login_code = login codes
word-cmd_pin = PINs of Chave Móvel Digital
word-cmd_code = temporary codes of Chave Móvel Digital
word-phone_code = phone code

### labels

label-niss = NISS
label-account_type = account type
label-birth_date = date of birth
label-name = name
label-civil_id = civil identification number
label-civil_id_kind = civil identification document
label-nif = NIF
label-responsible = person responsible
label-email = e-mail
label-mobile = mobile
label-telephone = telephone
label-alerts = alerts
label-channel = channel
label-code_channel = code by
label-kind = kind
label-status = status
label-address = address
label-postal_code = postal code
label-locality = locality
label-country = country
label-language = language
label-state = state
label-holder = holder
label-holder_status = status in the registry
label-created_at = created
label-dispatched_at = printed
label-activated_at = activated
label-password = password
label-phone_code = phone code
label-blocks = blocked
label-alert_kind = kind
label-read_at = read
label-about = about
label-decision = decision
label-amount = amount (€)
label-paid_on = paid
label-contacts = contacts
label-next = commands that would work
label-id = message
label-purpose = purpose
label-to = to
label-subject = subject
label-body = text
label-path = store
label-sandbox = sandbox
label-seed = seed
label-version = version
label-now = now
label-records = records
label-accounts = accounts
label-messages = messages
label-bytes = bytes
label-observed = observed
label-why = why
label-request = request
label-at = when
label-actor = asked by
label-action = action
label-outcome = outcome
label-rule = rule
label-variant = which of its cases
label-cause = cause
label-differed = fields that differed
label-count = count
label-on_code = on the newest code
label-until = holds until
label-detail = beside that
label-event = event
label-who = who
label-remark = reason
label-key = setting
label-value = value
label-default = default
label-least = from
label-most = to
label-verdict = verdict
label-where = where
label-requirement = requirement
label-contact = contact
label-confirmed_at = confirmed
label-proposed = proposed

### questions

ask-niss = Social Security Identification Number (NISS)
ask-account_type = Account type
ask-birth_date = Date of birth (YYYY-MM-DD)
ask-name = { $holder ->
        [company] Name of the company or institution
       *[citizen] Full name
    }
ask-civil_id = Civil Identification Number (Citizen's Card, ID-card, passport, ...)
ask-nif = { $holder ->
        [company] Tax identification number of the company (NIPC)
       *[citizen] Tax Identification Number (NIF)
    }
ask-responsible = Name of the person responsible
ask-email = { $op ->
        [contacts_update] New e-mail address (empty: as it is)
       *[other] Email address
    }
ask-mobile = { $op ->
        [contacts_update] New mobile phone number (empty: as it is)
       *[other] Mobile phone number
    }
ask-telephone = { $op ->
        [contacts_update] New telephone number (empty: as it is)
       *[other] Telephone number (optional)
    }
ask-alerts = Please indicate the way you want to receive the Social Security Alerts
ask-channel = Please indicate the way you want to receive the verification code
ask-contact = Which contact is to be removed?
ask-contact-to-confirm = Which contact do you want to confirm?
ask-procedure = How do you want to register?
ask-start = What do you want to do?
ask-choice = Choice
ask-choice-one-of = a number from 1 to { $count } please, or the first letters of one of them
ask-code = Verification code
ask-code-or-later = { $destination ->
        [none] Verification code (empty: another time)
       *[other] Verification code sent to { $destination } (empty: another time)
    }
ask-code-or-send = Verification code (empty: send one)
ask-password = Password
ask-current_password = Current password (empty: there is none yet)
ask-first_password = Password
ask-first_password-again = Confirm your password
ask-new_password = New password
ask-new_password-again = Confirm your password
ask-new_code = New phone code (six digits)
ask-new_code-again = Confirm the phone code
ask-phone_code = Phone code
ask-pin = PIN of Chave Móvel Digital
ask-new_pin = PIN of Chave Móvel Digital (four to eight digits)
ask-new_pin-again = Confirm the PIN
ask-reason = Reason, for the audit
ask-terms = I read and accept the service terms and conditions (yes or no)
ask-consent = May name, date of birth, civil identification number, NIF and, where it is held, NISS be handed over to Segurança Social? (yes or no)
ask-confirm = Is all of this right? (yes or no)
ask-erase = All that is kept of this person will be gone, and nothing brings it back. Is that meant? (yes or no)
ask-yes-or-no = yes or no, please
ask-differs = the two are not the same: once more, please
ask-one-contact = one contact at least is needed
summary = What you have typed:

### the pages of a procedure, and what stands on them

step-identification = Identification data
step-channel = Next: Verification channel
step-contacts = Next step: Contacts
step-alerts = Next step: Alerts
step-code = Next step: Code
step-summary = Next step: Summary
step-activate = Activate account
step-recover = New password
about-contacts = If the mobile phone number or the email address you insert does not correspond to the one registered in the Social Security information system, this communication channel will not be used to send the verification code.
about-alerts = Alerts are about decisions taken by Social Security concerning your applications, and about benefits you are entitled to, with their payment dates.
about-code = The Social Security will send you a verification code so that you may set your access password.
choice-procedure-portal = With NISS and date of birth, or a company's NISS and NIF
choice-procedure-classic = With all identification data and contacts (classic procedure)
choice-procedure-cmd = With Chave Móvel Digital
choice-account_type-citizen = Citizen
choice-account_type-company = Company or institution
choice-alerts-email = Email
choice-alerts-sms = SMS (written message to the mobile phone)
choice-alerts-none = I do not want to receive any alerts
choice-channel-email = Email
choice-channel-sms = SMS (written message to the mobile phone)
choice-channel-letter = By letter
password-rules = { $profile ->
        [nist] Password setting rules: { $least } characters or more, of any kind. Not taken are the most common passwords, those that would soon be guessed, those made of your own data, and the current one.
       *[rcm41] Password setting rules: { $least } characters or more, of three of these kinds: small letters, capital letters, digits, other characters. Not taken are the most common passwords, those that would soon be guessed, those made of your own data, and the current one.
    }
sitting-later = To go on another time: { $later }
sitting-login = To log in: SSD_SESSION=$(ssd login { $niss }); export SSD_SESSION
start-register = Register: ask for an account
start-activate = Activate account, with the verification code
start-recover = I have lost my password
start-login = Log in
start-phone-line = Say on the phone line who I am
start-messages-list = Read my messages
start-profile-show = See my identification data
start-contacts-show = See my contacts
start-contacts-update = Change my contacts
start-contacts-confirm = Confirm my contacts
start-alerts-set = Choose how alerts come
start-phone-code-set = Get a code for the phone line
start-password-change = Change my password
start-logout = Log out
start-help = Help

### what is wrong with a value

flaw-missing = it is missing
flaw-length = it must have { $expected } characters
flaw-character = there is a character in it that has no place there
flaw-check_digit = its check digit is wrong: look for a slip of the keys
flaw-prefix = it must begin with one of { $expected }
flaw-form = expected { $expected }
flaw-no_such_date = there is no such date
flaw-word = it must be one of: { $expected }
flaw-bounds = it must be from { $least } to { $most }
flaw-leaves_behind = `{ $key }` would be out of its bounds then, { $expected }: bring it there first
flaw-not_a_mobile = it is a telephone number, but not of a mobile
flaw-no_such_number = there is no such telephone number
flaw-address = it is not an e-mail address that can be used: somebody@example.pt
flaw-not_utf8 = it is not text in UTF-8
flaw-duplicate = it stands in an earlier row already
flaw-fields = the row must have as many fields as the header: { $count }
flaw-unknown_column = there is no such column
flaw-unknown_field = there is no such field in this operation
flaw-no_place = it has no place beside the other fields
flaw-no_such_setting = the policy has no such setting; they are in `ssd policy show`
flaw-link = it holds the address of a web page, and no message does
flaw-not_json = the line is not a JSON object
flaw-names_holder = it says who the person is, and it would be kept: say it without name, number, contact or address
flaw-not_held = it is neither given nor in the registry
flaw-current_missing = the account has a password: the current one comes first, then the new one
flaw-no_current = the account has no password yet: the new one stands alone
form-a-whole-number = a whole number
form-a-list-of-objects = a list of objects
form-YYYY-MM-DD = YYYY-MM-DD
form-six-digits = six digits
form-four-to-eight-digits = four to eight digits
form-an-object = an object
form-text = text
form-an-anchor = an anchor, as `ssd audit head` prints it

### a bad command line

usage-malformed = `{ $name }`: { $flaw }
usage-missing = missing: { $options }
usage-or = or
usage-surplus = `{ $option }` has no place in this request
usage-surplus-hint = what goes together is in `{ $command } --help`; some data belong to `--procedure classic` or to the other account type only
usage-unknown-command = there is no command `ssd { $word }`
usage-unknown-option = `{ $command }` has no option `{ $option }`
usage-suggestion-hint = did you mean `{ $suggestion }`?
usage-too-many = there are more values than `{ $command }` takes
usage-conflict = `{ $first }` and `{ $second }` exclude each other
usage-twice = `{ $option }` was given more than once
usage-no-value = `{ $option }` wants a value
usage-no-value-wanted = `{ $option }` takes no value
usage-no-command = a command is missing after `{ $command }`
usage-not-utf8 = the command line is not text in UTF-8
usage-other = the command line can't be understood
usage-stdin-twice = `{ $first }` and `{ $second }` both want standard input
usage-stdin-twice-hint = give one of the two by a file
usage-input-ended = `{ $option }`: the input ended before the line that holds the secret
usage-input-ended-hint = one secret a line, `printf '%s\n' "$PASSWORD" | ssd ...`; `ssd password change` reads two, the current one first, or a first password alone
usage-no-path = nothing says where the store is
usage-no-path-hint = name it by `--store PATH` or in SSD_STORE
usage-rejects-nowhere = the rejects want a file of their own: standard output carries the result
usage-rejects-nowhere-hint = name a file by `--rejects`
usage-rejects-same = the rejects would be written over the file that is read
usage-rejects-same-hint = name another file by `--rejects`
usage-not-confirmed = nothing was sent: the summary was not confirmed
usage-not-confirmed-hint = begin again, with the right data
usage-not-erased = nothing was erased: it was not confirmed
usage-not-erased-hint = `ssd account show` tells what the account is like
usage-empty-registry = the file is empty
usage-empty-registry-hint = a registry is a CSV with a header or one JSON object a line
usage-input-unreadable = the input can't be read: { $detail }
usage-input-long-line = a line of the input is longer than 1 MiB
usage-input-long-line-hint = it must be a CSV with a header or one JSON object a line
usage-input-long-row = a row of the input is longer than 16 MiB: a quotation mark may be open
usage-input-long-row-hint = look for a field that begins with a quotation mark and has no second one
usage-backup-nowhere = a copy of the store wants a file of its own
usage-backup-nowhere-hint = name a file that is not there yet
usage-input-no-csv = the input is neither CSV nor JSON Lines
usage-input-no-csv-hint = it must be a CSV with a header, in UTF-8, or one JSON object a line
usage-scenario-empty = { $file }: there is nothing to run in it
usage-scenario-empty-hint = a scenario is one JSON object a line; see `ssd scenario run --help`
usage-scenario-long-line = { $file }:{ $line }: the line is longer than 16 MiB
usage-scenario-long-line-hint = a large registry is better named by its file: "op":"registry", "file":"FILE"
usage-keep-one = one sandbox can be kept, not several
usage-keep-one-hint = name one FILE with `--keep`
usage-junit-nowhere = the report wants a file of its own: standard output carries the result
usage-junit-nowhere-hint = name a file by `--junit`
usage-junit-same = the report would be written over { $file }
usage-junit-same-hint = name another file by `--junit`
usage-html-nowhere = the page wants a file of its own
usage-html-nowhere-hint = name a file by `--html`
usage-record-sandbox = only a sandbox can be recorded, and SSD_RECORD is set
usage-record-sandbox-hint = unset SSD_RECORD, or make a sandbox: ssd --store FILE init --sandbox
usage-over-store = { $file } belongs to the store: it is not written over
usage-over-store-hint = name another file
usage-print-same-file = letters and manifest are two files
usage-print-same-file-hint = name another file with --manifest
usage-no-plain-file = { $file } is no plain file: only a file is written over, and as a whole
usage-no-plain-file-hint = name a file, or a place where nothing is yet
usage-over-print-run = { $file } holds the print run of request { $request }, which is finished: it is not written over
usage-over-print-run-hint = name another file, or take this one away once its letters are on their way
usage-over-other-mail = { $file } is another message, or none: it is not written over
usage-over-other-mail-hint = name another folder
usage-record-other = SSD_RECORD names { $file }, which is there for something else
usage-record-other-hint = name a file that is not there yet, or an earlier recording
usage-record-begun = a recording begins with its sandbox, and { $file } has lines already
usage-record-begun-hint = name another file in SSD_RECORD, or take that one away
usage-record-large = the registry is too large to be recorded
usage-record-large-hint = load it without SSD_RECORD, and name its file in the scenario: "op":"registry", "file":"FILE"
usage-unknown-column = a registry has no column `{ $column }`
usage-unknown-column-hint = a registry has these: { $columns }
usage-column-twice = the column `{ $column }` is there twice
usage-column-missing = the column `{ $column }` is missing
usage-column-missing-hint = `niss`, `kind` and `name` are required, of citizens `birth_date` too

### what went wrong

line-whole = line { $line }: { $flaw }
line-field = line { $line }: `{ $field }`: { $flaw }
line-missing = line { $line }: missing: { $fields }
line-hint = the fields of every operation are in `ssd schema`

usage-batch-empty = the file has no header
usage-batch-empty-hint = a CSV needs one: the names of the operation's fields
usage-batch-column = the operation has no field `{ $column }`
usage-batch-column-hint = it has these: { $columns }
usage-batch-resume-out = only a batch that writes its replies to a regular file can be resumed
usage-batch-resume-out-hint = name the file of the replies by `--out`
usage-batch-resume-dry = a rehearsal changes nothing, so there is nothing to resume
usage-batch-resume-dry-hint = leave `--resume` or `--dry-run` out
usage-batch-out-same = the replies would overwrite what is being read
usage-batch-out-same-hint = name another file by `--out`
usage-batch-busy = another batch is writing to { $path }
usage-batch-busy-hint = wait for its end, or name another file by `--out`
usage-batch-unfinished = a batch that was not finished has its replies in { $path }
usage-batch-unfinished-hint = go on with it by `--resume`, or take the file away to begin anew
usage-batch-no-journal = no batch of this store has written to { $path }
usage-batch-no-journal-hint = leave `--resume` out, or name the store and the file of the batch that was cut short
usage-batch-output-shorter = { $path } is shorter than the batch had left it
usage-batch-output-shorter-hint = bring back the file of the replies as it was; nothing has changed
usage-batch-output-other = what is in { $path } was not written by this batch
usage-batch-output-other-hint = bring back the file of the replies as it was; nothing has changed
usage-batch-input-changed = the input is not the one that { $path } has the replies to
usage-batch-input-changed-hint = bring back the input as it was, with the --op that it had; lines may be added at its end only
error-usage = the command line can't be understood
error-usage-hint = see `{ $command } --help`
error-file = { $path }: { $detail }
fault-not-found = there is no such file
fault-denied = permission denied
fault-exists = it is there already
fault-folder = it is a folder
error-file-hint = look at the path and at who may read and write there
error-store_missing = there is no store at { $store }
error-store_missing-hint = make one by `ssd init`, or name another by `--store PATH` or in SSD_STORE
error-store_exists = there is a store at { $store } already
error-store_exists-hint = use it as it is, or name another place by `--store PATH`; nothing was changed
error-store_busy = the store at { $store } was busy for 30 seconds
error-store_busy-hint = another process is writing to it: try again when it is done; nothing was changed
error-store_unreadable = the store at { $store } can't be read: { $detail }
error-store_unreadable-hint = look at who may read the file and its folder
error-store_unwritable = the store at { $store } can't be written: { $detail }
error-store_unwritable-hint = look at who may write to the file and its folder; nothing was changed
error-disk_full = the disk is full
error-disk_full-hint = make room and try again; what was not confirmed was not done
error-store_foreign = { $store } is not a store of ssd
error-store_foreign-hint = name the right file by `--store PATH` or in SSD_STORE
error-store_damaged = the store at { $store } is damaged: { $detail }
error-store_damaged-hint = take the last copy by `ssd store backup` into use, and keep the damaged file
error-audit_broken = { $how ->
        [altered] the audit is broken: entry { $entry } is not as it was written
        [missing] the audit is broken: entry { $entry } is not there any more
        [remark] the audit is broken: the reason that belongs to entry { $entry } is not the one that was given
        [subject] the audit is broken: whom entry { $entry } is about was changed
        [anchor] the audit is broken: entry { $entry } is not the one of the anchor
       *[head] the audit is broken: the mark of its end was changed; it stands at entry { $entry } now
    }
error-audit_broken-hint = somebody has changed the store at { $store } by other means than ssd: keep the file as it is, and compare it with the last copy by `ssd store backup`
error-store_newer = the store at { $store } has version { $theirs }, this program knows versions up to { $ours }
error-store_newer-hint = use the newer ssd that has made it
error-key_missing = the key of the store at { $store } can't be read from { $key }: { $detail }
error-key_missing-hint = put the key back beside the store, under the store's name and `.key`, or say by `--key-file` or in SSD_KEY_FILE where it is
error-key_wrong = the key in { $key } is not that of { $store }: it is another store's, or was replaced
error-key_wrong-hint = put the store's own key beside it, under the store's name and `.key`, or say by `--key-file` or in SSD_KEY_FILE where it is
error-no_randomness = the system gives no randomness: { $detail }
error-no_randomness-hint = nothing was changed; try again
error-closed = nobody reads standard output any more
error-interrupted = interrupted
error-interrupted-hint = nothing was sent
stopped-sitting = interrupted
stopped-sitting-hint = what was done stays; to go on another time: { $later }
stopped-import-unread = stopped: nothing was loaded
stopped-import-unread-hint = run the same command again
stopped-import = stopped: { $loaded } of { $good } rows are loaded
stopped-import-hint = run the same command again: what is loaded stays, and the rest follows
error-bug = this is a bug of ssd: { $detail }
error-bug-hint = nothing was changed; please report it, with the command that was called

### conformance: each requirement of the standards, and why it is knowingly not met

conform-datum = whoever fails a proofing gets one answer: unknown, deceased, or wrong in any one datum, whatever the state of the account
conform-deceased = whom the registry says to have died passes no proofing and keeps no account
conform-enrolment-digits = a code that confirms has 6 digits or more
conform-enrolment-life = a code that confirms lives 10 minutes by SMS and 24 hours by e-mail, and not a second longer
conform-contact-digits = a code that proves a contact has 6 digits or more
conform-contact-once = a code that proves a contact is good once
conform-proofed = a proofing is told to a validated address, never to one that was typed
conform-least-nist = a password that stands alone has 15 code points or more (profile nist)
conform-least-default = a password that stands alone has 15 code points or more (profile by default)
conform-least-second = a password beside a second factor has 8 code points or more
conform-longest = 64 code points are allowed, and up to 256
conform-whole = a password is compared whole: none of its characters is cut off
conform-normal = a password is normalised before it is hashed: NFC and NFD are the same
conform-no-kinds = no rule of composition (profile nist)
conform-kinds = no rule of composition (profile by default)
conform-no-change = no periodic change of the password
conform-no-hints = no hint and no security question
conform-common = common and leaked passwords are refused
conform-context = passwords made of the holder's own data are refused
conform-service = passwords made of the service's name are refused
conform-told-why = a refused password is refused with its reason and with advice, and costs no code
conform-memory-hard = passwords are hashed by a memory-hard function
conform-salt = a salt of 32 bits or more, another for each password
conform-beside = scheme and cost are stored beside the hash
conform-digits = an out-of-band code has 6 digits or more
conform-once = an out-of-band code is good once
conform-cmd-code = a temporary code of Chave Móvel Digital has 6 digits or more, is good once, and lives 10 minutes at most
conform-ten-minutes = an out-of-band code lives 10 minutes and not a second longer
conform-attempts = 5 wrong attempts on a code, and it is dead
conform-no-login = no code that confirms, activates or recovers opens a session
conform-login-digits = a login code has 6 digits or more
conform-login-once = a login code is good once, and beside the password only
conform-login-life = a login code lives 10 minutes at most and not a second longer than is set
conform-login-attempts = 5 wrong attempts on a login code, and it is dead
conform-sms-alone = e-mail is no login factor (login.second_factor sms)
conform-by-email = e-mail is no login factor (login.second_factor on)
conform-hundred = 100 failed logins in a row, and the password is dead until recovery or reset
conform-unlocked = an operator's unlocking does not begin the count of failures anew
conform-new-code = a new code does not begin the count of failures anew
conform-letter-failures = 100 failures in a row at most on a code by letter
conform-phone-code-failures = failures in a row block the phone line's code, and no time lifts the block
conform-cmd-failures = failures in a row block the PIN and the temporary codes of Chave Móvel Digital, a new code begins no count anew, and no time lifts the block
conform-recovery-sms = a recovery code by SMS lives 10 minutes
conform-recovery-email = a recovery code by e-mail lives 24 hours
conform-letter-life = a code by post lives 21 days
conform-letter-abroad-life = a code by post to another country lives 30 days
conform-proofing = recovery needs both a proofing anew and the code
conform-recovered = a recovery is told to all addresses, with how to object
conform-bound-told = every newly bound authenticator is told to all addresses, with how to object
conform-session-life = a session ends after 24 hours at most, however much it is used
conform-session-idle = a session ends after 1 hour at most without use
conform-eight = a password has 8 characters or more, in every profile
conform-most-common = the 3,000 most common passwords are refused (a sample)
conform-sixty-four = passwords of 64 characters are allowed
conform-credentials = changed credentials are told to the holder
conform-contacts = changed and removed contacts are told to the old ones
conform-locked = too many failed logins are told to the holder
conform-oracle-register = registration tells nobody whether there is an account, by its answers and its limits
conform-oracle-recover = recovery tells nobody whether there is an account, by its answers and its limits
conform-oracle-login = login tells nobody whether there is an account, by its answers and its limits
conform-oracle-second-factor = where a second factor is wanted, who has not the password learns nothing more
conform-oracle-activate = activation tells nobody whether a code was sent, by its answers and its limits
conform-oracle-recover-confirm = the end of a recovery tells nobody whether a code was sent, by its answers and its limits
conform-oracle-phone-code = the phone line tells nobody whether there is a code, by its answers and its limits
conform-oracle-phone-line = a call tells nobody whether there is a code, by its answers and its limits
conform-login-time = a login takes the same time whether or not there is an account
conform-code-time = a new password by code takes the same time whether or not there is an account
conform-activation-code = activation codes are random and short-lived, and never become the password
conform-operators = administrators can start a reset and never choose a password
conform-stale = a used, a superseded and an expired code are good for nothing
conform-keyed = secrets of low entropy are kept hashed under a key, and none in the clear
conform-generator = codes come from a cryptographic generator
conform-twenty-bits = a code has 20 bits of entropy or more, which 6 random digits count as
conform-ten-minutes-for-all = every out-of-band code lives 10 minutes at most
conform-bound = a code is bound to the request that made it: to its holder and its purpose
conform-cmd-bound = a temporary code of Chave Móvel Digital is bound to it: to its holder, its PIN and its purpose
conform-attempts-limited = attempts on a code are limited
conform-resend = requests for another code are limited
conform-identity = attempts at a proofing are limited, over all procedures together
conform-token = a session's token has 128 secret bits or more
conform-no-token = without the secret part of a token nothing opens
conform-call-token = a call's token has 128 secret bits or more
conform-new-token = each login makes a new token
conform-ended = logout, closing, suspension, reset, recovery and a changed password end sessions
conform-call-ended = closing, suspension, reset, another phone code and its own time end a call
conform-fresh = contacts and the phone code change only within 10 minutes of a login
conform-compared = comparisons of secrets tell nothing by their time: keyed hashes are compared
conform-authenticated = what is encrypted is authenticated, and bound to its purpose
conform-nonces = no nonce is used twice
conform-unguessable = what must not be guessed has 128 bits of chance or more
conform-who-what-when = each entry of the audit says who, what, about whom and when, in UTC
conform-no-secret = no secret and no typed datum is in the audit
conform-failures = failures are in the audit too, with their reason
conform-forged = no input can forge an entry of the audit
conform-unalterable = entries of the audit can't be altered or removed
conform-generic = what is told of a malformed value does not repeat it
conform-closed = what fails half-way fails closed: nothing of it is done
conform-cost = argon2id with 19 MiB, t=2, p=1, or what counts as equal
conform-quick = a login takes less than a second
conform-renewed = a login hashes anew where the costs have changed
conform-one-answer = one answer to whoever does not prove to be the holder
conform-one-time = one time for it too
conform-single-use = a recovery code is good once, and an older one not at all
conform-unchanged = nothing about the account changes before a right code
conform-told-after = the holder is told afterwards
conform-destination = a recovery code goes to its destination alone
conform-no-session = a recovery logs nobody in
conform-least-default-reason = RCM 41/2018 asks the public administration for 9 characters of three kinds; `ssd policy set password.profile nist` asks for 15
conform-kinds-reason = RCM 41/2018 asks the public administration for three kinds of characters; the profile nist asks for none
conform-by-email-reason = the service itself sends the second factor by SMS or e-mail; `ssd policy set login.second_factor sms` leaves e-mail out
conform-letter-failures-reason = a limit that kills a letter's code would let a stranger kill it on its way; ten guesses an hour over 21 days find one of 20^8 codes once in five million cases
conform-ten-minutes-for-all-reason = codes by e-mail and letter activate and recover, and open no session: for those 63B 4.2.1.2 gives 24 hours, 21 days and 30 days
conform-not-run-reason = the check has looked at nothing

### help

help = ssd: the account life of Segurança Social Direta, at the command line
help-usage = Usage: { $line }
help-usage-options = Usage: { $line } [OPTIONS]
help-usage-command = Usage: { $line } COMMAND [OPTIONS]
help-group-procedures = Procedures
help-group-account = The holder's account
help-group-operators = For operators
help-group-sandbox = Sandboxes and scenarios
help-group-store = The store
help-group-help = Help
help-group-examples = Examples
help-group-commands = Commands
help-group-arguments = Arguments
help-group-options = Options
help-group-globals = Options of every command
help-more = `ssd COMMAND --help` tells more of a command. A value that is missing is asked for on a terminal.
    Exit codes: 0 done, 1 refused, or not as expected, 2 bad command line or value, 3 store missing, busy or full, 4 store
    damaged or foreign, 5 some rows or lines rejected, 101 a bug, 130 Ctrl-C.
help-init = make a store
help-init-more = Only a sandbox has a clock that is moved by `ssd clock`, and codes that repeat for the same seed.
help-register = ask for an account
help-register-more = By the portal (the default) a citizen gives NISS and date of birth, a company NISS and NIF; the code goes to a
    registered contact. The classic procedure wants the whole identification and typed contacts: of a citizen --name,
    --birth-date, --civil-id and --nif, of a company --name, --nif and --responsible; and --email, --mobile or both.
    By Chave Móvel Digital (--procedure cmd) it is the PIN, and then PIN, --code and --consent: the account is active at once,
    without a password.
help-activate = set the first password with the code
help-login = open a session: SSD_SESSION=$(... | ssd login NISS --password-stdin)
help-login-more = Where the policy wants a second factor (login.second_factor), the first call sends a code and prints no session; the
    second one, with the same password and --code, opens it. By Chave Móvel Digital (--method cmd) it takes two calls, too:
    with the PIN a temporary code is sent to its mobile, with PIN, --code and --consent the session is opened.
help-logout = end the session in SSD_SESSION
help-recover = set a new password where the old one is lost
help-recover-request = ask for a code
help-recover-confirm = set the new password with the code
help-password = change the password
help-password-change = change the password of the session's holder
help-password-change-more = The current and the new password are two lines of standard input or of the file, in this order. An account that Chave Móvel
    Digital has opened has none yet: then the new one is the only line, and the login must be fresh.
help-contacts = show, change, confirm and remove contacts
help-contacts-show = show the contacts and what is proposed for them
help-contacts-update = propose other contacts; each e-mail address and mobile is sent a code
help-contacts-confirm = confirm a contact with a code; without one, send it
help-contacts-remove = remove contacts
help-alerts = choose how alerts come, and send them
help-alerts-set = choose how alerts come
help-alerts-send = send alerts to holders from a file, a reply a line (for operators)
help-alerts-send-more = CSV with a header, or one JSON object a line: niss kind about decision amount paid_on, and if you like an id. A decision
    (kind decision) wants "about" and "decision" (granted or refused), a benefit "about" and perhaps "amount", a payment
    "about", "amount" (540.00 or 540,00, a text in JSON) and "paid_on". Each goes into the holder's inbox (`ssd messages`),
    and besides by the channel that the holder has chosen. It is a batch: see `ssd batch --help` for --out and --resume.
help-messages = read the inbox: decisions, benefits, payments
help-messages-list = list the messages of the inbox, oldest first; `--kind payment`: the payments with dates and amounts
help-messages-show = show a message of the inbox; it counts as read from then on
help-profile = show the holder's own data
help-profile-show = show who the holder is and how the holder is reached, masked
help-phone-code = the six digits for the phone line
help-phone-code-set = make a phone code; it is shown once
help-phone-code-change = replace the phone code
help-phone-code-verify = compare the digits that were typed on the phone line
help-phone-line = the caller's side of the phone line: NISS, then six digits; prints the call's token, for SSD_CALL
help-phone-line-more = With --code-stdin and no NISS, standard input has two lines: the NISS, then the digits. At a terminal wrong digits are
    asked for again until they are right or blocked. The same rule as of `ssd phone-code verify`, and the same counts.
help-phone-line-whoami = tell who is on the line, and nothing more
help-phone-line-whoami-more = The call is in SSD_CALL, or a line of standard input. It ends by itself (phone_line.token.life), and where the phone code
    or the account's state changes.
help-batch = answer requests from a file, a reply a line
help-batch-more = A line is a JSON object: "op", the fields of that operation (`ssd schema`), and if you like an "id", which its reply
    repeats. A CSV with a header is good too, with one --op for all rows. A line that is refused or malformed is answered as
    such and stops no other. With --out a batch that was cut short, by whatever, goes on with --resume: no line is done twice
    and no reply is missing. What goes into a pipe or to the terminal may be lost with it, and can't be resumed.
help-registry = load and show the records of holders
help-registry-import = load records from CSV or JSON Lines
help-registry-import-more = Columns, in any order, by header: niss kind status name birth_date civil_id_kind civil_id nif responsible email
    mobile telephone address postal_code locality country language. Required are niss, kind and name, of a citizen birth_date
    too. Good rows are loaded whatever happens to others.
help-registry-show = show the record of a holder
help-registry-count = count the records
help-account = show accounts, and change them with a reason
help-account-show = show an account, what blocks it and what would work next
help-account-list = list the accounts
help-account-unlock = lift every block of a holder
help-account-suspend = suspend an account
help-account-resume = let a suspended account go on
help-account-reset = take an account back to the beginning; a new activation code is sent
help-account-close = close an account
help-account-history = tell what was done about a holder
help-account-timeline = tell the life of an account: what was asked, what came of it and what was sent
help-account-timeline-more = ● done, × refused, · read by an operator, ◆ state, # code, → message, » letter printed, ■ block. With --html
    it is one page that needs nothing else, with the states as a band and the messages as they looked; the file is readable by
    you alone. In a store that is no sandbox the reading is kept in the audit, and codes are masked.
help-account-export = print all that is kept of a person, as one JSON object
help-account-export-more = Codes in messages are masked; of passwords and codes it says only that there are some. In a store that is no sandbox the
    reading is kept in the audit.
help-account-erase = erase all that is kept of a person
help-account-erase-more = Registry, account, codes, sessions, messages and what operators have said: all of it is overwritten. The audit keeps that
    somebody was erased and why, not who: the reason must not say it. Not reached are copies of the store, files of replies
    and rejects, and the last replies of a batch that was cut short and has not gone on.
help-outbox = read the messages
help-outbox-list = list the messages
help-outbox-show = show a message
help-outbox-code = print the newest code of a holder, alone
help-outbox-wait = wait for a message and print its code, its body or all of it
help-outbox-wait-more = One that is there already is printed at once: the newest. Real time passes meanwhile, in a sandbox too.
help-cmd = set up Chave Móvel Digital at the authentication provider
help-cmd-enrol = let the provider know a holder
help-cmd-enrol-more = The data that are not given are copied from the registry as it is now: other ones let a mismatch be played. A holder who is
    enrolled already is refused until it is ended by `ssd cmd revoke`.
help-cmd-revoke = end it, with its open code and its block
help-outbox-print = print letters into a PDF, and note them as dispatched
help-outbox-print-more = A4 pages with the address in the window of a DL envelope. The oldest come first. A run that breaks
    off notes nothing: repeat it. A letter whose code can no longer be used is not printed.
help-outbox-export = write e-mails as files, one a message
help-outbox-export-more = Each is ID.eml, of RFC 5322. One that is there already stays as it is.
help-audit = read who did what when
help-audit-list = list the entries
help-audit-verify = look whether the audit is as it was written
help-audit-verify-more = Every entry is chained to the one before under the store's key. The first place that does not fit is named (exit code 4).
    With --since it is looked at from an anchor on: that also finds a tail that was cut by somebody who has the key.
help-audit-head = print the anchor of the last entry, to be kept elsewhere
help-audit-export = print every entry as it is chained, a line of JSON each
help-audit-export-more = Whom an entry is about is a random number, and of an operator's reason there is a keyed hash: it can be kept when a person is
    erased.
help-why = tell which rule has decided a request
help-why-more = The number of a request is `request` in its reply and the first column of `ssd audit list`.
help-policy = the numbers of the service
help-policy-show = show every setting
help-policy-set = change a setting
help-clock = show and move the time of a sandbox
help-clock-show = show what time it is in a sandbox
help-clock-advance = move a sandbox's clock on
help-clock-set = move a sandbox's clock on to a time
help-scenario = run files of requests in sandboxes of their own
help-scenario-run = run files of requests, and tell what comes out differently than they expect
help-scenario-run-more = A line is a request with the fields of the command's options, as in a batch, and "expect", what its
    reply must match. Lines of scenarios alone: "op":"init" with "seed" and "at" (the first line), "registry" with "rows" or
    "file", "clock" with "advance" or "set", "message" with "niss", "purpose", "channel", "count", "letters" with "pending",
    "niss", "since", "limit", which prints into no file. "//" is a comment. In "expect" a text may hold [..] for any text.
help-scenario-export = tell an account's life as a scenario
help-scenario-export-more = The record, the clock's moves, the requests and the replies, worked out from the audit trail: run elsewhere, they lead
    to the same state. Passwords and wrong values are others with the same fate. With --anonymise somebody else stands in the
    holder's place: another name, other valid numbers, contacts of the same shape, no operator's reason.
help-conform = try the requirements of NIST SP 800-63-4 and OWASP ASVS 5.0 out
help-conform-more = Each is tried on the procedures themselves, in scratch sandboxes, at its boundary: what is observed
    decides. A line has its verdict: pass, fail, deviation (known, with its reason) or not_run. No store is wanted, and none
    is touched. It ends with 1 where something fails.
help-store = check, copy and describe the store
help-store-check = look over every page, reference, the schema, the key and what is sealed; wipe codes that have expired
help-store-backup = copy the store whole, while others work
help-store-rekey = give the store another key file
help-store-info = tell what the store is
help-schema = print the JSON Schema of requests and replies
help-schema-more = Draft 2020-12; `--json` has it in a reply, with its version. The program takes some things a little less strictly than it
    says.
help-state-hash = print one line that is equal for stores that look the same
help-state-hash-more = The rows, the policy and a sandbox's clock are in it; what chance has drawn (codes, keys, the seed) and the audit
    are not. With --niss it is of that holder's rows alone.
help-explain = tell what a reason means, why it came and what to do
help-explain-more = The reason is the word in brackets: `refused[code_expired]`. Without one all of them are told.
help-completions = print completions for a shell
help-completions-more = Bash: ssd completions bash > ~/.local/share/bash-completion/completions/ssd. Zsh: as _ssd in a folder of $fpath. Fish:
    ~/.config/fish/completions/ssd.fish. PowerShell: ssd completions powershell | Out-String | Invoke-Expression.
help-man = print the manual, or write its pages into a folder

man-name = Name
man-synopsis = Synopsis
man-description = Description
man-see-also = See also
man-usage-command = COMMAND [OPTIONS]
man-usage-options = [OPTIONS]

### what stands in the place of a value

value-ADDRESS = ADDRESS
value-ANCHOR = ANCHOR
value-CHANNEL = CHANNEL
value-CODE = CODE
value-DATE = DATE
value-DIR = DIR
value-FILE = FILE
value-FORM = FORM
value-HOW = HOW
value-KEY = KEY
value-KIND = KIND
value-LANG = LANG
value-LINES = LINES
value-METHOD = METHOD
value-NAME = NAME
value-NUMBER = NUMBER
value-OP = OP
value-PATH = PATH
value-PROCEDURE = PROCEDURE
value-PURPOSE = PURPOSE
value-REASON = REASON
value-REQUEST = REQUEST
value-SHELL = SHELL
value-SPAN = SPAN
value-STANDARD = STANDARD
value-STATE = STATE
value-STEP = STEP
value-STORE = STORE
value-TEXT = TEXT
value-TIME = TIME
value-TYPE = TYPE
value-VALUE = VALUE
value-WHAT = WHAT
value-WHEN = WHEN

arg-store = the store [SSD_STORE; ssd/store.db in the data folder]
arg-key_file = the file of its key [SSD_KEY_FILE; beside the store, its name and .key]
arg-json = one JSON object on standard output, for refusals and errors too
arg-lang = language of the sentences: en, pt [SSD_LANG; the locale]
arg-no_input = ask for nothing, even on a terminal
arg-quiet = only the result, refusals and errors
arg-format = lists as a table, or every result as CSV: table, csv [a table at a terminal]
arg-color = colours: auto (at a terminal), always, never
arg-yes = take a summary as confirmed
arg-niss = Social Security Identification Number: 11 digits
arg-account_type = citizen or company
arg-procedure = portal, classic or cmd [portal]
arg-birth_date = date of birth, YYYY-MM-DD (citizens)
arg-name = full name, or the company's
arg-civil_id = civil identification number, of any document (citizens)
arg-nif = tax identification number: 9 digits
arg-responsible = name of the person responsible (companies)
arg-email = e-mail address
arg-mobile = mobile; nine digits are a Portuguese number, others want + and the country
arg-telephone = telephone, optional
arg-alerts = how alerts come: email, sms or none
arg-channel = how the code comes: email, sms or letter
arg-accept_terms = the terms and conditions are read and accepted
arg-until = judge the request so far, and do nothing: identity or channels
arg-activate-until = judge the request so far, and do nothing: code
arg-recover-confirm-until = judge the request so far, and do nothing: code
arg-code = the code of the message
arg-password_stdin = read the password from a line of standard input
arg-password_file = read the password from a line of this file
arg-method = password or cmd (Chave Móvel Digital) [password]
arg-pin_stdin = read the PIN of Chave Móvel Digital from a line of standard input
arg-pin_file = read the PIN of Chave Móvel Digital from a line of this file
arg-register-code = the temporary code of Chave Móvel Digital; without it, one is sent
arg-login-code = the code of the second factor, or the temporary one of Chave Móvel Digital; without it, one is sent where it is wanted
arg-consent = the provider may hand over name, date of birth, civil identification, NIF and NISS
arg-cmd-enrol-mobile = where its codes go; of any country
arg-cmd-enrol-name = full name [the registry's]
arg-cmd-enrol-birth_date = date of birth, YYYY-MM-DD [the registry's]
arg-cmd-enrol-civil_id = civil identification number [the registry's]
arg-cmd-enrol-nif = tax identification number [the registry's]
arg-without_niss = the provider does not hold the NISS
arg-generate = draw the new digits and print them
arg-new_code_stdin = read the new digits from a line of standard input
arg-code_stdin = read the digits from a line of standard input
arg-call_stdin = read the call's token from a line of standard input
arg-reason = why, for the audit
arg-account-erase-reason = why, for the audit; without saying who the person is
arg-purpose = what it is for: activation, recovery, contact_email, contact_mobile, login or cmd
arg-outbox-list-purpose = only of this purpose: activation, recovered, code_blocked and so on
arg-outbox-list-channel = only by this channel: email, sms or letter
arg-outbox-list-pending = only letters that are not printed yet
arg-outbox-print-pending = only letters that are not printed yet
arg-outbox-print-out = the PDF, whole or not at all
arg-manifest = a CSV with a row a letter: page, pages, message, NISS, purpose, language, address and so on
arg-outbox-print-limit = so many letters at most: the oldest
arg-outbox-print-niss = only of this holder
arg-eml = the folder for the files; made where there is none
arg-outbox-export-limit = so many e-mails at most: the newest
arg-outbox-export-niss = only of this holder
arg-outbox-export-purpose = only of this purpose: activation, recovered, code_blocked and so on
arg-state = only in this state: requested, active, suspended or closed
arg-limit = so many rows at most: the newest
arg-account-list-limit = so many rows at most: the first
arg-kind = only of this kind: decision, benefit or payment
arg-unread = only those that were not read
arg-alerts-send-dry_run = try it on a copy: replies and messages as they would be
arg-since = nothing from before this time, 2026-03-02T09:00:00Z
arg-audit-verify-since = only from this anchor on
arg-request = the number of the request
arg-outbox-list-niss = only of this holder
arg-account-list-niss = only of this holder
arg-audit-list-niss = only of this holder
arg-state-hash-niss = only of this holder
arg-recover-request-channel = how the code comes: email or sms
arg-login-channel = how the code of a second factor comes: email or sms [the mobile, where there is one]
arg-contacts-confirm-channel = the contact, by its channel: email or sms
arg-contacts-confirm-code = the code; without it, one is sent
arg-contacts-update-email = a new e-mail address
arg-contacts-update-mobile = a new mobile, of any country
arg-contacts-update-telephone = a new telephone
arg-contacts-remove-email = the e-mail address
arg-contacts-remove-mobile = the mobile
arg-contacts-remove-telephone = the telephone
arg-message = the number of the message
arg-outbox-wait-purpose = only of this purpose: activation, recovered, code_blocked and so on
arg-timeout = how long at most: 90s, 10m; 0s does not wait [5s]
arg-print = what of it: code, body or json, which is --json [code]
arg-key = the setting
arg-value = its value
arg-advance = by how much: 90s, 10m, 24h, 8d, or working days, 8wd
arg-time = to when: 2026-03-02T09:00:00Z
arg-sandbox = a sandbox: its clock is moved by hand, its codes repeat
arg-seed = what all chance of the sandbox comes from [0]
arg-at = the time in the sandbox [2026-01-05T09:00:00Z]
arg-file = the file; - is standard input
arg-files = the scenarios; - is standard input
arg-standard = only of one: nist (63A, 63B) or asvs (ASVS, cheat sheets)
arg-junit = write a JUnit report to this file
arg-anonymise = put somebody else in the holder's place
arg-keep = keep the sandbox here; of one FILE
arg-html = write one self-contained page to this file
arg-store-backup-file = the file to copy to; it must not be there yet
arg-out = write the replies to this file
arg-op = the file is a CSV, and each row asks for this
arg-jobs = so many threads hash passwords [as many as there are cores]
arg-group = so many lines a transaction, at most [1000]
arg-batch-dry_run = try it on a copy: replies and messages as they would be
arg-stop_on_refusal = end at the first line that is not done
arg-resume = go on with a batch that was cut short
arg-explained = the reason, or all of them
arg-shell = bash, zsh, fish or powershell
arg-folder = the folder; without one the page of `ssd` itself is printed
arg-rejects = write rejected rows to this file: line, column and reason
arg-dry_run = judge every row, load none

### refusals, hints and messages follow

### Refusals: what was refused and why, as it follows "refused[reason]: ".

refused-terms_not_accepted = the terms and conditions of the service were not accepted
refused-account_type_mismatch = this holder can't have an account of that type
refused-account_type_mismatch-alerts = alerts are for citizens
refused-identity_mismatch = the data are not those that the Social Security system has
refused-identity_blocked = too many checks of this identity have failed; they are blocked until { $retry_at }
refused-already_registered = there is an active account
refused-no_account = there is no account to recover
refused-no_account-operator = there is no account for this NISS
refused-no_account-login = there is no account to log in to
refused-not_active = the account is not active
refused-suspended = the account is suspended
refused-closed = the account is closed
refused-channel_unavailable = the code can't travel by that channel; it can by: { $channels }
refused-channel_unavailable-alerts = there is no registered contact for alerts by that channel; there is one for: { $channels }
refused-no_channel = there is no way to send a code to this holder
refused-no_channel-alerts = there is no registered contact that alerts could travel to
refused-no_channel-reset = there is no contact and no address that a code could be sent to
refused-too_soon = the last code was sent too short a time ago; another can be asked for from { $retry_at }
refused-too_many_codes = too many codes were asked for; another can be asked for from { $retry_at }
refused-no_code = no such code was ever sent to this holder
refused-no_code-wiped = no such code is left: those that were sent to this holder are used, replaced or expired, and wiped
refused-no_code-waited = no such code came to this holder within { $timeout }
refused-code_wrong = that is not the code
refused-code_expired = the code expired on { $expired_at }
refused-code_used = the code was used already
refused-code_superseded = that is an older code: a newer one, or a change of the account, has taken its place
refused-code_blocked = too many wrong codes were typed; codes are blocked until { $retry_at }
refused-code_blocked-dead = too many wrong codes were typed; that code can't be used any more
refused-password_weak-short = the password is too short
refused-password_weak-classes = the password has too few kinds of characters
refused-password_weak-common = the password is one of the most common there are
refused-password_weak-guessable = the password would soon be guessed
refused-password_weak-personal = the password would soon be guessed by anybody who knows its holder
refused-password_repeated = that is the current password
refused-login_failed = NISS and password do not open a session
refused-login_locked = too many logins have failed; they are locked until { $retry_at }
refused-login_locked-dead = too many logins have failed; this password can't be used any more
refused-login_required = there is no session
refused-login_required-ended = the session has ended
refused-login_required-stale = the login is too long ago for this
refused-contact_unchanged = that is the registered { $kind ->
    [email] e-mail address
    [mobile] mobile
   *[telephone] telephone
  } already
refused-contact_unchanged-absent = there is no { $kind ->
    [email] e-mail address
    [mobile] mobile
   *[telephone] telephone
  } to take away
refused-nothing_to_confirm = no contact of that kind waits to be confirmed
refused-phone_code_missing = there is no phone code yet
refused-phone_code_exists = there is a phone code already
refused-phone_code_trivial = those digits are what anybody would try first
refused-phone_code_unchanged = that is the current phone code
refused-phone_code_wrong = that is not the phone code
refused-phone_code_blocked = too many wrong phone codes were typed; it is blocked until it is changed or unlocked
refused-cmd_not_enrolled = the authentication provider knows no Chave Móvel Digital of this holder
refused-cmd_enrolled = the authentication provider knows a Chave Móvel Digital of this holder already
refused-cmd_pin_wrong = that is not the PIN
refused-cmd_code_wrong = that is not the temporary code
refused-cmd_code_expired = the temporary code expired on { $expired_at }
refused-cmd_blocked = too many wrong PINs or temporary codes were typed; Chave Móvel Digital is blocked until it is unlocked or set up anew
refused-consent_refused = it was not consented that the data are handed over
refused-call_required = nobody who was identified is on the line
refused-sandbox_only-outbox = only in a sandbox something can stand for a code
refused-sandbox_only = only a sandbox has a clock that can be moved and a seed
refused-real_only = a sandbox has no key file: its key follows from its seed
refused-clock_backwards = the clock only goes forward, and it is { $now } already
refused-not_in_registry = the registry has no record of this NISS
refused-holder_inactive = the registry says that this holder has died or is no more
refused-not_suspended = the account is not suspended
refused-no_message = there is no message { $id }
refused-no_message-waited = no such message came to this holder within { $timeout }
refused-no_request = the audit has no entry { $id }
refused-explained = explained by: ssd explain { $reason }

### Hints: what the person can really do next.

hint-wait = wait until { $retry_at }
hint-wait-or-call = wait until { $retry_at }, or call the Social Security line: 210 545 400 or 300 502 502, working days 9:00-18:00
hint-wait-or-recover = wait until { $retry_at }; a new password by recovery (ssd recover request) lifts the lock
hint-call = call the Social Security line: 210 545 400 or 300 502 502, working days 9:00-18:00
hint-check-or-call = check what was typed; if it is right, call the Social Security line: 210 545 400 or 300 502 502, working days 9:00-18:00
hint-accept-terms = read the terms and conditions, and add --accept-terms if you agree
hint-account-type = ask for it with --account-type { $account_type }
hint-channels = choose another with --channel: { $channels }
hint-use-code-or-wait = use the code that was sent, or wait until { $until }
hint-wait-until = wait until { $until }
hint-newest-code = use the code that was sent last
hint-check-code = check the message, and use the code that was sent last; if there is none, ask for one
hint-another-code = ask for another code, { $wait } after the last one at the earliest
hint-another-code-now = ask for another code: { $command }
hint-another-code-later = another code can be asked for from { $until }: { $command }
hint-log-in = log in: ssd login { $niss } --password-stdin
hint-log-in-cmd = log in: ssd login { $niss } --method cmd --pin-stdin
hint-log-in-later = a login works again from { $until }
hint-log-in-first = log in: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION
hint-recover = set a new password: ssd recover request { $niss }
hint-new-password = set a new password by recovery (ssd recover request), or call the Social Security line: 210 545 400 or 300 502 502
hint-check-login = check NISS and password; a lost password is replaced by ssd recover request
hint-register = ask for an account: ssd register
hint-password-longer = take at least { $least } characters; several words in a row are good
hint-password-classes = mix three of these: small letters, capital letters, digits, other characters
hint-password-uncommon = take one that is on nobody's list: several words that do not belong together, say
hint-password-words = take several words that do not belong together, or more characters
hint-password-stranger = leave out names, dates, numbers and contacts of your own
hint-other-password = take another password
hint-confirm-as-it-stands = to confirm it as it stands: ssd contacts confirm --channel { $channel }
hint-update-contacts = propose a contact first: ssd contacts update
hint-change-phone-code = change it: ssd phone-code change --generate
hint-set-phone-code = get one: ssd phone-code set
hint-other-digits = choose other digits, or let them be drawn: ssd phone-code change --generate
hint-check-phone-code = type the six digits again; the holder can change them (ssd phone-code change)
hint-phone-code-blocked = the holder changes it (ssd phone-code change), or an operator unlocks it (ssd account unlock)
hint-cmd-enrol = without it, NISS and password do; an operator sets it up at the provider: ssd cmd enrol
hint-cmd-revoke = end it first: ssd cmd revoke { $niss }
hint-cmd-pin = type the PIN again; too many wrong ones in a row block it
hint-cmd-code = use the code that was sent last; for another one, the same command without --code
hint-cmd-another-code = ask for another: the same command without --code
hint-cmd-another-code-later = another can be asked for from { $until }, by the same command without --code
hint-cmd-blocked = an operator unlocks it (ssd account unlock), or ends it and sets it up anew (ssd cmd revoke, ssd cmd enrol)
hint-consent = add --consent if you agree; the code stays good until { $until }
hint-register-cmd = ask for an account: { $command }
hint-activate = activate it with the code that was sent: ssd activate { $niss }
hint-identify-caller = identify the caller: SSD_CALL=$(ssd phone-line NISS --code-stdin); export SSD_CALL
hint-sandbox = make a sandbox: ssd --store FILE init --sandbox
hint-outbox-list = see what there is: ssd outbox list
hint-messages-list = see what there is: ssd messages list
hint-audit-list = see what there is: ssd audit list
hint-nothing-kept = nothing is kept under this NISS: look for a slip of the keys
hint-real = a store that is no sandbox has one: ssd --store FILE init
hint-code-wiped = ask for another, by what the code is for: ssd register, ssd recover request or ssd contacts confirm
hint-no-code = see what was sent: ssd outbox list --niss NISS
hint-look = see how it stands: ssd account show { $niss }
hint-look-up = see what the registry has: ssd registry show { $niss }
hint-import = bring the record up to date: ssd registry import FILE
hint-later-sandbox = begin at an earlier time in a sandbox of its own: ssd --store FILE init --sandbox --at TIME
hint-see-contacts = see how they stand: ssd contacts show
hint-resume = to let it go: ssd account resume { $niss } --reason TEXT
hint-reset = to open it again: ssd account reset { $niss } --reason TEXT

### Messages to holders. No links, nothing that asks for a code or a password. An SMS has 160 characters of GSM 03.38.

message-greeting = Dear { $name },
message-closing = Segurança Social
    This message needs no answer. We never ask for your password or your codes.
    Social Security line: 210 545 400 or 300 502 502, working days 9:00-18:00.

letter-head = SEGURANÇA SOCIAL
letter-head-service = Segurança Social Direta
letter-sender = From: Segurança Social, Lisboa, Portugal
letter-number = Letter no. { $id }
letters-title = Letters

message-activation-subject = Your verification code
message-activation = Your request for access to Segurança Social Direta was received.

    Your verification code: { $code }

    With it you activate your account and set your password. It is good until { $expires_at }, and works once. If you did not ask for it, tell nobody the code and call the Social Security line.
message-activation-sms = Seguranca Social Direta: your verification code is { $code }, good until { $expires_at }. Tell it to nobody. Not asked for by you? Call 210 545 400.

message-recovery-subject = Your code to set a new password
message-recovery = A new password for Segurança Social Direta was asked for.

    Your verification code: { $code }

    It is good until { $expires_at }, and works once. Until it is used your password stays as it is. If you did not ask for it, tell nobody the code and call the Social Security line.
message-recovery-sms = Seguranca Social Direta: your code to set a new password is { $code }, good until { $expires_at }. Tell it to nobody. Not you? Call 210 545 400.

message-contact_email-subject = Confirm this e-mail address
message-contact_email = This e-mail address was given as a contact at Segurança Social Direta.

    Your verification code: { $code }

    With it you confirm the address. It is good until { $expires_at }, and works once. If you did not ask for it, you need do nothing.
message-contact_mobile-sms = Seguranca Social Direta: code to confirm this mobile: { $code }, good until { $expires_at }. Tell it to nobody.

message-login-subject = Your code to log in
message-login = Somebody has logged in to Segurança Social Direta with your password, and wants the second step.

    Your verification code: { $code }

    It is good until { $expires_at }, and works once. If this was not you, tell it to nobody, and change your password: somebody knows it.
message-login-sms = Seguranca Social Direta: your code to log in is { $code }, good until { $expires_at }. Tell it to nobody. Not you? Change your password.

message-cmd-sms = Chave Movel Digital: your temporary code is { $code }, good until { $expires_at }. Tell it to nobody.

message-cmd_blocked-sms = Chave Movel Digital: too many wrong PINs or codes; it is blocked. If this was not you, call the support line.

message-activated-subject = Your account is active
message-activated = Your account at Segurança Social Direta is active: its password was set. Please log in, and update and confirm your contacts. If this was not you, call the Social Security line at once.
message-activated-sms = Seguranca Social Direta: your account is active, its password was set. If this was not you, call 210 545 400 at once.

message-activated-cmd-subject = Your account is active
message-activated-cmd = Your account at Segurança Social Direta is active: it was opened with Chave Móvel Digital, and has no password. Please log in, and update and confirm your contacts. If this was not you, call the Social Security line at once.
message-activated-cmd-sms = Seguranca Social Direta: your account is active, opened with Chave Movel Digital. If this was not you, call 210 545 400 at once.

message-password_changed-subject = Your password was changed
message-password_changed = The password of your account at Segurança Social Direta was changed. If this was not you, call the Social Security line at once.
message-password_changed-sms = Seguranca Social Direta: your password was changed. If this was not you, call 210 545 400 at once.

message-password_changed-first-subject = Your account has a password
message-password_changed-first = A password was set for your account at Segurança Social Direta, which had none. If this was not you, call the Social Security line at once.
message-password_changed-first-sms = Seguranca Social Direta: a password was set for your account. If this was not you, call 210 545 400 at once.

message-recovered-subject = A new password was set
message-recovered = A new password was set for your account at Segurança Social Direta with a recovery code, and all open sessions were ended. If this was not you, call the Social Security line at once.
message-recovered-sms = Seguranca Social Direta: a new password was set with a recovery code. If this was not you, call 210 545 400 at once.

message-login_locked-subject = Logins to your account are locked
message-login_locked = Too many logins to your account at Segurança Social Direta have failed, so they are locked until { $until }. If these were not you, your password is safe; you can set a new one by recovery at any time.
message-login_locked-sms = Seguranca Social Direta: too many failed logins; locked until { $until }. If this was not you, call 210 545 400.
message-login_locked-dead-subject = Your password can't be used any more
message-login_locked-dead = Too many logins to your account at Segurança Social Direta have failed, so your password can't be used any more. Please set a new one by recovery.
message-login_locked-dead-sms = Seguranca Social Direta: too many failed logins; your password can't be used any more. Set a new one by recovery, or call 210 545 400.

message-code_blocked-subject = Verification codes are blocked
message-code_blocked = Too many wrong verification codes were typed for your account at Segurança Social Direta, so codes are blocked until { $until }. If this was not you, you need do nothing.
message-code_blocked-sms = Seguranca Social Direta: too many wrong codes; codes are blocked until { $until }. If this was not you, call 210 545 400.
message-code_blocked-dead-subject = Your verification code can't be used any more
message-code_blocked-dead = Too many wrong verification codes were typed for your account at Segurança Social Direta, so the code that was sent can't be used any more. You can ask for another. If this was not you, you need do nothing.
message-code_blocked-dead-sms = Seguranca Social Direta: too many wrong codes; the code that was sent can't be used any more. You can ask for another.

message-phone_code_blocked-dead-subject = Your phone code is blocked
message-phone_code_blocked-dead = Too many wrong codes were typed for you on the Social Security line, so your phone code is blocked. Log in to Segurança Social Direta and change it. If this was not you, call the Social Security line.
message-phone_code_blocked-dead-sms = Seguranca Social Direta: too many wrong phone codes; yours is blocked until you change it. If this was not you, call 210 545 400.

message-phone_code_set-subject = You have a phone code
message-phone_code_set = A code for the Social Security line was set for you at Segurança Social Direta. If this was not you, call the Social Security line at once.
message-phone_code_set-sms = Seguranca Social Direta: a code for the phone line was set. If this was not you, call 210 545 400 at once.

message-phone_code_changed-subject = Your phone code was changed
message-phone_code_changed = Your code for the Social Security line was changed at Segurança Social Direta. If this was not you, call the Social Security line at once.
message-phone_code_changed-sms = Seguranca Social Direta: your code for the phone line was changed. If this was not you, call 210 545 400 at once.

message-suspended-subject = Your account is suspended
message-suspended = Your account at Segurança Social Direta was suspended by the service. For questions call the Social Security line.
message-suspended-sms = Seguranca Social Direta: your account was suspended by the service. For questions call 210 545 400.

message-resumed-subject = Your account is active again
message-resumed = Your account at Segurança Social Direta is active again. You log in with your password as before.
message-resumed-sms = Seguranca Social Direta: your account is active again. You log in with your password as before.

message-reset-subject = Your account was reset
message-reset = Your account at Segurança Social Direta was reset by the service: its password is good for nothing any more. A verification code to activate it anew is on its way to you. For questions call the Social Security line.
message-reset-sms = Seguranca Social Direta: your account was reset by the service; a code to activate it anew is on its way. For questions call 210 545 400.

message-closed-subject = Your account is closed
message-closed = Your account at Segurança Social Direta was closed. For questions call the Social Security line.
message-closed-sms = Seguranca Social Direta: your account was closed. For questions call 210 545 400.

message-contact_changed-subject = This contact was replaced
message-contact_changed = Another contact has taken the place of this one at Segurança Social Direta. If this was not you, call the Social Security line at once.
message-contact_changed-sms = Seguranca Social Direta: another contact has taken the place of this one. If this was not you, call 210 545 400 at once.

message-contact_removed-subject = This contact was removed
message-contact_removed = This contact was removed from your data at Segurança Social Direta. If this was not you, call the Social Security line at once.
message-contact_removed-sms = Seguranca Social Direta: this contact was removed from your data. If this was not you, call 210 545 400 at once.

### What a reason means, why it came and what to do (`ssd explain`).

explained = { $reason }

    { $meaning }

    Why: { $cause }

    What to do: { $next }

explain-terms_not_accepted = The account was asked for without accepting the terms and conditions of the service.
explain-terms_not_accepted-cause = Off a terminal the request had no --accept-terms; on one, the question was answered with no.
explain-terms_not_accepted-next = Read the terms, and ask again with --accept-terms if you agree.

explain-account_type_mismatch = The holder can't have an account, or alerts, of the kind that was asked for.
explain-account_type_mismatch-cause = A citizen has an account of the type citizen; an employer, a natural person or not, and a company have one of the type company. Alerts are for citizens. It is said only once the identity is proved.
explain-account_type_mismatch-next = Ask with the --account-type that the hint names.

explain-identity_mismatch = The data that were given are not those of the registry.
explain-identity_mismatch-cause = All of them are compared, and then one answer is given: the same for an unknown NISS, for a holder who has died or is no more, and for any wrong datum, so that nobody learns which was right. Each is counted.
explain-identity_mismatch-next = Check every datum, letter for letter as on the documents. If they are right, only the Social Security line can put the registry right. An operator sees in the audit which fields differed: ssd why REQUEST.

explain-identity_blocked = Identity checks for this NISS are blocked for a while.
explain-identity_blocked-cause = Too many have failed within the window (policy identity.failures, identity.window); register and recover share the count. While the block stands nothing is compared and nothing is counted.
explain-identity_blocked-next = Wait until retry_at. An operator can lift it: ssd account unlock.

explain-already_registered = The holder has an active account, so there is nothing to register.
explain-already_registered-cause = Somebody has registered and activated it before. It is said only once the identity is proved.
explain-already_registered-next = Log in (ssd login), or set a new password where it is lost (ssd recover).

explain-no_account = The holder has no account.
explain-no_account-cause = None was ever asked for, or it was erased.
explain-no_account-next = Ask for one: ssd register.

explain-not_active = The account is not active yet.
explain-not_active-cause = It was asked for, or reset, and its code was not used so far.
explain-not_active-next = Activate it with the code that was sent: ssd activate. For another code: ssd register.

explain-suspended = The account is held by an operator.
explain-suspended-cause = ssd account suspend was called, with a reason that stands in the audit.
explain-suspended-next = The holder calls the Social Security line; an operator lets it go by ssd account resume.

explain-closed = The account has ended.
explain-closed-cause = An operator closed it, or an import said that the holder has died or is no more.
explain-closed-next = Only an operator opens it again, where the holder is still there: ssd account reset.

explain-channel_unavailable = The code can't travel by the channel that was asked for, but by others.
explain-channel_unavailable-cause = No such contact is registered, or the typed one is not the registered one. A letter is sent only where neither e-mail nor mobile can be used, and never for a recovery.
explain-channel_unavailable-next = Ask with one of the channels that the refusal lists.

explain-no_channel = There is no channel at all by which a code could travel.
explain-no_channel-cause = Neither the typed nor the registered contacts can be used, and there is no address or no letter is sent for this.
explain-no_channel-next = The registry has to be put right: the holder calls the Social Security line, an operator imports the record again.

explain-too_soon = The last code of this purpose is too fresh for another.
explain-too_soon-cause = Codes by e-mail and SMS are some time apart (policy resend.wait); another letter is sent only after the day when the last should have come.
explain-too_soon-next = Use the code that was sent, or wait until retry_at.

explain-too_many_codes = So many codes of this purpose were sent that no more are for a while.
explain-too_many_codes-cause = The window slides: it is full until the first of them leaves it (policy resend.most, resend.window; for letters resend.letter.most, resend.letter.window).
explain-too_many_codes-next = Use the code that was sent last, or wait until retry_at.

explain-no_code = There is no such code to be read.
explain-no_code-cause = None was ever sent to this holder, or those that were are used, replaced or expired, and wiped; with outbox wait, none came in time.
explain-no_code-next = See what was sent (ssd outbox list --niss NISS), or ask for another.

explain-code_wrong = What was typed is not the code.
explain-code_wrong-cause = It is none of the codes that were issued to this NISS for this purpose; the same answer is given for an unknown NISS. Each is counted: so many on one code, and it is dead (policy code.attempts); so many in a row, and codes are blocked (policy code.failures).
explain-code_wrong-next = Look at the newest message and type its code again.

explain-code_expired = The code was the right one, but it came too late.
explain-code_expired-cause = A code is good while now is before its end, not at it (policy code.sms.life, code.email.life, code.letter.life). It is not counted as a failure.
explain-code_expired-next = Ask for another: the hint says how.

explain-code_used = The code was right once and has been used.
explain-code_used-cause = A code works once, whoever races for it. It is not counted as a failure.
explain-code_used-next = Where the account is active, log in; else ask for another code.

explain-code_superseded = The code was issued, but a newer one has taken its place.
explain-code_superseded-cause = Only the newest code of a purpose is good: another was asked for since, or the account was changed. It is not counted as a failure.
explain-code_superseded-next = Use the code of the newest message.

explain-code_blocked = Codes are not looked at for now, or this one never again.
explain-code_blocked-cause = Too many wrong ones were typed: on one code (policy code.attempts), then that code is dead and retry_at is null; or in a row (policy code.failures), then all of the purpose are blocked until retry_at. A letter dies of no stranger's guesses: only the longer limit holds for it.
explain-code_blocked-next = With retry_at, wait; without it, ask for another code. An operator can lift it: ssd account unlock.

explain-password_weak = The password would not keep others out.
explain-password_weak-cause = It is too short, of too few kinds of characters, one of the most common, or guessed soon, perhaps by somebody who knows the holder's name, dates, numbers and contacts. The code stays unused, and nothing is counted.
explain-password_weak-next = Take several words that do not belong together; the message says which rule it was.

explain-password_repeated = The password is the one that the account has already.
explain-password_repeated-cause = A new one was asked for, and this is none.
explain-password_repeated-next = Take another.

explain-login_failed = NISS and password open no session.
explain-login_failed-cause = An unknown NISS, an account that is not active, suspended or closed, and a wrong password are one answer, in the same time, so that nobody learns who has an account. Each is counted.
explain-login_failed-next = Check both. A lost password is replaced by ssd recover. An operator sees the cause: ssd why REQUEST.

explain-login_locked = Logins by password are locked, whatever the password is.
explain-login_locked-cause = Too many have failed in a row (policy login.failures). The first lock is short, each next one twice as long (login.lock, login.lock_most); after login.dead the password is dead and retry_at is null.
explain-login_locked-next = Wait until retry_at, or set a new password by recovery, which lifts the lock. An operator can lift it too: ssd account unlock.

explain-login_required = The command wants a session, or a fresher one.
explain-login_required-cause = SSD_SESSION is not set or is no session's token, the session has ended (not used for session.idle, older than session.life, or ended by logout, recovery or an operator), or what is to be done wants a login of the last minutes (session.fresh).
explain-login_required-next = Log in: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION.

explain-contact_unchanged = The contact is the registered one already, or is not there to be taken away.
explain-contact_unchanged-cause = To change it to what it is would look like a change. The whole request is refused: the other contacts in it stay as they are, too.
explain-contact_unchanged-next = Leave it out. To confirm it as it stands: ssd contacts confirm --channel CHANNEL.

explain-nothing_to_confirm = No contact of that kind waits for its proof.
explain-nothing_to_confirm-cause = The registered one is confirmed already and nothing else is proposed, or there is none.
explain-nothing_to_confirm-next = See how they stand (ssd contacts show), or propose one (ssd contacts update).

explain-phone_code_missing = There is no code for the phone line that could be changed.
explain-phone_code_missing-cause = None was set so far, or it was taken away by a reset or the end of the account.
explain-phone_code_missing-next = Get one: ssd phone-code set.

explain-phone_code_exists = There is a code for the phone line already.
explain-phone_code_exists-cause = The first one is drawn once; from then on it is changed.
explain-phone_code_exists-next = Change it: ssd phone-code change.

explain-phone_code_trivial = The digits are among those that anybody would try first.
explain-phone_code_trivial-cause = One digit six times, a run up or down, and the holder's date of birth are refused.
explain-phone_code_trivial-next = Choose others, or let them be drawn: ssd phone-code change --generate.

explain-phone_code_unchanged = The digits are those that the holder has already.
explain-phone_code_unchanged-cause = Others were asked for, and these are none.
explain-phone_code_unchanged-next = Choose others, or let them be drawn: ssd phone-code change --generate.

explain-phone_code_wrong = The digits that were typed on the phone line are not the holder's.
explain-phone_code_wrong-cause = The same answer is given for an unknown NISS and for a holder who has none. So many in a row, and the code is blocked (policy phone_code.failures).
explain-phone_code_wrong-next = Type the six digits again. The holder can change them: ssd phone-code change.

explain-phone_code_blocked = The code for the phone line is not looked at any more.
explain-phone_code_blocked-cause = Too many wrong ones were typed in a row (policy phone_code.failures). No passing of time ends it.
explain-phone_code_blocked-next = The holder changes it (ssd phone-code change), or an operator unlocks it (ssd account unlock).

explain-call_required = Nobody who was identified is on the phone line.
explain-call_required-cause = SSD_CALL is not set or is no call's token, the call is over (policy phone_line.token.life), or its holder's account was suspended, reset, closed or given other digits since. It is one answer, whichever it was.
explain-call_required-next = Have the caller identified again: export SSD_CALL=$(ssd phone-line).

explain-cmd_not_enrolled = The authentication provider knows no Chave Móvel Digital of this holder.
explain-cmd_not_enrolled-cause = It was never set up, or was revoked. It says so whether the service knows the NISS or not.
explain-cmd_not_enrolled-next = An operator sets it up at the provider: ssd cmd enrol NISS. Otherwise register by the portal, or log in by password.

explain-cmd_enrolled = The authentication provider knows a Chave Móvel Digital of this holder already.
explain-cmd_enrolled-cause = Another PIN or mobile must not come about silently, so a second enrolment is refused.
explain-cmd_enrolled-next = End it first: ssd cmd revoke NISS. Its codes and its block end with it.

explain-cmd_pin_wrong = That is not the PIN of the holder's Chave Móvel Digital.
explain-cmd_pin_wrong-cause = The authentication provider compares it, and counts: so many wrong ones in a row block it (policy cmd.pin.failures). It knows nothing of accounts, so the answer is the same whatever the account is like.
explain-cmd_pin_wrong-next = Type the PIN again. Who does not know it any more is enrolled anew: ssd cmd revoke, then ssd cmd enrol.

explain-cmd_code_wrong = That is not the temporary code of Chave Móvel Digital.
explain-cmd_code_wrong-cause = It is not the code that was sent last, or none was sent. So many wrong ones in a row, over all codes, block it (policy cmd.code.failures); an older code of the holder's own is not counted.
explain-cmd_code_wrong-next = Look at the newest SMS and type its code again, or ask for another: the same command without --code.

explain-cmd_code_expired = The temporary code was the right one, but it came too late.
explain-cmd_code_expired-cause = It is good while now is before its end (policy cmd.code.life). It is not counted as a failure.
explain-cmd_code_expired-next = Ask for another: the same command without --code.

explain-cmd_blocked = The holder's Chave Móvel Digital is blocked.
explain-cmd_blocked-cause = Too many wrong PINs, or too many wrong temporary codes, were typed in a row (policy cmd.pin.failures, cmd.code.failures). No passing of time ends it. The password, if there is one, is not touched by it.
explain-cmd_blocked-next = An operator unlocks it (ssd account unlock) or ends the enrolment (ssd cmd revoke) and makes another (ssd cmd enrol).

explain-consent_refused = The holder did not agree that the provider hands the data over.
explain-consent_refused-cause = After a right code the provider asks for the consent; off a terminal it is --consent, on one a question. The code stays good.
explain-consent_refused-next = Give the same command again with --code and --consent, if the data may be handed over.

explain-sandbox_only = Only a sandbox does this.
explain-sandbox_only-cause = A clock that is moved, a seed, and words that stand for a code would be holes in a store of real people.
explain-sandbox_only-next = Do it in a sandbox: ssd --store FILE init --sandbox.

explain-real_only = A sandbox doesn't do this.
explain-real_only-cause = A sandbox has no key file: its key follows from its seed, and nothing in it is secret.
explain-real_only-next = Do it in a store that is no sandbox: ssd --store FILE init.

explain-clock_backwards = The time that was named is before the sandbox's own.
explain-clock_backwards-cause = Its clock only goes forward: what has expired must not come to life again.
explain-clock_backwards-next = Name a later time, or begin a sandbox of its own at an earlier one: ssd --store FILE init --sandbox --at TIME.

explain-not_in_registry = The registry has no record of this NISS.
explain-not_in_registry-cause = It was never imported, or erased.
explain-not_in_registry-next = Look for a slip of the keys, or import the record: ssd registry import FILE.

explain-holder_inactive = The registry says that the holder has died or is no more.
explain-holder_inactive-cause = The last import had the status deceased or ceased.
explain-holder_inactive-next = If that is wrong, import the record again with its right status.

explain-not_suspended = The account is not suspended, so it can't be let go.
explain-not_suspended-cause = It is asked for, active or closed.
explain-not_suspended-next = See how it stands: ssd account show NISS.

explain-no_message = There is no such message.
explain-no_message-cause = No message has this number, or none that was waited for came in time.
explain-no_message-next = See what there is: ssd outbox list.

explain-no_request = The audit has no entry of this number.
explain-no_request-cause = The number of a request is `request` in its reply and the first column of ssd audit list.
explain-no_request-next = See what there is: ssd audit list.
# What an alert is about is cut to the room that is left in an SMS.
message-alert-decision-subject = A decision on your application
message-alert-decision = { $decision ->
        [granted] Your application was granted: { $about }
       *[refused] Your application was refused: { $about }
    }
message-alert-decision-sms = { $decision ->
        [granted] Seguranca Social Direta: your application was granted: { $about }
       *[refused] Seguranca Social Direta: your application was refused: { $about }
    }
message-alert-benefit-subject = A benefit that you are entitled to
message-alert-benefit = { $amount ->
        [none] You are entitled to a benefit: { $about }
       *[other] You are entitled to a benefit of { $amount }: { $about }
    }
message-alert-benefit-sms = { $amount ->
        [none] Seguranca Social Direta: you are entitled to a benefit: { $about }
       *[other] Seguranca Social Direta: you are entitled to a benefit of { $amount }: { $about }
    }
message-alert-payment-subject = A payment to you
message-alert-payment = Payment of { $amount } on { $paid_on }: { $about }
message-alert-payment-sms = Seguranca Social Direta: payment of { $amount } on { $paid_on }: { $about }
