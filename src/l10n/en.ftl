# Every sentence that a person reads, in English. An entry starts at the beginning of a line and ends before the next entry.
# Its other lines are indented. An entry may refer to terms and other entries: `{ -line-number }`, `{ customer-line }`.

### dates and times, in Lisbon time

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

### done: results of requests

done-init = { $sandbox ->
        [yes] Sandbox created at { $path }; its clock reads { $now }. Nothing in it is secret: anyone who knows the seed can compute the codes.
       *[no] Store created at { $path }, with its key file. Back up both, in separate places.
    }
done-template = { $count ->
    [one] The form was written.
   *[other] { $count } forms were written.
  }
done-man = { $count ->
    [one] One manual page was written.
   *[other] { $count } manual pages were written.
  }
done-registry_import = { $dry_run ->
        [yes] Rows read: { $read }. Valid: { $loaded }. Rejected: { $rejected }. Dry run: nothing was loaded.
       *[no] Rows read: { $read }. Loaded: { $loaded }. Rejected: { $rejected }.
    }
done-registry_import-gaps = { $without_nif ->
        [0] {""}
       *[other] {" "}Without NIF: { $without_nif }.
    }{ $without_civil_id ->
        [0] {""}
       *[other] {" "}Without civil identification: { $without_civil_id }.
    }{ $without_channel ->
        [0] {""}
       *[other] {" "}Without any way to send a code: { $without_channel }.
    }
done-batch = { $dry_run ->
        [yes] Lines: { $lines }. Would be done: { $done }, refused: { $refused }, malformed: { $malformed }. Dry run. Nothing has changed.
       *[no] Lines: { $lines }. Done: { $done }, refused: { $refused }, malformed: { $malformed }.
    }
done-batch_forget = { $lines ->
        [0] No line was done under the name { $name }.
        [one] Forgot { $lines } line of { $name }. It can be done again.
       *[other] Forgot { $lines } lines of { $name }. They can be done again.
    }
done-registry_count = Records: { $records }. Citizens: { $citizens }, employers: { $employers }, companies: { $companies }. No longer active: { $inactive }.
done-register = { $channel ->
        [letter] Your request for access was received. The code is being sent by letter to the registered address, { $destination }. It should arrive by { $letter_expected_on } and is valid until { $code_expires_at }.
        [email] Your request for access was received. A code was sent by e-mail to { $destination }. It is valid until { $code_expires_at }.
       *[sms] Your request for access was received. A code was sent by SMS to { $destination }. It is valid until { $code_expires_at }.
    }
done-register-opened = The account is active and has no password. You can log in with Chave Móvel Digital.
reached-identity = The data match the records of Social Security.
reached-channels = A code can be sent by:
reached-code = The code is correct. It has not been used.
done-activate = The account is active. You can log in with your NISS and password.
done-login = { $channel ->
        [email] A login code was sent by e-mail to { $destination }. It is valid until { $code_expires_at }. To continue: ssd login { $niss } --password-stdin --code CODE
       *[sms] A login code was sent by SMS to { $destination }. It is valid until { $code_expires_at }. To continue: ssd login { $niss } --password-stdin --code CODE
    }
done-logout = The session has ended.
done-recover_request = { $channel ->
        [email] A code to set a new password was sent by e-mail to { $destination }. It is valid until { $code_expires_at }.
       *[sms] A code to set a new password was sent by SMS to { $destination }. It is valid until { $code_expires_at }.
    }
done-second_factor_enrol = { $channel ->
        [email] A code to log in was sent by e-mail to { $destination }. It is valid until { $code_expires_at }.
        [letter] A code to log in was sent by letter to { $destination }. It should arrive by { $letter_expected_on }, and is valid until { $code_expires_at }.
       *[sms] A code to log in was sent by SMS to { $destination }. It is valid until { $code_expires_at }.
    }
done-recover_confirm = The new password is set. You can log in with it. All sessions were ended.
done-password_change = The new password is set. All other sessions were ended.
done-session_end = { $count ->
        [0] There was no other session.
        [one] The session was ended.
       *[other] { $count } sessions were ended.
    }
done-phone_code_remove = The security code is removed. The phone line can no longer identify you.
done-phone_code_set = The security code is set.
done-phone_code_change = The security code was changed.
done-phone_code_verify = The security code is correct.
done-contacts_update = Your contacts were changed.
done-contacts_confirm = { $channel ->
        [email] The e-mail address { $destination } is confirmed.
       *[sms] The mobile number { $destination } is confirmed.
    }
done-contacts_remove = Removed: { $removed }.
done-alerts_set = { $alerts ->
        [email] Alerts will be sent by e-mail.
        [sms] Alerts will be sent by SMS.
       *[none] No alerts will be sent.
    }
done-account_unlock = { $count ->
        [0] There was nothing to unlock.
       *[other] Unlocked: { $lifted }.
    }
done-account_suspend = The account is suspended.
done-account_resume = { $state ->
        [active] The account is active again.
       *[requested] The account is no longer suspended. It still has to be activated.
    }
done-account_reset = { $channel ->
        [letter] The account was reset. A code is being sent by letter to the registered address, { $destination }. It should arrive by { $letter_expected_on } and is valid until { $code_expires_at }.
        [email] The account was reset. A code was sent by e-mail to { $destination }. It is valid until { $code_expires_at }.
       *[sms] The account was reset. A code was sent by SMS to { $destination }. It is valid until { $code_expires_at }.
    }
done-account_close = The account is closed.
done-account_erase = Erased: the store holds no data about this person, and the audit entries no longer identify the person.
done-cmd_enrol = The holder is enrolled in Chave Móvel Digital with the authentication provider. The codes are sent to { $destination }.
done-cmd_revoke = Chave Móvel Digital was revoked at the authentication provider.
done-report = The report was written to { $file }. Audit entries: { $entries }.
done-messages_calendar = { $count ->
        [0] There are no payments, so no calendar was written.
        [one] The payment was written to { $file }.
       *[other] { $count } payments were written to { $file }.
    }
done-account_timeline = The page was written to { $file }. Events: { $events }. It contains personal data: protect it like the store.
done-policy_set = { $key } is now { $value }. The change applies to everything issued from now on.
done-clock_show = It is { $now } in Lisbon ({ $utc }).
done-clock_advance = It is { $now } in Lisbon ({ $utc }).
done-clock_set = It is { $now } in Lisbon ({ $utc }).
done-store_check = { $not_compared ->
        [0] The store is intact, and agrees with its audit log.
       *[other] The store is intact, and agrees with its audit log. Rows from before version 5, not compared: { $not_compared }
    }
done-audit_verify = The audit log is intact. Entries checked: { $entries }. Last entry: { $anchor }
done-scenario_run = { $count ->
        [0] { $file }: all as expected; lines: { $lines }.
        [one] { $file }: one difference; lines: { $lines }.
       *[other] { $file }: { $count } differences; lines: { $lines }.
    }
done-conform = Requirements: { $rows }. Pass: { $passed }, deviation: { $deviating }, not run: { $not_run }, fail: { $failed }.
done-store_rekey = The store now uses the key file { $file }. The old key file opens only earlier copies of the store.
restored-empty = The store { $file } was restored from { $backup }, which has no audit entry.
restored-until = The store { $file } was restored from { $backup }, with all changes up to request { $entry } ({ $at }). Ended sessions: { $sessions }, ended calls: { $calls }, superseded codes: { $codes }.
restored-key = Its new key file is { $key_file }.
restored-previous = The previous store is now { $previous }.
restored-previous_key = The previous key file is now { $previous_key }.
restored-anchors = Anchors of the audit log that were taken after that request fail from now on: take a new one with ssd audit head.
done-store_clock_reset = The store's time is now { $now }; it was { $from }. Ended sessions: { $sessions }, ended calls: { $calls }, superseded codes: { $codes }, ended lockouts: { $lockouts }.
done-outbox_print = { $letters ->
        [0] { $earlier ->
                [none] No letters to print.
               *[other] No letters to print: { $file } holds the completed print run of request { $earlier }.
            }
       *[other] Letters: { $letters }, pages: { $pages }, in { $file }.
    }
done-outbox_export = E-mails: { $emails }, in { $folder }. Already there: { $existing }.
demo-files = Written to { $folder }:
demo-data-personas-csv = the 16 invented holders of the guides
demo-data-registry-csv = 2,200 more invented holders
demo-data-requests-csv = a batch of registrations
demo-data-alerts-csv = alerts for `ssd alerts send`
demo-scenarios-first-registration-jsonl = a scenario: from the registration to the first login
demo-scenarios-login-lock-jsonl = a scenario: failed logins and the lockout
demo-try = In that folder, try:
done-store_backup = The store was copied to { $file }. For a store other than a sandbox, back up the key file too, in a separate place: the copy does not include it.

### messages that did not arrive

row-undelivered = { $channel ->
        [letter] Letter { $id } ({ $purpose }) was returned on { $at }.{ $invalidated ->
                [yes] { " " }Its code is no longer valid.
               *[no] { "" }
            }
        [email] E-mail { $id } ({ $purpose }) failed on { $at }.{ $invalidated ->
                [yes] { " " }Its code is no longer valid.
               *[no] { "" }
            }
       *[sms] SMS { $id } ({ $purpose }) failed on { $at }.{ $invalidated ->
                [yes] { " " }Its code is no longer valid.
               *[no] { "" }
            }
    }
undelivered-ask = The holder can request another code by another channel ({ $channels }): { $command }
undelivered-correct-and-ask = Correct the contact or address: ssd registry import. The holder can then request another code: { $command }
undelivered-correct = Correct the contact or address: ssd registry import.

### rows of lists

row-sent = { $channel ->
        [email] A code was sent by e-mail to { $destination }. It is valid until { $code_expires_at }.
       *[sms] A code was sent by SMS to { $destination }. It is valid until { $code_expires_at }.
    }
row-sent-cmd = A temporary code was sent by SMS to { $destination }. It is valid until { $code_expires_at }.
row-alerts-waiting = { $alerts }, waiting for a confirmed { $kind ->
    [email] e-mail
   *[mobile] mobile
  }
row-contact-none = { $kind }: none
row-contact-plain = { $kind }: { $value }
row-contact-unconfirmed = { $kind }: { $value }, to be confirmed
row-contact-confirmed = { $kind }: { $value }, confirmed on { $confirmed_at }
row-contact-next = { $row }: { $command }
row-contact-proposed = { $kind }, proposed: { $proposed }, to be confirmed
row-block = { $what }, until unlocked or replaced
row-block-until = { $what }, until { $until }
row-of = { $count } of { $limit }
row-lifted = until unlocked or replaced
row-history = { $outcome ->
        [done] { $at }: { $action }, done by { $actor } (request { $id })
       *[refused] { $at }: { $action }, refused: { $reason }, by { $actor } (request { $id })
    }
row-difference = { $place }: { $path }: expected { $expected }, found { $actual }
row-difference-reply = { $place }: expected { $expected }, found { $actual }
row-scenario-not-run = { $file }: not run.
row-setting = { $key } = { $value } (default { $default }, from { $least } to { $most })

### account timeline: events, names of requests, states, purposes of messages

event-request = { $what }
event-refusal = { $what }, refused: { $outcome }
event-reading = { $what }
event-state = State: { $what }
event-code = { $outcome ->
        [open] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; valid until { $until }
        [used] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; valid until { $until }, used
        [expired] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; valid until { $until }, never used
       *[superseded] Code by { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] letter
        }: { $what }; valid until { $until }, replaced
    }
event-message = { $channel ->
        [email] E-mail to { $to }: { $what }
        [sms] SMS to { $to }: { $what }
       *[letter] Letter to { $to }: { $what }
    }
event-dispatch = Letter to { $to } dispatched: { $what }
event-delivery = { $channel ->
        [email] E-mail to { $to } failed: { $what }
        [sms] SMS to { $to } failed: { $what }
       *[letter] Letter to { $to } returned: { $what }
    }
event-delivery-changed = { $outcome ->
        [returned] Message returned: { $id }
        [failed] Message failed: { $id }
       *[other] Message { $outcome }: { $id }
    }
event-block = { $outcome ->
        [lifted] No longer blocked: { $what }
       *[set] Blocked: { $what }, until unlocked or replaced
    }
event-block-until = Blocked: { $what }, until { $until }
event-code-changed = { $outcome ->
        [open] Code issued: { $what }
        [used] Code used: { $what }
       *[superseded] Code replaced: { $what }
    }
event-by = ({ $actor }, request { $id })
name-of-a-step = { $name }, checked up to a step
deed-register = Registration
deed-activate = Activation
deed-login = Login
deed-logout = Logout
deed-second_factor_enrol = Code to log in without a confirmed contact
deed-recover_request = Recovery requested
deed-recover_confirm = New password set by recovery
deed-password_change = Change of password
deed-session_list = Sessions listed
deed-session_end = Sessions ended
deed-phone_code_remove = Removal of the security code
deed-phone_code_set = First security code
deed-phone_code_change = Change of security code
deed-phone_code_verify = Security code checked on the phone line
deed-contacts_show = Contacts viewed
deed-contacts_update = Change of contacts
deed-contacts_confirm = Confirmation of a contact
deed-contacts_remove = Removal of a contact
deed-alerts_set = Choice of alerts
deed-cmd_enrol = Enrolment in Chave Móvel Digital
deed-cmd_revoke = Chave Móvel Digital revoked
deed-phone_line = Call on the phone line
deed-phone_line_payments = Payments given on the phone line
deed-phone_line_whoami = Caller data viewed
deed-alerts_send = Alert
deed-messages_calendar = Payments exported as a calendar
deed-messages_list = Inbox viewed
deed-messages_show = Inbox message read
deed-profile_show = Identification data viewed
deed-outbox_list = Messages listed by an operator
deed-outbox_show = Message read by an operator
deed-outbox_code = Code read by an operator
deed-outbox_wait = Message read by an operator
deed-outbox_print = Letters printed by an operator
deed-outbox_returned = Letter returned by the post
deed-outbox_failed = E-mail or SMS not delivered
deed-outbox_export = E-mails exported by an operator
deed-account_unlock = Lockouts lifted by an operator
deed-account_suspend = Suspension by an operator
deed-account_resume = Suspension lifted by an operator
deed-account_reset = Reset by an operator
deed-account_close = Closure
deed-account_timeline = Timeline viewed by an operator
deed-account_export = Data exported by an operator
deed-account_erase = Erasure by an operator
deed-store_restore = Store restored from a backup by an operator
deed-store_clock_reset = The store's clock reset by an operator
deed-scenario_export = Scenario exported by an operator
state-none = no account
state-requested = requested
state-active = active
state-suspended = suspended
state-closed = closed
about-activation = activation code
about-recovery = recovery code
about-contact_email = code to confirm the e-mail address
about-contact_mobile = code to confirm the mobile number
about-login = login code
about-cmd = temporary code of Chave Móvel Digital
about-activated = the account is active
about-password_changed = the password was changed
about-recovered = a new password was set
about-second_factor_enrolment = a code to log in was requested
about-login_locked = logins are locked
about-code_blocked = codes are blocked
about-phone_code_blocked = the security code is blocked
about-phone_code_set = a security code was set
about-phone_code_changed = the security code was changed
about-suspended = the account is suspended
about-resumed = the account is active again
about-reset = the account was reset
about-closed = the account is closed
about-contact_changed = a contact was added or replaced
about-contact_removed = a contact was removed
about-cmd_blocked = Chave Móvel Digital is blocked
about-alert = alert

### the HTML page of an account timeline

calendar-payment = Social Security payment: { $about }, { $amount }
page-title = { $name }: account timeline
page-kind = Account at Segurança Social Direta
page-counts = Done: { $done } · refused: { $refused } · messages: { $messages }
page-states = States
page-band = Account states in the order of the list below. Marks above the band are refusals; lines below it are lockouts.
page-legend = A short state is drawn wider than its duration. Marks above the band are refusals; lines below it are lockouts.
page-stay = from { $from } to { $until }
page-stay-now = from { $from } until now
page-timeline = Timeline
page-nothing = No events yet.
page-later = { $count ->
        [one] the next day
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
page-foot = State of the store on { $now }. All times are Lisbon time. This page contains personal data: protect it like the store.
page-codes-sandbox = It comes from a sandbox: nothing in it is secret.
page-codes-masked = Codes are masked, and the audit log records that this page was made.

### the report

report-title = Report
report-kind = Segurança Social Direta
report-period = Period
report-tile-median = median time to activation
report-tile-p90 = 90th percentile
report-tile-codes = codes sent
report-tile-lockouts = lockouts
report-tile-calls = identified callers
report-period-all = The complete audit log, up to { $now }
report-period-since = From { $since } to { $now }
report-period-until = Up to { $before }
report-period-both = From { $since } to { $before }
report-entries = Audit entries: { $count }
report-none = None.
report-accounts = Accounts at the end of the period
report-registrations = Registrations
report-registrations-total = new accounts
report-registrations-portal = by the portal procedure
report-registrations-classic = by the classic procedure
report-registrations-cmd = by Chave Móvel Digital
report-registrations-repeated = repeated requests
report-activations = Activations
report-activations-total = activated accounts
report-activations-activate = with an activation code
report-activations-recovery = by recovery
report-activations-cmd = by Chave Móvel Digital
report-activation_time = Time from request to activation
report-activation_time-count = measured activations
report-activation_time-median = median
report-activation_time-p90 = 90th percentile
report-codes = Codes by channel
report-codes-channel = channel
report-codes-sent = sent
report-codes-used = used
report-codes-expired = expired unused
report-codes-invalidated = invalidated
report-codes-open = still valid
report-refusals = Refusals by reason
report-refusals-all = refusals
report-lockouts = Lockouts
report-lockouts-what = kind
report-lockouts-set = set
report-lockouts-lifted = lifted
report-letters = Letters
report-letters-pending = not printed yet
report-letters-dispatched = printed
report-letters-overdue = overdue
report-letters-returned = returned
report-phone_line = Phone line
report-phone_line-identified = identified callers
report-phone_line-verified = codes verified without a call
report-phone_line-wrong = refused, wrong code
report-phone_line-blocked = refused, blocked code
report-phone_line-payments = payment lists
report-series = Over time
report-series-from = { $unit ->
        [day] day
        [month] month
       *[year] year
    }
report-series-registrations = registrations
report-series-activations = activations
report-series-refusals = refusals
report-numbers = All numbers
report-definitions = What is counted
report-def-period = Both ends of the period are included. Codes and letters are shown as they are now. All days are those of Lisbon.
report-def-accounts = Accounts by their state at the end of the period. Erased accounts are not counted.
report-def-registrations = Requests that added an account, by procedure. A repeated request is a later one, before the activation, that sent a new code. It is not in the total. Checks without a change and the first step of Chave Móvel Digital are not counted.
report-def-activations = Accounts that became active for their holder: with an activation code, by recovery or by Chave Móvel Digital. The end of a suspension is no activation.
report-def-activation_time = For each account, the time from the registration or the reset after which it had to be activated to its activation in the period. That request can be before the period, and repeated requests do not change it. The median is the shortest time that half of these activations did not exceed (nearest rank). The 90th percentile is the same for 90 per cent.
report-def-codes = Codes of every purpose that were sent in the period. Each has one state: used; expired and never used; invalidated before its end, because it was replaced, cancelled or blocked by wrong attempts; or still valid.
report-def-refusals = Requests of the period that a rule refused, by reason. An invalid value is not a refusal.
report-def-lockouts = Lockouts that began in the period, and lockouts that ended in the period before their time.
report-def-letters = Not printed yet: created in the period, and without a code or with a valid one. Printed: printed in the period for the first time. Overdue: printed or not, with a code of the period that is valid and not used, and expected before today. Returned: recorded in the period as returned by the post.
report-def-phone_line = Requests of the period on the phone line. Refused are identifications and verifications.
report-def-series = Registrations, activations and refusals by day, by month if the days are more than { $days }, or by year if the months are more than { $months }.
report-foot = State of the store on { $now }. All times are Lisbon time. This page contains no personal data.

### notes printed with a result

note-due-contacts = After login, update and confirm your contacts (`ssd contacts show`).
note-alerts-waiting-email = Until your e-mail is confirmed, alerts are in your inbox only (`ssd contacts show`).
note-alerts-waiting-mobile = Until your mobile is confirmed, alerts are in your inbox only (`ssd contacts show`).
note-enrolment = This session is only for confirming a contact (`ssd contacts show`). Afterwards, log in again.
note-enrolled = From now on this contact receives the codes to log in. Log in again.
note-cmd-code = To continue, run the same command with the code: add `--code CODE --consent`.
note-import-partial = The import stopped: { $loaded } of { $good } rows are loaded. Run the same command again to load the rest.
note-batch-row = { $op } { $verdict } { $count }
note-batch-fault = { $op } { $fault }  line { $line }
note-why-all-done = { $count ->
        [0] The file has no reply.
       *[other] Every line was done.
    }
why-not-in-registry = the NISS is not in the registry
why-inactive = the registry says deceased or ceased
why-differs = different from the registry: { $fields }
note-batch-failed = { $count ->
        [one] { $count } line was not done; it is in { $file }. Correct it, then run: { $command }
       *[other] { $count } lines were not done; they are in { $file }. Correct them, then run: { $command }
    }
failed-line-needed = line { $line } uses this line
note-batch-resume = The batch was cut short. Nothing is lost and nothing is done twice. Continue with: { $command }
note-batch-stopped = The batch was cut short. Every line with a reply is done; the store shows whether other lines are done. A batch with `--out` can be resumed.
note-export-otherwise = These audit entries have another outcome when replayed: { $entries }
note-export-state = Replaying the scenario does not reproduce the current state: the account has changes that the audit log does not show.
note-upgraded = The store was upgraded to version { $version }.
note-record-late = The recording begins in the middle: earlier requests to this sandbox are not in it.
note-print-skipped = Letters not printed because their code can no longer be used: { $count }.
note-print-lacking = Letters with a character that none of the embedded fonts has, printed as �: { $count }. The manifest lists these characters. Check the letters before you send them.
note-reject = { $column ->
        [none] line { $line }: { $cause }
       *[other] { $has_value ->
            [yes] line { $line }, { $column } "{ $value }": { $cause }
           *[no] line { $line }, { $column }: { $cause }
        }
    }
note-faults = Faults: { $count }
note-fault-row = { $has_value ->
        [yes] { $column }  { $reason } { $count }  line { $line }: "{ $value }"
       *[no] { $column }  { $reason } { $count }  line { $line }
    }
note-faults-others = and other faults: { $count }
note-ignored-columns = { $count ->
        [one] Column left out: { $columns }
       *[other] Columns left out: { $columns }
    }
note-rejects-more = { $count ->
        [one] and one more; use --rejects FILE to save them all
       *[other] and { $count } more; use --rejects FILE to save them all
    }
note-holders-left = Not done: { $count }, from NISS { $niss } on.
note-more-rows = Rows shown: { $shown }. There are more: use --limit N or --all.
note-more-columns = { $count ->
        [one] +1 column: --format csv ({ $names })
       *[other] +{ $count } columns: --format csv ({ $names })
    }
progress = { $left ->
        [none] lines: { $lines }, per second: { $rate }, refused: { $refused }
       *[other] lines: { $lines }, per second: { $rate }, refused: { $refused }, time left: { $left }
    }

### labels of what goes to standard error

prefix-error = error
prefix-hint = hint
prefix-warning = warning
prefix-refused = refused

### words of the code, translated

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
word-message_status-pending = pending
word-message_status-dispatched = dispatched
word-message_status-returned = returned
word-message_status-failed = failed
word-message_status-lost = lost
word-channel-email = email
word-channel-sms = sms
word-channel-letter = letter
word-decision-granted = granted
word-decision-refused = refused
word-outcome-done = done
word-outcome-refused = refused
word-outcome-malformed = malformed
word-outcome-repeated = repeated
word-fault-missing = missing
word-fault-length = wrong length
word-fault-character = invalid character
word-fault-check_digit = wrong check digit
word-fault-prefix = prefix not assigned
word-fault-form = wrong format
word-fault-no_such_date = no such date
word-fault-future = in the future
word-fault-word = unknown word
word-fault-bounds = outside the bounds
word-fault-leaves_behind = contradicts another setting
word-fault-not_a_mobile = not a mobile number
word-fault-no_such_number = no such number
word-fault-address = not an e-mail address
word-fault-not_utf8 = not UTF-8
word-fault-duplicate = duplicate
word-fault-duplicate_key = key occurs twice
word-fault-id_reused = id of another line
word-fault-fields = wrong number of fields
word-fault-quote = stray quotation mark
word-fault-unknown_column = unknown column
word-fault-unknown_field = unknown field
word-fault-no_place = does not apply
word-fault-no_such_setting = no such setting
word-fault-names_holder = identifies the holder
word-fault-not_held = not registered
word-fault-current_missing = current password missing
word-fault-no_current = there is no current password
word-fault-link = contains a web address
word-fault-not_json = not a JSON object
word-verdict-pass = pass
word-verdict-fail = fail
word-verdict-deviation = deviation
word-verdict-not_run = not run
word-cause-no_account = no account
word-cause-not_active = account not active yet
word-cause-suspended = account suspended
word-cause-closed = account closed
word-cause-wrong_password = wrong password
word-cause-wrong_digits = wrong digits
word-cause-no_phone_code = no security code
word-variant-absent = no contact to remove
word-variant-letter = the message is a letter
word-variant-sent = no message of that kind to this holder
word-variant-alerts = alerts
word-variant-classes = too few kinds of characters
word-variant-clock = system's clock
word-variant-common = too common
word-variant-dead = no longer valid
word-variant-enrolment = only for confirming a contact
word-variant-ended = the session has ended
word-variant-guessable = easy to guess
word-variant-login = login
word-variant-operator = asked by an operator
word-variant-registered = a contact is registered
word-variant-dry_run = dry run
word-variant-outbox = stand-in for a code
word-variant-personal = based on the holder's data
word-variant-reset = reset
word-variant-short = too short
word-variant-stale = login too long ago
word-variant-waited = not sent in time
word-variant-wiped = wiped
word-email = e-mail
word-mobile = mobile
word-telephone = telephone
word-identity = identity checks
word-login = logins
word-activation = activation codes
word-recovery = recovery codes
word-contact_email = codes to confirm the e-mail address
word-contact_mobile = codes to confirm the mobile number
word-login_code = login codes
word-cmd_pin = PINs of Chave Móvel Digital
word-cmd_code = temporary codes of Chave Móvel Digital
word-phone_code = security code

### labels

label-niss = NISS
label-account_type = account type
label-birth_date = date of birth
label-name = name
label-civil_id = civil identification number
label-civil_id_kind = civil identification document
label-nif = { $holder ->
        [company] NIPC or NIF
       *[citizen] NIF
    }
label-responsible = person responsible
label-email = e-mail
label-mobile = mobile
label-telephone = telephone
label-alerts = alerts
label-channel = channel
label-code_channel = verification channel
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
label-dispatched_at = dispatched
label-message_status = status
label-status_at = delivery result
label-undelivered = not delivered
label-activated_at = activated
label-password = password
label-phone_code = security code
label-blocks = blocked
label-alert_kind = kind
label-read_at = read
label-about = about
label-decision = decision
label-amount = amount (€)
label-paid_on = payment date
label-contacts = contacts
label-to_do = to do
label-next = possible next commands
label-session = session
label-target = session
label-logged_in_at = login
label-last_used_at = last used
label-ends_at = ends
label-current = this one
label-id = message
label-line = line
label-line_id = id
label-purpose = purpose
label-to = to
label-subject = subject
label-body = text
label-path = store
label-sandbox = sandbox
label-seed = seed
label-version = version
label-now = now
label-system_now = system's clock
label-records = records
label-accounts = accounts
label-messages = messages
label-bytes = bytes
label-observed = observed
label-why = why
label-request = request
label-at = when
label-actor = by
label-action = action
label-outcome = outcome
label-rule = rule
label-variant = variant
label-cause = cause
label-differed = fields that differed
label-count = count
label-on_code = on the newest code
label-until = until
label-effects = effects
label-detail = other details
label-event = event
label-who = who
label-remark = reason
label-key = setting
label-value = value
label-default = default
label-least = minimum
label-most = maximum
label-contact = contact
label-confirmed_at = confirmed
label-proposed = proposed
word-not-given = not given

### questions

ask-niss = Social Security Identification Number (NISS)
ask-account_type = Account type
ask-birth_date = Date of birth (YYYY-MM-DD)
ask-name = { $holder ->
        [company] Name of the company or institution
       *[citizen] Full name
    }
ask-civil_id = Civil Identification Number (Citizen's Card, ID card, passport, ...)
ask-nif = { $holder ->
        [company] Tax identification number of the company or employer (NIPC or NIF)
       *[citizen] Tax Identification Number (NIF)
    }
ask-responsible = Name of the person responsible
ask-email = { $op ->
        [contacts_update] New e-mail address (leave blank to keep it)
       *[other] E-mail address
    }
ask-mobile = { $op ->
        [contacts_update] New mobile phone number (leave blank to keep it)
       *[other] Mobile phone number
    }
ask-telephone = { $op ->
        [contacts_update] New telephone number (leave blank to keep it)
       *[other] Telephone number (optional)
    }
ask-alerts = Please indicate the way you want to receive the Social Security Alerts
ask-channel = Please indicate the way you want to receive the verification code
ask-contact = Which contact do you want to remove?
ask-contact-to-confirm = Which contact do you want to confirm?
ask-procedure = How do you want to register?
ask-start = What do you want to do?
ask-choice = Choice
ask-choice-one-of = please enter a number from 1 to { $count }, or the first letters of an option
ask-code = Verification code
ask-code-or-later = { $destination ->
        [none] Verification code (leave blank to continue later)
       *[other] Verification code sent to { $destination } (leave blank to continue later)
    }
ask-cmd-code-or-later = Temporary code sent to { $destination } (leave blank to continue later)
ask-code-or-send = Verification code (leave blank to have one sent)
ask-password = Password
ask-current_password = Current password (leave blank if you have none)
ask-first_password = Password
ask-first_password-again = Confirm your password
ask-new_password = New password
ask-new_password-again = Confirm your password
ask-new_code = New security code (six digits)
ask-new_code-again = Confirm the security code
ask-phone_code = Security code
ask-pin = PIN of Chave Móvel Digital
ask-new_pin = PIN of Chave Móvel Digital (four to eight digits)
ask-new_pin-again = Confirm the PIN
ask-reason = Reason, for the audit log
ask-terms = I read and accept the service terms and conditions, version { -terms-version }, as `ssd terms` shows them (yes or no)
ask-consent = Do you agree that your name, date of birth, civil identification number, NIF and, if available, NISS are passed to Segurança Social? (yes or no)
ask-confirm = Is this correct? (yes or no)
ask-correction = What do you want to correct?
ask-contacts-again = Do you want to type the contacts again? (yes or no)
ask-erase = All data about this person will be erased for good. Continue? (yes or no)
ask-erase-several = All data about these { $count } people will be erased for good. Continue? (yes or no)
ask-yes-or-no = please answer yes or no
ask-differs = they do not match; please try again
ask-one-contact = at least one contact is needed
summary = What you have typed:

### the pages of a procedure and their texts

step-identification = Identification data
step-channel = Next: Verification channel
step-contacts = Next step: Contacts
step-alerts = Next step: Alerts
step-code = Next step: Code
step-summary = Next step: Summary
step-activate = Activate account
step-recover = New password
about-contacts = A mobile phone number or e-mail address that is not the one registered with Social Security will not be used to send the verification code.
about-alerts = Alerts inform you about decisions on your applications, the benefits you are entitled to and their payment dates.
about-unregistered = { $contact ->
        [email] The e-mail address that you typed is not the one registered with Social Security, so no code is sent to it.
       *[mobile] The mobile phone number that you typed is not the one registered with Social Security, so no code is sent to it.
    }
about-proposal = After the first login, you can confirm a contact that is not registered.
about-no-contact = { $left ->
        [letter] None of the typed contacts is registered, so the code can only be sent by letter, to the registered address.
       *[none] { $op ->
            [register] None of the typed contacts is registered, and there is no registered address for a letter.
           *[other] The code of a recovery is sent only to a registered e-mail address or mobile phone number.
        }
    }
about-code = The Social Security will send you a verification code so that you may set your access password.
about-sandbox-code = In this sandbox, the code is printed by: { $command }
choice-procedure-portal = With NISS and date of birth, or the company's NISS and NIPC or NIF
choice-procedure-classic = With all identification data and contacts (classic procedure)
choice-procedure-cmd = With Chave Móvel Digital
choice-account_type-citizen = Citizen
choice-account_type-company = Company or institution
choice-correction-stop = Nothing: stop, and send nothing
choice-alerts-email = E-mail
choice-alerts-sms = SMS (written message to the mobile phone)
choice-alerts-none = I do not want to receive any alerts
choice-channel-email = E-mail
choice-channel-sms = SMS (written message to the mobile phone)
choice-channel-letter = By letter
password-rules = { $profile ->
        [nist] Password setting rules: { $least } characters or more, of any kind.
       *[rcm41] Password setting rules: { $least } characters or more, of three of these kinds: lower-case letters, upper-case letters, digits, other characters.
    } { $current ->
        [none] Not accepted: the most common passwords, and passwords that are easy to guess or based on your own data.
        [known] Not accepted: the most common passwords, passwords that are easy to guess or based on your own data, and your current password.
       *[unknown] Not accepted: the most common passwords, passwords that are easy to guess or based on your own data, and your current password, if you have one.
    }
sitting-later = To continue later: { $later }
sitting-login = To log in: SSD_SESSION=$(ssd login { $niss }); export SSD_SESSION
start-register = Register: request an account
start-activate = Activate account, with the verification code
start-recover = I have lost my password
start-recover-confirm = Set my new password, with the verification code
start-login = Log in
start-login-again = Log in again, to change contacts and codes
start-second-factor-enrol = Get a code to log in and confirm a contact
start-login-again-cmd = Log in again by Chave Móvel Digital, to change contacts and codes
start-phone-line = Identify myself on the phone line
start-messages-list = Read my messages
start-profile-show = See my identification data
start-contacts-show = See my contacts
start-contacts-update = Change my contacts
start-contacts-confirm = Confirm my contacts
start-alerts-set = Choose how to receive alerts
start-phone-code-set = Get a security code for the Social Security Line
start-phone-code-change = Change my security code for the Social Security Line
start-phone-code-remove = Remove my security code
start-password-change = Change my password
start-session-list = See my open sessions
start-session-end-others = End my other sessions
start-logout = Log out
start-help = Help
about-no-session = The session in SSD_SESSION has ended, or is not of this store.

### errors in a value

invalid-missing = a value is required
invalid-length = must have { $expected } characters
invalid-character = contains a character that is not allowed
invalid-check_digit = wrong check digit; check for a typing mistake
invalid-prefix = must begin with one of { $expected }
invalid-form = expected { $expected }
invalid-no_such_date = there is no such date
invalid-future = this date is in the future
invalid-word = must be one of: { $expected }
invalid-bounds = must be from { $least } to { $most }
invalid-leaves_behind = this value would put `{ $key }` outside its range ({ $expected }); change `{ $key }` first
invalid-not_a_mobile = this is a telephone number, but not a mobile number
invalid-no_such_number = this telephone number does not exist
invalid-no_such_number-national = there is no such Portuguese number; for another country write + and the country code: +44 7400 123456
invalid-address = not a valid e-mail address; expected an address such as somebody@example.pt
invalid-not_utf8 = not UTF-8 text
invalid-duplicate = an earlier row has the same value
invalid-duplicate_key = this key occurs twice in the line; write it once
invalid-id_reused = a line with this id and other content was done before; give this line another id
invalid-fields = the row must have as many fields as the header: { $count }
invalid-read_as_number = a program has read this column as numbers and changed them; format the column as text and export the file again
invalid-quote = the field begins with a quotation mark that is not closed; close it right before the delimiter, or write it twice inside quotation marks
invalid-unknown_column = unknown column
invalid-unknown_field = this operation has no such field
invalid-no_place = cannot be combined with the other fields
invalid-no_such_setting = no such policy setting; `ssd policy show` lists them all
invalid-link = contains a web address; messages must not contain links
invalid-not_json = the line is not a JSON object
invalid-names_holder = identifies the person and would be stored; write it without name, number, contact or address
invalid-not_held = neither given nor in the registry
invalid-current_missing = the account has a password; give the current one first, then the new one
invalid-no_current = the account has no password yet; give only the new one
form-an-integer = an integer
form-a-list-of-objects = a list of objects
form-YYYY-MM-DD = YYYY-MM-DD
form-a-date = YYYY-MM-DD or DD/MM/YYYY
form-a-country = a country: its code (ISO 3166-1) or its name in Portuguese or English
form-six-digits = six digits
form-four-to-eight-digits = four to eight digits
form-hexadecimal-digits = the 16 characters of an ID from `ssd session list`
form-an-object = an object
form-text = text
form-an-anchor = an anchor, as printed by `ssd audit head`
form-a-phone-number = a number such as 912 345 678, or + and the country code: +44 7400 123456

### usage errors

usage-malformed = `{ $name }`: { $cause }
usage-missing = missing: { $options }
usage-or = or
usage-surplus = `{ $option }` does not apply to this request
usage-surplus-hint = `{ $command } --help` lists the options; some apply only to `--procedure classic` or to the other account type
usage-unknown-command = no such command: `ssd { $word }`
usage-secret-word = unknown word; it is not repeated because it may be a secret
usage-secret-word-hint = a secret is never an argument: use --password-stdin, --password-file or a prompt; `ssd --help` lists the commands
usage-unknown-topic = no topic or command: `{ $word }`
usage-unknown-topic-hint = `ssd help` lists the topics and commands
usage-unknown-option = `{ $command }` has no option `{ $option }`
usage-suggestion-hint = did you mean `{ $suggestion }`?
usage-too-many = too many values for `{ $command }`
usage-conflict = `{ $first }` and `{ $second }` cannot be used together
usage-twice = `{ $option }` was given more than once
usage-no-value = `{ $option }` needs a value
usage-no-value-wanted = `{ $option }` takes no value
usage-no-command = `{ $command }` needs a command after it
usage-not-utf8 = the command line is not UTF-8 text
usage-other = invalid command line
usage-stdin-twice = `{ $first }` and `{ $second }` both read standard input
usage-stdin-twice-hint = read one of them from a file
usage-input-ended = `{ $option }`: the input ended before the line with this secret
usage-input-ended-hint = give one secret per line, `printf '%s\n' "$PASSWORD" | ssd ...`; `ssd password change` reads the current password, then the new one, or only a first password
usage-empty-path = the path of the store is empty
usage-empty-path-hint = name the store with `--store PATH` or in SSD_STORE, or unset SSD_STORE to use the default store
usage-no-path = no store was named
usage-no-path-hint = name it with `--store PATH` or in SSD_STORE
usage-rejects-nowhere = the rejects need a file of their own: standard output carries the result
usage-rejects-nowhere-hint = name a file with `--rejects`
usage-rejects-same = the rejects would overwrite the input file
usage-rejects-same-hint = name another file with `--rejects`
usage-empty-period = the period ends before it begins
usage-empty-period-hint = give `--since` an earlier day than `--until`
usage-not-erased = nothing was erased: the erasure was not confirmed
usage-not-erased-hint = `ssd account show` shows the account
usage-empty-registry = the file is empty
usage-empty-registry-hint = a registry is a CSV file with a header, or one JSON object per line
usage-input-unreadable = cannot read the input: { $detail }
usage-input-long-line = a line of the input is longer than 1 MiB
usage-input-long-line-hint = the input must be a CSV file with a header, or one JSON object per line
usage-restore-stdin = a backup is a file, not standard input
usage-restore-stdin-hint = name a file that `ssd store backup` made
usage-restore-no-file = { $file } is not a regular file
usage-restore-no-file-hint = name a file that `ssd store backup` made
usage-restore-itself = { $file } is the store itself
usage-restore-itself-hint = name a file that `ssd store backup` made
usage-restore-kind = of the store and the backup { $file }, only one is a sandbox
usage-restore-kind-hint = name another path for the restored store with `--store PATH`
line-hint-fields = `ssd help batch-files`; the fields of { $op }: { $fields }
usage-backup-nowhere = a copy of the store needs a file of its own
usage-backup-nowhere-hint = name a file that does not exist yet
usage-input-header-quote = a quotation mark in the header is not closed
usage-input-header-quote-hint = write the columns as in this example: niss,kind,name,birth_date
usage-scenario-empty = { $file }: the scenario is empty
usage-scenario-empty-hint = a scenario has one JSON object per line; see `ssd scenario run --help`
usage-scenario-long-line = { $file }:{ $line }: the line is longer than 16 MiB
usage-scenario-long-line-hint = put a large registry into its own file and name it: "op":"registry", "file":"FILE"
usage-keep-one = only one sandbox can be saved
usage-keep-one-hint = name one FILE with `--keep`
usage-anonymise = the value of `{ $field }` cannot be replaced by an invented one
usage-anonymise-hint = export without `--anonymise`, and replace the data by hand
usage-junit-nowhere = the report needs a file of its own: standard output carries the result
usage-junit-nowhere-hint = name a file with `--junit`
usage-junit-same = the report would overwrite { $file }
usage-junit-same-hint = name another file with `--junit`
usage-html-nowhere = the page needs a file of its own
usage-html-nowhere-hint = name a file with `--html`
usage-ics-nowhere = the calendar needs a file of its own
usage-ics-nowhere-hint = name a file with `--ics`
usage-record-sandbox = SSD_RECORD is set, but only a sandbox can be recorded
usage-record-sandbox-hint = unset SSD_RECORD, or create a sandbox: ssd --store FILE init --sandbox
usage-over-link = { $file } is a symbolic link to a file and will not be followed
usage-over-link-hint = name the file itself
usage-over-store = { $file } belongs to the store, or to another one, and will not be overwritten
usage-over-store-hint = name another file
usage-key-place = { $file } can't be the key file of this store: it is a store, lies beside one, or is the place of another store's key
usage-key-place-hint = name another path with `--key-file` or in SSD_KEY_FILE
usage-print-same-file = the letters and the manifest need two different files
usage-print-same-file-hint = name another file with `--manifest`
usage-no-plain-file = { $file } is not a regular file: only a regular file can be replaced
usage-no-plain-file-hint = name a regular file, or a path that does not exist yet
usage-over-print-run = { $file } holds the completed print run of request { $request } and will not be overwritten
usage-over-print-run-hint = name another file, or move this one after its letters are sent
usage-over-other-mail = { $file } holds another message, or no message, and will not be overwritten
usage-over-other-mail-hint = name another folder
usage-record-other = SSD_RECORD names { $file }, which is not a recording
usage-record-other-hint = name a file that does not exist yet, or an earlier recording
usage-record-begun = a recording begins with a new sandbox, but { $file } has lines already
usage-record-begun-hint = name another file in SSD_RECORD, or delete this one
usage-record-large = the registry is too large to be recorded
usage-record-large-hint = import it without SSD_RECORD, and name its file in the scenario: "op":"registry", "file":"FILE"
usage-input-no-csv = the input is neither CSV nor JSON
usage-input-no-csv-hint = the input must be a CSV file with a header, or JSON: one object per line, or an array of objects
usage-input-kind = { $kind ->
        [excel] the file is a spreadsheet (.xlsx), not a text file
        [old_excel] the file is a spreadsheet or a document of an old version of Office (.xls), not a text file
        [open_document] the file is a spreadsheet (.ods), not a text file
        [document] the file is a document of a word processor, not a text file
        [compressed] the file is compressed
        [pdf] the file is a PDF
        [picture] the file is a picture, a sound or a video
        [database] the file is a database
        [markup] the file is a web page or XML, not CSV or JSON
        [rich_text] the file is a document in rich text (.rtf)
        [program] the file is a program
       *[other] the file is not text
    }
usage-input-kind-hint = { $kind ->
        [excel] open the file in the spreadsheet program and save the sheet as "CSV UTF-8"; then load that file
        [old_excel] open the file in the spreadsheet program and save the sheet as "CSV UTF-8"; then load that file
        [open_document] open the file in the spreadsheet program and save the sheet as "CSV UTF-8"; then load that file
        [markup] open the file in the spreadsheet program and save the sheet as "CSV UTF-8"; then load that file
        [compressed] extract the file first, then load the CSV file that is in it
        [document] ask for the data as a spreadsheet or as a CSV file
        [rich_text] ask for the data as a spreadsheet or as a CSV file
        [pdf] ask for the data as a spreadsheet or as a CSV file
        [picture] ask for the data as a spreadsheet or as a CSV file
        [database] export the table from its database program as "CSV UTF-8"
       *[other] name a CSV file with a header, or a JSON file
    }
usage-input-not-utf8 = { $likely ->
        [windows-1252] line { $line } is not UTF-8, and nothing was changed; the file is probably Windows-1252
        [utf-16] line { $line } is not UTF-8, and nothing was changed; the file is probably UTF-16
        [utf-8] line { $line } is not UTF-8, and nothing was changed; the other lines are probably UTF-8
       *[unknown] line { $line } is not UTF-8, and nothing was changed; the encoding is not Windows-1252 or UTF-16 either
    }
usage-input-not-utf8-hint = { $again ->
        [absent] save the file as "CSV UTF-8"
       *[other] run: { $again }
    }
usage-input-not-utf8-midway = line { $line } is not UTF-8; the batch ends before it; lines done: { $done }
usage-input-not-utf8-midway-hint = the lines before it have their replies; convert the input to UTF-8, or give its encoding with `--encoding`, before you run the other lines
usage-input-malformed = line { $line } is damaged: it is not valid in the encoding of the file
usage-input-malformed-hint = save the file again as "CSV UTF-8"
usage-input-malformed-midway = line { $line } is damaged: it is not valid in the encoding of the file; the batch ends there; lines done: { $done }
usage-input-malformed-midway-hint = the lines before it have their replies; save the other lines as "CSV UTF-8"
usage-input-is-utf8 = the file is UTF-8, not Windows-1252
usage-input-is-utf8-hint = run: { $again }
usage-input-is-utf8-midway = the input is UTF-8, not Windows-1252: letters with accents were read wrong; lines done: { $done }
usage-input-is-utf8-midway-hint = the lines have their replies; check them before you run any line again with `--encoding utf-8`
usage-input-no-header = the first line has values instead of column names
usage-input-no-header-hint = add a first line with the name of each column, such as niss,kind,name,birth_date
usage-input-array-open = the JSON array is not complete: the object in line { $line } or the array has no end
usage-input-array-open-hint = export the file again: it was cut off
usage-input-array-rest = line { $line } has more text after the end of the JSON array
usage-input-array-rest-hint = a file has one array, or one object per line
usage-unknown-columns = { $count ->
        [one] unknown column: { $columns }
       *[other] unknown columns: { $columns }
    }
usage-unknown-columns-hint = the columns are: { $known }. To use one, add --map COLUMN=HEADER. To leave them out, run: { $again }
usage-columns-missing = { $unknown ->
        [0] missing columns: { $missing }
       *[other] missing columns: { $missing }; unknown columns: { $columns }
    }
usage-columns-missing-hint = { $again ->
        [absent] give the header of each column with --map COLUMN=HEADER
       *[other] if these are the columns, run: { $again }
    }
usage-column-twice = two columns are `{ $column }`: `{ $former }` (column { $former_at }) and `{ $latter }` (column { $latter_at })
usage-column-twice-hint = { $again ->
        [absent] delete one of them, or give them different names
       *[other] choose one with --map; for the second one, run: { $again }
    }
usage-unnamed-column = line { $line }, row { $row }: column { $column } has no name but has content; nothing was changed
usage-unnamed-column-hint = give it a name in the header. To leave it out, run: { $again }
usage-map-column = `--map`: no such column: `{ $column }`
usage-map-column-hint = the columns are: { $known }
usage-map-header = `--map`: the file has no header `{ $header }`
usage-map-header-hint = its headers are: { $headers }
usage-map-ambiguous = `--map`: the file has the header `{ $header }` more than once
usage-map-ambiguous-hint = give its columns different names in the file
usage-map-twice = `--map`: `{ $column }` or `{ $header }` is given twice
usage-map-twice-hint = give each column and each header once
usage-columns-json = `--map` and `--ignore-unknown` are for CSV, and the file is JSON
usage-columns-json-hint = the keys of a JSON object are the names of the fields; keys that begin with `_` are ignored
usage-rejects-csv-json = the file is JSON, so its rejected rows can't be written as CSV
usage-rejects-csv-json-hint = name a file with `--rejects` that ends in .jsonl

### other errors

line-invalid = line { $line }: { $cause }
line-field = line { $line }: `{ $field }`: { $cause }
line-missing = line { $line }: missing: { $fields }
line-hint = `ssd schema` lists the fields of every operation

usage-batch-empty = the file has no header
usage-batch-empty-hint = a CSV file needs a header with the names of the operation's fields
usage-batch-resume-out = only a batch that writes its replies to a regular file can be resumed
usage-batch-resume-out-hint = name the reply file with `--out`
usage-batch-resume-dry = a dry run changes nothing, so there is nothing to resume
usage-batch-resume-dry-hint = remove `--resume` or `--dry-run`
usage-demo-exists = { $file } already exists, and a sample file would replace it
usage-demo-exists-hint = name another folder: `ssd demo DIR`
usage-batch-out-same = the replies would overwrite the input file
usage-batch-out-same-hint = name another file with `--out`
usage-batch-failed-same = the failed lines would overwrite the input file
usage-batch-failed-same-hint = name another file with `--failed`
usage-batch-failed-out = the failed lines would overwrite the replies in { $file }
usage-batch-failed-out-hint = name another file with `--failed`
usage-batch-over-record = { $file } is the recording of SSD_RECORD
usage-batch-over-record-hint = name another file
usage-batch-csv = this is a CSV file, and the operation of its rows is missing
usage-batch-csv-hint = give it with `--op OP`, for example: ssd batch { $file } --op { $op }. `ssd help batch-files` lists the operations and their fields
usage-why-no-reply = line { $line } of { $file } is not the reply to a line of a batch
usage-why-no-reply-hint = name the file of replies of a batch: its `--out`, or its redirected standard output
usage-why-other-store = line { $line } of { $file } is not the reply of this store
usage-why-other-store-hint = name the store of that batch with `--store`
usage-batch-busy = another batch is writing to { $path }
usage-batch-busy-hint = wait until it ends, or name another file with `--out`
usage-batch-unfinished = { $path } has the replies of a batch that was not finished
usage-batch-unfinished-hint = continue it with `--resume`, or delete the file to start again
usage-batch-no-journal = no batch of this store has written to { $path }
usage-batch-no-journal-hint = remove `--resume`, or name the store and the reply file of the batch that was cut short
usage-batch-output-shorter = { $path } is shorter than the batch left it
usage-batch-output-shorter-hint = restore the reply file as the batch left it; nothing has changed
usage-batch-output-other = the content of { $path } was not written by this batch
usage-batch-output-other-hint = restore the reply file as the batch left it; nothing has changed
usage-batch-input-changed = the input is not the one that the replies in { $path } belong to
usage-batch-input-changed-hint = restore the input and the --op of the first run; new lines may only be added at the end
error-usage = invalid command line
error-usage-hint = see `{ $command } --help`
error-file = { $path }: { $detail }
fault-not-found = no such file
fault-denied = permission denied
fault-exists = already exists
fault-folder = is a folder
error-file-hint = check the path and its permissions
error-store_missing = no store at { $store }
error-store_missing-hint = create one with `ssd init`, or name another with `--store PATH` or in SSD_STORE
error-store_exists = a store already exists at { $store }
error-store_exists-restore-hint = with --replace, the restored store takes its place, and the old one stays beside it
error-store_exists-hint = use it, or name another path with `--store PATH`; nothing was changed
error-key_exists = there is already a key file at { $path }, which may belong to another store
error-key_exists-hint = each store needs a key file of its own: name another path with `--key-file` or in SSD_KEY_FILE; if no store uses the file, move it away
error-store_busy = the store at { $store } was busy for 30 seconds
error-store_busy-hint = another process is writing to it: try again later; the failed step changed nothing
error-store_unreadable = cannot read the store at { $store }: { $detail }
error-store_unreadable-hint = check the permissions of the file and its folder
error-outcome_unknown = the disk failed while a change was being saved in the store at { $store }, so it may or may not have been made: { $detail }
error-outcome_unknown-hint = check the disk; then look whether it was made, before you repeat it: ssd audit list --limit 5
error-clock_behind = the system's clock reads { $system }, but the newest entry in the store at { $store } is of { $newest }
error-clock_behind-hint = correct the system's clock; if it is right, the store was written under a clock that was ahead: ssd store clock-reset --reason TEXT
finding-permissions = other users can read or change { $file } (mode { $found })
finding-permissions-hint = restrict it to its owner: chmod 600 { $file }
finding-folder_permissions = any user can replace the files in { $file } (mode { $found })
finding-folder_permissions-hint = restrict it to its owner: chmod go-w { $file }
finding-leftover = { $file } is left from a killed command and could not be removed
finding-leftover-hint = delete it: it can contain personal data
finding-low_space = { $file } has only { $megabytes } MB of free space
finding-low_space-hint = free some space: an upgrade and a backup need as much as the store itself
finding-file_system = { $file } is on a file system of type { $found }{ $found ->
        [tmpfs] , in memory: the store is lost when the machine stops
        [ramfs] , in memory: the store is lost when the machine stops
        [fat] , which has no permissions: every user can read the store
        [exfat] , which has no permissions: every user can read the store
       *[other] , over a network: two processes can damage the store
    }
finding-file_system-hint = move the store to a local disk: ssd store backup FILE
warning-last_contact = no confirmed e-mail or mobile is left; if a second factor becomes required, you must enrol to log in
warning-clock_behind = the system's clock reads { $system }, but the newest entry in the store is of { $newest }; the store uses the later time
error-store_linked = the store at { $store } has more than one name (hard links)
error-store_linked-hint = each name would have a log of its own: delete the other names (`find -samefile` shows them), and make copies with `ssd store backup`
error-store_unwritable = cannot write the store at { $store }: { $detail }
error-store_unwritable-hint = check the permissions of the file and its folder; the failed step changed nothing
error-disk_full = the disk is full
error-disk_full-hint = free some disk space and try again; what was not confirmed was not done
error-store_foreign = { $store } is not an ssd store
error-store_foreign-hint = name the right file with `--store PATH` or in SSD_STORE
error-store_damaged = the store at { $store } is damaged: { $detail }
error-store_damaged-hint = use the last copy made by `ssd store backup`, and keep the damaged file
error-audit_broken = { $how ->
        [altered] the audit log is broken: entry { $entry } was altered
        [missing] the audit log is broken: entry { $entry } is missing
        [remark] the audit log is broken: the reason that belongs to entry { $entry } was altered
        [subject] the audit log is broken: the account holder of entry { $entry } was changed
        [anchor] the audit log is broken: entry { $entry } does not match the anchor
       *[head] the audit log is broken: its end mark was changed and now points to entry { $entry }
    }
error-audit_broken-hint = a program other than ssd has changed the store at { $store }: keep the file as it is, and compare it with the last copy made by `ssd store backup`
error-state_differs = { $how ->
        [changed] a row of table { $table } differs from the audit log
        [missing] a row of table { $table } is missing, but the audit log has it
       *[unexplained] no audit entry explains a row of table { $table }
    }{ $niss ->
        [none] {""}
       *[other] , NISS { $niss }
    }{ $entry ->
        [none] {""}
       *[other] , last entry { $entry }
    }{ $others ->
        [0] {""}
       *[other] {" "}(further differences: { $others })
    }
error-state_differs-hint = a program other than ssd has changed the store at { $store }: keep the file as it is, and compare it with the last copy made by `ssd store backup`
error-store_unreleased = the store at { $store } was made by an unreleased build of ssd, and its tables differ from those of this version
error-store_unreleased-hint = make a new store with `ssd init`, or open this one with the build that made it
error-store_newer = the store at { $store } has version { $theirs }; this program supports versions up to { $ours }
error-store_newer-hint = use the newer version of ssd that wrote the store
error-key_missing = cannot read the key of the store at { $store } from { $key }: { $detail }
error-key_missing-hint = put the key file back beside the store, named as the store with `.key` added, or name it with `--key-file` or in SSD_KEY_FILE
error-key_wrong = the key in { $key } does not open { $store }: it belongs to another store, or it was replaced
error-key_wrong-backup-hint = name the key file of the time of the backup with --backup-key; each `ssd store rekey` has replaced it
error-key_missing-backup-hint = name the key file of the time of the backup with --backup-key
error-store_foreign-backup-hint = name a file that `ssd store backup` made
error-store_damaged-backup-hint = use another backup; nothing was changed
error-audit_broken-backup-hint = a program other than ssd has changed this backup: use another one; nothing was changed
error-state_differs-backup-hint = a program other than ssd has changed this backup: use another one; nothing was changed
error-key_wrong-hint = put the store's own key file beside it, named as the store with `.key` added, or name it with `--key-file` or in SSD_KEY_FILE
error-store_error = the store at { $store } failed: { $detail }
error-store_error-hint = try again; the failed step changed nothing. If it fails again, run `ssd store check`
error-no_resources = the system has no more memory, threads or open files: { $detail }
error-no_resources-hint = end other programs or raise the limit (`ulimit -a`), and try again; the failed step changed nothing
error-no_randomness = the system provides no random values: { $detail }
error-no_randomness-hint = nothing was changed; try again
error-answer_lost = the result is stored, but the reply could not be written: { $detail }
error-answer_lost-request-hint = do not repeat the command yet: `ssd why { $request }` shows what was decided, and `ssd account show NISS` shows the account
error-answer_lost-command-hint = do not repeat the command yet: check its effect with `ssd store info`, `ssd audit list` or `ssd account show NISS`
error-answer_lost-replies-hint = free some disk space and run the batch again with `--resume`: it writes the missing replies and executes no line twice
error-answer_lost-stream-hint = lines without a reply may be done: `ssd audit list` shows them; with `--out`, a batch loses no reply
error-failed-lines-lost = every line with a reply is answered, but the failed lines could not be written: { $detail }
error-answer_lost-failed_lines-hint = with `--out`, run the batch again with `--resume`: it writes the file and executes no line twice; without it, the replies show the lines that are not done
error-record-lost = the command is done, but it could not be recorded: { $detail }
error-answer_lost-recording-hint = the reply is valid, but the recording lacks this command: begin a new recording
error-closed = standard output was closed
error-interrupted = interrupted
error-interrupted-hint = nothing was sent
stopped-sitting = interrupted
stopped-sitting-hint = completed steps are saved; to continue later: { $later }
stopped-import-unread = interrupted: nothing was loaded
stopped-import-unread-hint = run the same command again
stopped-import = interrupted: { $loaded } of { $good } rows were loaded
stopped-import-hint = run the same command again: the loaded rows stay, and the other rows are added
error-bug = this is a bug in ssd: { $detail }
error-bug-hint = please report it with the command that you ran; `ssd audit list` shows whether the request was done

### conformance: the requirements of the standards, and the reasons for known deviations

conform-registry-encrypted = personal data is encrypted at rest
conform-registry-encrypted-reason = identity checks compare registered data, and operators read it; file permissions and an encrypted file system protect it (`ssd help security`)
conform-datum = a failed identity check has one answer, for an unknown NISS, a deceased holder or any wrong field, whatever the account's state
conform-deceased = a holder recorded as deceased passes no identity check and loses the account
conform-enrolment-digits = a confirmation code has 6 digits or more
conform-confirmation-validity = a confirmation code is valid for 10 minutes by SMS and 24 hours by e-mail, and not a second longer
conform-contact-digits = a code that confirms a contact has 6 digits or more
conform-contact-once = a code that confirms a contact works once
conform-proofed = the notice of a completed identity check goes to a validated address, never to a typed one
conform-least-nist = a password used alone has 15 code points or more (profile nist)
conform-least-default = a password used alone has 15 code points or more (default profile)
conform-least-second = a password used with a second factor has 8 code points or more
conform-longest = passwords of 64 code points are allowed, and of up to 256
conform-every-character = every character of a password is compared; none is cut off
conform-normal = a password is normalised before hashing: NFC and NFD are equal
conform-no-kinds = no composition rule (profile nist)
conform-kinds = no composition rule (default profile)
conform-no-change = no periodic password change
conform-no-hints = no hint and no security question
conform-common = common and leaked passwords are refused
conform-context = passwords based on the holder's own data are refused
conform-service = passwords based on the service's name are refused
conform-weak-explained = a refused password gets a reason and advice, and uses up no code
conform-memory-hard = passwords are hashed with a memory-hard function
conform-salt = the salt has 32 bits or more and differs for each password
conform-beside = the scheme and the cost are stored with the hash
conform-keyed-hash = the last step of the hash uses a secret key, stored apart
conform-digits = an out-of-band code has 6 digits or more
conform-once = an out-of-band code works once
conform-cmd-code = a temporary code of Chave Móvel Digital has 6 digits or more, works once, and is valid for 10 minutes at most
conform-ten-minutes = an out-of-band code is valid for 10 minutes and not a second longer
conform-attempts = a code is invalid after 5 wrong attempts
conform-no-login = no code for confirmation, activation or recovery opens a session
conform-login-digits = a login code has 6 digits or more
conform-login-once = a login code works once, and only together with the password
conform-login-code-validity = a login code is valid for 10 minutes at most and not a second longer than the policy setting
conform-login-attempts = a login code is invalid after 5 wrong attempts
conform-sms-alone = e-mail is not a login factor (login.second_factor sms)
conform-by-email = e-mail is not a login factor (login.second_factor on)
conform-hundred = after 100 failed logins in a row the password is invalid until recovery or reset
conform-unlocked = unlocking by an operator does not reset the failure count
conform-new-code = a new code does not reset the failure count
conform-letter-failures = a code sent by letter allows at most 100 failures in a row
conform-phone-code-failures = failures in a row block the security code of the phone line, and the block does not expire
conform-cmd-failures = failures in a row block the PIN and temporary codes of Chave Móvel Digital for a time; a new code resets no count
conform-recovery-sms = a recovery code by SMS is valid for 10 minutes
conform-recovery-email = a recovery code by e-mail is valid for 24 hours
conform-letter-validity = a code by letter is valid for 21 days
conform-letter-abroad-validity = a code by letter to another country is valid for 30 days
conform-proofing = recovery needs a new identity check and the code
conform-recovered = all addresses are notified of a recovery, with instructions to object
conform-bound-notified = all addresses are notified of a newly bound authenticator, with instructions to object
conform-session-duration = a session ends after 24 hours at most, whatever its use
conform-session-idle = a session ends after 1 hour at most without use
conform-eight = a password has 8 characters or more, in every profile
conform-most-common = the 3,000 most common passwords are refused (a sample)
conform-sixty-four = passwords of 64 characters are allowed
conform-credentials = the holder is notified of changed credentials
conform-contacts = every registered contact and the old one are notified of changed and removed contacts
conform-locked = the holder is notified of too many failed logins
conform-oracle-register = registration does not reveal whether an account exists, by its answers or its limits
conform-oracle-recover = recovery does not reveal whether an account exists, by its answers or its limits
conform-oracle-login = login does not reveal whether an account exists, by its answers or its limits
conform-oracle-second-factor = a required second factor reveals nothing to a person without the password
conform-oracle-activate = activation does not reveal whether a code was sent, by its answers or its limits
conform-oracle-recover-confirm = the last step of a recovery does not reveal whether a code was sent, by its answers or its limits
conform-oracle-phone-code = the phone line does not reveal whether a security code exists, by its answers or its limits
conform-oracle-phone-line = a call does not reveal whether a security code exists, by its answers or its limits
conform-login-time = a login takes the same time whether or not an account exists
conform-code-time = setting a password by code takes the same time whether or not an account exists
conform-activation-code = activation codes are random, valid for a short time, and never become the password
conform-operators = an operator can start a reset but never chooses a password
conform-stale = a used, replaced or expired code does not work
conform-keyed = secrets of low entropy are stored as keyed hashes, never in clear text
conform-generator = codes come from a cryptographic random generator
conform-twenty-bits = a code has 20 bits of entropy or more; 6 random digits count as 20 bits
conform-ten-minutes-for-all = every out-of-band code is valid for 10 minutes at most
conform-bound = a code is bound to its request: its holder and its purpose
conform-cmd-bound = a temporary code of Chave Móvel Digital is bound to its holder, PIN and purpose
conform-attempts-limited = attempts on a code are limited
conform-resend = requests for another code are limited
conform-identity = attempts at an identity check are limited, across all procedures together
conform-token = a session token has 128 secret bits or more
conform-no-token = a token without its secret part opens nothing
conform-call-token = a call token has 128 secret bits or more
conform-new-token = each login makes a new token
conform-ended = logout, closure, suspension, reset, recovery and a password change end sessions
conform-call-ended = closure, suspension, reset, a new security code and the time limit end a call
conform-fresh = contacts and the security code change only within 10 minutes of a login
conform-compared = the time of a secret's comparison reveals nothing: keyed hashes are compared
conform-authenticated = encrypted data are authenticated and bound to their purpose
conform-nonces = no nonce is used twice
conform-unguessable = values that must not be guessed have 128 random bits or more
conform-who-what-when = each audit entry records who did what, about whom and when, in UTC
conform-no-secret = the audit log holds no secret and no typed field
conform-failures = the audit log also records failures, with their reason
conform-forged = no input can forge an audit entry
conform-unalterable = audit entries cannot be altered or removed
conform-generic = the message about a malformed value does not repeat the value
conform-closed = a failure part-way changes nothing
conform-cost = argon2id with 19 MiB, t=2, p=1, or an equivalent
conform-quick = a login takes less than a second
conform-renewed = a login rehashes the password when the costs have changed
conform-one-answer = every failed proof of identity gets the same answer
conform-one-time = every failed proof of identity takes the same time
conform-single-use = a recovery code works once, and an older one does not work
conform-unchanged = nothing about the account changes before a correct code
conform-notified-after = the holder is notified afterwards
conform-destination = a recovery code goes only to its destination
conform-no-session = a recovery opens no session
conform-least-default-reason = RCM 41/2018 requires 9 characters of three kinds in public administration; `ssd policy set password.profile nist` requires 15
conform-kinds-reason = RCM 41/2018 requires three kinds of characters in public administration; the profile nist requires none
conform-by-email-reason = the service itself sends the second factor by SMS or e-mail; `ssd policy set login.second_factor sms` excludes e-mail
conform-letter-failures-reason = a per-code limit would let a stranger invalidate a letter in transit; ten guesses an hour for 21 days succeed once in five million cases (20^8 codes)
conform-ten-minutes-for-all-reason = codes by e-mail and letter activate and recover but open no session; for those 63B 4.2.1.2 allows 24 hours, 21 days and 30 days
conform-not-run-reason = the check made no observation

### help

help = ssd: the account procedures of Segurança Social Direta (Social Security Online Service) on the command line
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
help-more = `ssd COMMAND --help` describes a command. On a terminal, ssd asks for missing values.
    Exit codes: 0 done, 1 refused or not as expected, 2 bad command line or value, 3 store missing, busy or full, 4 store
    damaged or foreign, 5 some rows or lines rejected, 101 a bug, 130 Ctrl-C.
help-init = create a store
help-init-more = Only a sandbox has a clock that `ssd clock` moves, and codes that repeat for the same seed.
help-register = request an account
help-register-more = In the portal procedure (the default), a citizen gives NISS and date of birth; a company gives NISS and NIF. The code is
    sent to a registered contact. The classic procedure needs the full identification and typed contacts. A citizen gives
    --name, --birth-date, --civil-id and --nif; a company gives --name, --nif and --responsible. Both give --email, --mobile
    or both. Chave Móvel Digital (--procedure cmd) takes two calls: first the PIN, then the PIN with --code and --consent.
    The account is then active at once, without a password.
help-activate = set the first password with the code
help-login = open a session: SSD_SESSION=$(... | ssd login NISS --password-stdin)
help-login-more = If the policy requires a second factor (login.second_factor), the first call sends a code and prints no session. The
    second call, with the same password and --code, opens the session. Chave Móvel Digital (--method cmd) also takes two
    calls. The first, with the PIN, sends a temporary code to its mobile. The second, with PIN, --code and --consent, opens
    the session.
help-logout = end the session in SSD_SESSION
help-recover = set a new password when the old one is lost
help-recover-request = request a code
help-recover-confirm = set the new password with the code
help-password = change the password
help-password-change = change the password of the session's holder
help-password-change-more = Standard input or the file has two lines: the current password, then the new one. An account opened with Chave Móvel
    Digital has no password yet: give only the new one, soon after a login.
help-contacts = show, change, confirm and remove contacts
help-contacts-show = show the contacts and their proposed changes
help-contacts-update = propose other contacts; a code is sent to each e-mail address and mobile
help-contacts-confirm = confirm a contact with a code; without a code, send one
help-contacts-remove = remove contacts
help-alerts = choose how to receive alerts, and send them
help-alerts-set = choose how to receive alerts
help-alerts-send = send alerts to holders from a file, one reply per line (for operators)
help-alerts-send-more = CSV with a header, or one JSON object per line: niss kind about decision amount paid_on, and an optional id. A decision
    (kind decision) needs "about" and "decision" (granted or refused). A benefit needs "about" and may have "amount". A
    payment needs "about", "amount" (540.00 or 540,00, a string in JSON) and "paid_on". Each alert goes to the holder's inbox
    (`ssd messages`) and to the channel that the holder has chosen. The command is a batch: see `ssd batch --help` for --out
    and --resume.
help-messages = read the inbox: decisions, benefits, payments
help-messages-list = list the messages of the inbox, oldest first; `--kind payment` lists payments with dates and amounts
help-messages-calendar = write the payments to a calendar file
help-messages-calendar-more = Calendar programs import the file (RFC 5545). Each payment is an event of its day. A later export has the same events and
    the new ones, so an import adds only these. The payments do not count as read.
help-messages-show = show a message of the inbox and mark it as read
help-profile = show the holder's own data
help-profile-show = show the holder's identification and contacts, masked
help-second-factor = log in where a code is required and no contact is confirmed
help-second-factor-enrol = confirm who you are and get a code to log in and confirm a contact
help-session = list and end the holder's sessions
help-session-list = list the open sessions, oldest first
help-session-end = end a session by its ID, or all others
help-phone-code = manage the security code for the Social Security Line, six digits
help-phone-code-remove = remove the security code
help-phone-code-set = create a security code; it is shown once
help-phone-code-change = replace the security code
help-phone-code-verify = check the digits typed on the phone line
help-phone-line = identify a caller on the phone line by NISS, then six digits; prints the call's token, for SSD_CALL
help-phone-line-more = With --code-stdin and no NISS, standard input has two lines: the NISS, then the digits. On a terminal, wrong digits can be
    typed again until they are right or the code is blocked. `ssd phone-code verify` has the same rule and counters.
help-phone-line-payments = list the payments of the caller who is on the line
help-phone-line-whoami = show the caller who is on the line
help-phone-line-whoami-more = The call's token is in SSD_CALL, or on a line of standard input. The call ends after phone_line.token.life, and when the
    security code or the account's state changes.
help-template = print a CSV form to fill in: of a registry, of alerts or of a batch
help-batch = process requests from a file, one reply per line
help-batch-more = A line is a JSON object: "op", the fields of that operation (`ssd schema`), and an optional "id", which its reply repeats.
    The file can also be CSV with a header, and one --op for all rows. A refused or malformed line gets its own reply and
    stops no other line. With --out, an interrupted batch continues with --resume: no line is done twice and no reply is
    missing. Replies to a pipe or a terminal may be lost, and that batch cannot be resumed.
    The refused and malformed lines can be written, in the form of the input and with their reasons, by --failed: correct
    them and run that file. No line is done twice under a name of --once, also in another run or after a crash.
help-batch-forget = forget the lines that were done under a name, so that they can be done again
help-registry = import and show registry records
help-registry-import = import records from CSV or JSON
help-registry-import-more = Columns, in any order, by header: niss kind status name birth_date civil_id_kind civil_id nif responsible email
    mobile telephone address postal_code locality country language. The columns niss, kind and name are required, and
    birth_date for a citizen. Rejected rows do not stop the valid ones.
help-registry-show = show the registry record of a holder
help-registry-list = list the registry records
help-registry-list-more = The rows are in the order of the NISS. A record has no time, so a page has the first rows. Outside a sandbox the
    reading is recorded in the audit log.
help-registry-find = find registry records by name, date of birth, number or e-mail address
help-registry-find-more = TEXT is one of these. Case, accents and punctuation do not count.
    - parts of a name: ana goncalves. Each word must occur in the name of the holder or of the person responsible.
    - a date of birth: 1984-03-22 or 22/03/1984
    - a part of a NISS, NIF, civil identification or telephone number, at least four characters: 912 000 001
    - a part of an e-mail address, with @ or a dot: ana@correio
    Outside a sandbox the search is recorded in the audit log, without TEXT.
help-registry-count = count the records
help-account = show accounts, and change them with a reason
help-account-show = show an account, its lockouts and the possible next commands
help-account-list = list the accounts
help-account-list-more = The rows are in the order of the NISS. A page has the accounts that were requested last; with --blocked, those whose
    lockout ends last; with --due, those whose code expires last.
    --blocked selects lockouts that last until a time or an unlock: identity, login, activation,
    recovery, contact_email, contact_mobile, login_code, phone_code, cmd_pin, cmd_code.
    A code that wrong attempts have exhausted is not one of them: a new code replaces it.
    --due selects accounts that wait for the holder or the post: a code was sent, is valid and was not used yet.
help-account-unlock = lift all lockouts of a holder
help-account-suspend = suspend an account
help-account-resume = lift a suspension
help-account-reset = reset an account to the state `requested` and send a new activation code
help-account-close = close an account
help-account-history = list what was done about a holder
help-account-timeline = show an account's timeline: requests, results and messages
help-account-timeline-more = ● done, × refused, · read by an operator, ◆ state, # code, → message, » letter dispatched, ■ lockout. With --html the
    timeline is one self-contained page, with a band of the account's states and the text of the messages. Only you can read
    the file. In a store other than a sandbox, codes are masked and the audit log records the reading.
help-account-export = print all data about a person as one JSON object
help-account-export-more = Codes in messages are masked. The export shows that passwords and codes exist, not their values. In a store other than a
    sandbox, the audit log records the reading.
help-account-erase = erase all data about a person
help-account-erase-more = The registry record, account, codes, sessions, messages and reasons given by operators are overwritten. The audit log
    records that a person was erased and why, not who it was: the reason must not identify the person. Not erased are copies
    of the store, reply and reject files, and the last replies of an interrupted batch until it is resumed.
help-outbox = read the messages that were sent
help-outbox-list = list the outbox messages
help-outbox-show = show an outbox message
help-outbox-code = print the newest code of a holder
help-outbox-wait = wait for a message and print its code, its body or the full message
help-outbox-wait-more = If such a message already exists, the newest is printed at once. The command waits in real time, in a sandbox too.
help-cmd = manage Chave Móvel Digital at the authentication provider
help-cmd-enrol = enrol a holder with the provider
help-cmd-enrol-more = Data that are not given are copied from the current registry record. Give other values to simulate a mismatch. A holder
    who is already enrolled is refused; run `ssd cmd revoke` first.
help-cmd-revoke = revoke an enrolment, with its open code and its block
help-outbox-print = print letters to a PDF and mark them as dispatched
help-outbox-print-more = A4 pages with the address in the window of a DL envelope, oldest letter first. An interrupted run marks no letter as
    dispatched: run it again. A letter whose code can no longer be used is not printed.
help-outbox-returned = record that the post returned letters
help-outbox-returned-more = The code in the letter is no longer valid, and the holder can request another one at once. The number of a letter is in
    its reference. Each letter is one request.
help-outbox-failed = record that e-mails or SMS were not delivered
help-outbox-failed-more = The code in the message is no longer valid, and the holder can request another one at once. Each message is one request.
help-outbox-export = export e-mails, one file per message
help-outbox-export-more = Each file is ID.eml (RFC 5322). An existing file is not changed.
help-audit = show who did what, and when
help-audit-list = list the audit entries
help-audit-list-more = Entries that match every given option are listed. --remark searches the reasons that operators gave: each word of TEXT
    must occur in them. Case, accents and punctuation do not count.
help-audit-verify = check that the audit log is unchanged
help-audit-verify-more = Every entry is chained to the previous one with the store's key. The first entry that does not match is reported (exit
    code 4). With --since, the check starts at an anchor. It then also detects last entries removed by somebody who has the
    key.
help-audit-head = print the anchor of the last entry, to be stored elsewhere
help-audit-export = print every entry as it is chained, one JSON object per line
help-audit-export-more = The export identifies a person by a random number, and an operator's reason by a keyed hash. You can keep it after the
    person is erased.
help-why = show which rule decided a request
help-why-more = The number of a request is `request` in its reply, and the first column of `ssd audit list`.
    Several numbers can be given. --batch REPLIES explains every line of a batch that was not done.
help-report = count registrations, activations, codes, refusals, lockouts and letters
help-report-more = The report has no personal data and adds no audit entry. `ssd help operators` defines each number. At a terminal it
    has small bars. With --html it is one self-contained page with plots. With --format csv each row has one number.
help-policy = show and change the service's limits and validity times
help-policy-show = show every policy setting
help-policy-set = change a policy setting
help-clock = show and move the time of a sandbox
help-clock-show = show the time in a sandbox
help-clock-advance = move a sandbox's clock forward by a time span
help-clock-set = move a sandbox's clock forward to a time
help-scenario = run and export scenarios: files of requests, each in its own sandbox
help-scenario-run = run files of requests, and show the differences from their expected replies
help-scenario-run-more = A line is a request, with the fields of the command's options as in a batch, and "expect", the expected reply. Five
    operations exist only in scenarios. "op":"init" has "seed" and "at", and is the first line. "registry" has "rows" or
    "file". "clock" has "advance" or "set". "message" has "niss", "purpose", "channel" and "count". "letters" has "pending",
    "niss", "since" and "limit", and prints no file. "//" is a comment. In "expect", [..] in a text matches any text.
help-scenario-export = export an account's history as a scenario
help-scenario-export-more = The scenario has the record, the clock changes, the requests and the replies, taken from the audit log. Run elsewhere, it
    leads to the same state. Passwords and wrong values are replaced by others with the same result. With --anonymise the
    holder's data are replaced too: another name, other valid numbers, contacts of the same form, no operator's reason.
help-conform = test the requirements of NIST SP 800-63-4 and OWASP ASVS 5.0
help-conform-more = Each requirement is tested at its limit, on the procedures themselves, in temporary sandboxes. Each line has a verdict:
    pass, fail, deviation (known, with its reason) or not_run. The command needs no store and changes none. Its exit code is
    1 if a requirement fails.
help-store = check, copy and describe the store
help-store-check = check every page and reference, the schema, the key, the sealed codes and the audit log, and compare the state with the log; wipe expired codes
help-store-backup = copy the store while other processes use it
help-store-restore = restore a store from a backup, with a new key file
help-store-restore-more = The backup is checked first, and is not changed. Sessions, calls and open codes end. With --replace, an existing store
    and its key file stay beside it, as STORE.old-TIME. An interrupted restore leaves the old store or the restored one: run it again.
help-store-rekey = replace the store's key file
help-store-clock-reset = make the system's time the store's, after a clock was ahead
help-store-info = describe the store
help-schema = print the JSON Schema of requests and replies
help-schema-more = Draft 2020-12. With `--json` the schema is in a reply, with its version. The program accepts slightly more than the
    schema allows.
help-state-hash = print one line that is equal for stores with the same visible content
help-state-hash-more = The hash covers the rows, the policy and a sandbox's clock. It does not cover random values (codes, keys, the seed) or
    the audit log. With --niss it covers only the rows of that holder.
help-demo = write sample files and show five commands to try
help-explain = show what a reason means, its cause and what to do
help-explain-more = The reason is the word in brackets: `refused[code_expired]`. Without a reason, all of them are shown.
help-terms = show the terms and conditions of the service
help-terms-more = It reads no store. The audit entry of a registration has the version that was accepted.
help-completions = print shell completions
help-completions-more = Bash: ssd completions bash > ~/.local/share/bash-completion/completions/ssd. Zsh: save the output as _ssd in a folder of
    $fpath. Fish: save it as ~/.config/fish/completions/ssd.fish. PowerShell: ssd completions powershell | Out-String |
    Invoke-Expression.
help-man = print the manual, or write its pages to a folder
help-help = list the topics and commands, or explain one
help-help-more = `ssd help TOPIC` shows a topic, `ssd help COMMAND` the options of a command.
help-group-topics = Topics
help-see-also = See also: { $topics }
topic-getting-started = install, first account, prompts
topic-operators = the operator's tour: registry, batches, letters, lockouts, audit log
topic-developers = reproduce a flow: clock, limits, timeline, causes of a reply
topic-testing = fixtures, assertions, waiting, test suites
topic-registry-files = columns, rejected rows, large imports
topic-batch-files = requests and alerts from a file
topic-scenarios = write, run, record and export scenarios
topic-letters = print letters, export e-mails
topic-json = keys, lists, tables and CSV
topic-reasons = why a request is refused, and what to do
topic-exit-codes = exit codes and kinds of errors
topic-environment = variables and the options they replace
topic-settings = limits, lifetimes, password rules
topic-security = what is protected, and what is not
topic-standards = requirements of NIST and OWASP, and the deviations
topic-guides = the service's guides, step by step; what is not simulated

man-name = Name
man-synopsis = Synopsis
man-description = Description
man-see-also = See also
man-usage-command = COMMAND [OPTIONS]
man-usage-options = [OPTIONS]

### names of values in usage lines

value-ADDRESS = ADDRESS
value-ANCHOR = ANCHOR
value-CHANNEL = CHANNEL
value-CODE = CODE
value-DATE = DATE
value-DIR = DIR
value-BACKUP = BACKUP
value-ENCODING = ENCODING
value-FILE = FILE
value-REPLIES = REPLIES
value-FORM = FORM
value-HOW = HOW
value-KEY = KEY
value-KIND = KIND
value-LANG = LANG
value-LINES = LINES
value-MAPPING = COLUMN=HEADER
value-METHOD = METHOD
value-NAME = NAME
value-NUMBER = NUMBER
value-OP = OP
value-OPERATION = OPERATION
value-OUTCOME = OUTCOME
value-PATH = PATH
value-PROCEDURE = PROCEDURE
value-PURPOSE = PURPOSE
value-REASON = REASON
value-REQUEST = REQUEST
value-SHELL = SHELL
value-SPAN = SPAN
value-STANDARD = STANDARD
value-STATE = STATE
value-STATUS = STATUS
value-CAUSE = CAUSE
value-STEP = STEP
value-STORE = STORE
value-TEXT = TEXT
value-TIME = TIME
value-TOPIC = TOPIC
value-TYPE = TYPE
value-VALUE = VALUE
value-WHAT = WHAT
value-WHEN = WHEN

arg-store = path of the store [SSD_STORE; ssd/store.db in the data folder]
arg-key_file = path of its key file [SSD_KEY_FILE; beside the store, its name and .key]
arg-json = print one JSON object on standard output, for refusals and errors too
arg-lang = language of the messages: en, pt [SSD_LANG; the locale]
arg-no_input = never ask for input, even on a terminal
arg-quiet = print only the result, refusals and errors
arg-format = lists as a table, or every result as CSV: table, csv [a table on a terminal]
arg-color = colours: auto (on a terminal), always, never
arg-yes = confirm the summary without asking
arg-niss = Social Security Identification Number: 11 digits
arg-account_type = citizen or company
arg-procedure = portal, classic or cmd [portal]
arg-birth_date = date of birth, YYYY-MM-DD (citizens)
arg-name = full name, or name of the company
arg-civil_id = civil identification number of any document (citizens)
arg-nif = tax identification number: 9 digits
arg-responsible = name of the person responsible (companies)
arg-email = e-mail address
arg-mobile = mobile number; nine digits are a Portuguese number, others need + and the country code
arg-telephone = telephone number, optional
arg-alerts = how to receive alerts: email, sms or none
arg-channel = channel of the code: email, sms or letter
arg-accept_terms = accept the terms and conditions, version { -terms-version } (to read them: ssd terms)
arg-until = check the request up to this step and change nothing: identity or channels
arg-activate-until = check the request up to this step and change nothing: code
arg-recover-request-procedure = identity check: classic or portal [classic]
arg-recover-confirm-until = check the request up to this step and change nothing: code
arg-code = the code in the message
arg-password_stdin = read the password from a line of standard input
arg-password_file = read the password from a line of this file
arg-method = password or cmd (Chave Móvel Digital) [password]
arg-pin_stdin = read the PIN of Chave Móvel Digital from a line of standard input
arg-pin_file = read the PIN of Chave Móvel Digital from a line of this file
arg-register-code = temporary code of Chave Móvel Digital; without it, one is sent
arg-login-code = code of the second factor, or temporary code of Chave Móvel Digital; without it, one is sent if required
arg-consent = allow the provider to pass on name, date of birth, civil identification, NIF and NISS
arg-cmd-enrol-mobile = mobile number for its codes, of any country
arg-cmd-enrol-name = full name [from the registry]
arg-cmd-enrol-birth_date = date of birth, YYYY-MM-DD [from the registry]
arg-cmd-enrol-civil_id = civil identification number [from the registry]
arg-cmd-enrol-nif = tax identification number [from the registry]
arg-without_niss = enrol without the NISS
arg-generate = generate the new digits and print them
arg-new_code_stdin = read the new digits from a line of standard input
arg-code_stdin = read the digits from a line of standard input
arg-call_stdin = read the call's token from a line of standard input
arg-reason = reason, for the audit log
arg-account-erase-reason = reason, for the audit log; it must not identify the person
arg-purpose = purpose: activation, recovery, contact_email, contact_mobile, login or cmd
arg-outbox-list-purpose = only messages of this purpose: activation, recovered, code_blocked and so on
arg-outbox-list-channel = only messages by this channel: email, sms or letter
arg-outbox-list-pending = only letters not yet printed
arg-outbox-list-status = only messages with this status: pending, dispatched, returned, failed or lost
arg-messages = numbers of the messages
arg-outbox-returned-niss = without a number: the newest letter to this holder
arg-outbox-returned-purpose = without a number: the purpose of the letter
arg-outbox-failed-niss = without a number: the newest e-mail or SMS to this holder
arg-outbox-failed-purpose = without a number: the purpose of the message
arg-outbox-failed-channel = without a number: email or sms
arg-outbox-failed-reason = why it was not delivered: bounced or undeliverable
arg-outbox-print-pending = only letters not yet printed
arg-template-out = write the form to this file
arg-outbox-print-out = the PDF file; written completely or not at all
arg-manifest = CSV file with one row per letter: page, pages, message, NISS, purpose, language, address and so on
arg-outbox-print-limit = at most this many letters: the oldest
arg-outbox-print-niss = only letters of this holder
arg-eml = folder for the files; created if missing
arg-outbox-export-limit = at most this many e-mails: the newest
arg-outbox-export-niss = only e-mails of this holder
arg-outbox-export-purpose = only e-mails of this purpose: activation, recovered, code_blocked and so on
arg-state = only accounts in this state: requested, active, suspended or closed
arg-limit = at most this many rows: the newest [50 in a table, elsewhere all]
arg-account-list-limit = at most this many rows: the newest [50 in a table, elsewhere all]
arg-registry-list-limit = at most this many rows: the first [50 in a table, elsewhere all]
arg-registry-find-limit = at most this many rows: the first [50 in a table, elsewhere all]
arg-messages-list-limit = at most this many rows: the newest
arg-all = all rows, in a table too
arg-count = print only the number of rows
arg-blocked = only accounts with a lockout, or with this one: identity, login, activation and so on
arg-due = only accounts with a valid code that was not used yet
arg-actor = only entries of this actor: the name in SSD_OPERATOR
arg-audit-list-op = only entries of this operation: login, account_unlock and so on
arg-outcome = only entries with this outcome: done or refused
arg-audit-list-reason = only refusals with this reason: login_failed, code_wrong and so on
arg-remark = only entries whose reason by an operator has these words
arg-text = part of a name, date of birth, number or e-mail address
arg-kind = only messages of this kind: decision, benefit or payment
arg-none = there is no e-mail and no mobile
arg-target = ID of the session, as `ssd session list` shows it
arg-others = all sessions except this one
arg-unread = only unread messages
arg-alerts-send-dry_run = run on a copy: show the replies and messages, change nothing
arg-since = only from this day or time on: 2026-03-02, 02/03/2026, today, yesterday, 7d (days ago) or 2026-03-02T09:00:00Z
arg-account-list-until = only up to this day or time, included, as for --since
arg-account-history-until = only up to this day or time, included, as for --since
arg-account-timeline-until = only up to this day or time, included, as for --since
arg-audit-list-until = only up to this day or time, included, as for --since
arg-messages-list-until = only up to this day or time, included, as for --since
arg-outbox-list-until = only up to this day or time, included, as for --since
arg-outbox-print-until = only up to this day or time, included, as for --since
arg-outbox-export-until = only up to this day or time, included, as for --since
arg-report-until = only up to this day or time, included, as for --since
arg-audit-verify-since = only from this anchor on
arg-request = number of the request
arg-why-batch = explain every line of this file of replies that was not done
arg-outbox-list-niss = only messages of this holder
arg-registry-list-niss = only the record of this holder
arg-account-list-niss = only the account of this holder
arg-audit-list-niss = only entries about this holder
arg-state-hash-niss = only the rows of this holder
arg-recover-request-channel = channel of the code: email or sms
arg-login-channel = channel of the second factor: email or sms [the mobile, if there is one]
arg-contacts-confirm-channel = channel of the contact: email or sms
arg-contacts-confirm-code = the code; without it, one is sent
arg-contacts-update-email = new e-mail address
arg-contacts-update-mobile = new mobile number, of any country
arg-contacts-update-telephone = new telephone number
arg-contacts-remove-email = the e-mail address
arg-contacts-remove-mobile = the mobile number
arg-contacts-remove-telephone = the telephone number
arg-message = number of the message
arg-outbox-wait-purpose = only messages of this purpose: activation, recovered, code_blocked and so on
arg-timeout = longest wait: 90s, 10m; 0s does not wait [5s]
arg-print = what to print: code, body or json, the same as --json [code]
arg-key = the policy setting
arg-value = the new value
arg-advance = time span: 90s, 10m, 24h, 8d, or working days, 8wd
arg-time = new time: 2026-03-02T09:00:00Z
arg-sandbox = create a sandbox: its clock is moved by command, and its codes repeat
arg-seed = seed of the sandbox's random values [0]
arg-at = time in the sandbox [2026-01-05T09:00:00Z]
arg-file = the file; - is standard input
arg-files = the scenarios; - is standard input
arg-standard = only requirements of one: nist (63A, 63B) or asvs (ASVS, cheat sheets)
arg-junit = write a JUnit report to this file
arg-anonymise = replace the holder's data with invented data
arg-keep = save the sandbox at this path; needs a single FILE
arg-ics = write the calendar to this file
arg-html = write one self-contained page to this file
arg-backup = backup made by `ssd store backup`
arg-backup_key = key file of the time of the backup [BACKUP.key, else the store's]
arg-replace = replace an existing store, and keep it beside the restored one
arg-store-backup-file = file to copy to; it must not exist yet
arg-out = write the replies to this file
arg-op = read the file as CSV, with this operation for every row
arg-jobs = at most this many threads hash passwords [as many as there are cores]
arg-group = at most this many lines per transaction [1000]
arg-batch-dry_run = run on a copy: show the replies and messages, change nothing
arg-stop_on_refusal = stop at the first line that is not done
arg-resume = continue a batch that was cut short
arg-failed = write the lines that are not done to this file
arg-once = do no line twice under this name; each line needs an `id`
arg-batch-forget-name = the name given to `--once`
arg-explained = the reason; without one, all of them
arg-shell = bash, zsh, fish or powershell
arg-topic = a topic, or the words of a command
arg-template = `registry`, `alerts`, or an operation of batches, such as `register`
arg-demo_folder = folder for the files [default: ssd-demo]
arg-folder = folder for the pages; without it, the page of `ssd` itself is printed
arg-rejects = write rejected rows to this file: a name ending in .csv for rows to correct, else one JSON object per fault
arg-encoding = auto, utf-8, windows-1252 or utf-16 [auto: by the byte-order mark, else UTF-8]
arg-map = the header of a column, if its name is not recognised; repeatable
arg-ignore_unknown = leave out unknown columns, and name them
arg-dry_run = check every row, load none

### refusals, hints and messages follow

### refusals: the text after "refused[reason]: "

refused-terms_not_accepted = the terms and conditions of the service were not accepted
refused-not_confirmed = the summary was not confirmed; nothing was sent
refused-account_type_mismatch = this holder cannot have an account of that type
refused-account_type_mismatch-alerts = alerts by e-mail or SMS are only for citizens
refused-identity_mismatch = the data do not match the records of Social Security
refused-identity_blocked = too many identity checks failed for this NISS; they are blocked until { $retry_at }
refused-already_registered = there is already an active account
refused-no_account = there is no account to recover
refused-no_account-operator = there is no account for this NISS
refused-no_account-login = there is no account to log in to
refused-not_active = the account is not active
refused-suspended = the account is suspended
refused-closed = the account is closed
refused-channel_unavailable = no code can be sent by this channel; available channels: { $channels }
refused-no_channel = no code can be sent to this holder: there is no usable contact or address
refused-no_channel-reset = no registered contact and no address can receive a code
refused-too_soon = the last code may still be on its way; another can be requested from { $retry_at }
refused-too_many_codes = too many codes were requested; another can be requested from { $retry_at }
refused-no_code = no such code was ever sent to this holder
refused-no_code-wiped = no such code is left: the codes sent to this holder were used, replaced or have expired, and were wiped
refused-no_code-waited = no such code was sent to this holder within { $timeout }
refused-code_wrong = wrong code
refused-code_expired = the code expired on { $expired_at }
refused-code_used = the code was already used
refused-code_superseded = the code was replaced by a newer one, or invalidated since
refused-code_blocked = too many wrong codes were typed; codes are blocked until { $retry_at }
refused-code_blocked-dead = too many wrong codes were typed; this code can no longer be used
refused-password_weak-short = the password is too short
refused-password_weak-classes = the password has too few kinds of characters
refused-password_weak-common = the password is one of the most common ones
refused-password_weak-guessable = the password is too easy to guess
refused-password_weak-personal = the password is too easy to guess for somebody who knows you
refused-password_repeated = the new password is the same as the current one
refused-login_failed = could not log in with this NISS and password
refused-login_locked = too many logins have failed; logins are locked until { $retry_at }
refused-login_locked-dead = too many logins have failed; this password can no longer be used
refused-enrolment_required = a code is required to log in, and no contact is confirmed to receive it
refused-enrolment_not_required = you can log in without this request
refused-last_contact = this is the last confirmed contact for the codes to log in
refused-login_required-enrolment = this session is only for confirming a contact
refused-login_required = there is no session
refused-login_required-ended = the session has ended
refused-login_required-stale = the last login is too long ago for this request
refused-contact_unchanged = this is already the registered { $kind ->
    [email] e-mail address
    [mobile] mobile
   *[telephone] telephone
  }
refused-contact_unchanged-registered = there is a registered { $kind ->
    [email] e-mail address
   *[mobile] mobile
  }
refused-contact_unchanged-absent = there is no { $kind ->
    [email] e-mail address
    [mobile] mobile
   *[telephone] telephone
  } to remove
refused-nothing_to_confirm = no contact of this kind is waiting for confirmation
refused-phone_code_missing = there is no security code yet
refused-phone_code_exists = there is already a security code
refused-phone_code_trivial = these digits are too easy to guess
refused-phone_code_unchanged = these digits are the current security code
refused-phone_code_wrong = wrong security code
refused-phone_code_blocked = too many wrong security codes were typed; the code is blocked until it is changed or unlocked
refused-phone_code_blocked-dead = too many wrong security codes were typed; this code can no longer be used
refused-cmd_not_enrolled = the authentication provider has no Chave Móvel Digital for this holder
refused-cmd_enrolled = the authentication provider already has a Chave Móvel Digital for this holder
refused-cmd_pin_wrong = wrong PIN
refused-cmd_code_wrong = wrong temporary code
refused-cmd_code_expired = the temporary code expired on { $expired_at }
refused-cmd_blocked = too many wrong PINs or temporary codes were typed; Chave Móvel Digital is blocked until { $retry_at }
refused-cmd_blocked-dead = too many wrong PINs or temporary codes were typed; this Chave Móvel Digital can no longer be used
refused-consent_refused = consent to pass on the data was not given
refused-call_required = there is no identified caller on the line
refused-sandbox_only-dry_run = a dry run in this store checks and shows no code, PIN, password or token
refused-sandbox_only-outbox = only a sandbox accepts a stand-in (@outbox) for a code
refused-sandbox_only = only a sandbox has a seed and a clock that can be moved
refused-real_only-clock = a sandbox has its own clock, which does not follow the system's
refused-real_only = a sandbox has no key file: its key is derived from its seed
refused-clock_backwards = the clock only moves forward, and it is already { $now }
refused-not_in_registry = the registry has no record of this NISS
refused-holder_inactive = according to the registry, this holder has died or, as a company, no longer exists
refused-not_suspended = the account is not suspended
refused-no_session = there is no open session with this ID
refused-no_message = there is no message { $id }
refused-no_message-sent = no such message was sent to this holder
refused-no_message-waited = no such message was sent to this holder within { $timeout }
refused-not_dispatched = message { $id } was not sent yet
refused-delivery_recorded = message { $id } already has a delivery result, since { $at }
refused-channel_mismatch-letter = message { $id } is a letter, and a letter is returned by the post
refused-channel_mismatch = message { $id } is an e-mail or SMS, and only letters are returned by the post
refused-no_request = the audit log has no entry { $id }
refused-explained = for an explanation: ssd explain { $reason }

### hints: the next possible step

hint-wait = wait until { $retry_at }
hint-wait-or-call = wait until { $retry_at }, or call the Social Security Line: { -line-numbers }, { -line-hours }
hint-wait-or-recover = wait until { $retry_at }, or set a new password by recovery (ssd recover request), which lifts the lock
hint-call = call the Social Security Line: { -line-numbers }, { -line-hours }
hint-check-or-call = check what you typed; if it is right, call the Social Security Line: { -line-numbers }, { -line-hours }
hint-accept-terms = read the terms and conditions (ssd terms), and add --accept-terms if you agree
hint-account-type = use --account-type { $account_type }
hint-channels = choose another channel: { $options }
hint-use-code-or-wait = use the code that was sent, or wait until { $until }
hint-wait-until = wait until { $until }
hint-newest-code = use the code that was sent last
hint-check-code = check the message, and use the code that was sent last; if there is none, request one
hint-another-code = request another code, { $wait } after the last one at the earliest
hint-another-code-now = request another code: { $command }
hint-another-code-later = another code can be requested from { $until }: { $command }
hint-log-in = log in: ssd login { $niss } --password-stdin
hint-enrol-second-factor = request a code: ssd second-factor enrol { $niss } --password-stdin
hint-log-in-cmd = log in: ssd login { $niss } --method cmd --pin-stdin
hint-log-in-later = you can log in again from { $until }
hint-log-in-first = log in: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION
hint-recover = set a new password: { $command }
hint-new-password = set a new password by recovery (ssd recover request), or call the Social Security Line: { -line-numbers }
hint-check-login = check the NISS and the password; to replace a lost password: ssd recover request
hint-register = request an account: ssd register
hint-password-longer = use at least { $least } characters; several words in a row work well
hint-password-classes = use three of these kinds: lower-case letters, upper-case letters, digits, other characters
hint-password-uncommon = use a less common password, for example several unrelated words
hint-password-words = use several unrelated words, or more characters
hint-password-stranger = do not use your own names, dates, numbers or contacts
hint-other-password = use another password
hint-confirm-as-it-stands = to confirm it unchanged: ssd contacts confirm --channel { $channel }
hint-update-contacts = propose a contact first: ssd contacts update
hint-change-phone-code = change it: ssd phone-code change --generate
hint-set-phone-code = create one: ssd phone-code set
hint-other-digits = choose other digits, or have them generated: ssd phone-code change --generate
hint-check-phone-code = type the six digits again; the holder can change them (ssd phone-code change)
hint-phone-code-blocked = the holder changes it (ssd phone-code change), or an operator unlocks it (ssd account unlock)
hint-cmd-enrol = enrol the holder with the provider: ssd cmd enrol
hint-cmd-revoke = revoke it first: ssd cmd revoke { $niss }
hint-cmd-pin = type the PIN again; too many wrong PINs in a row block it
hint-cmd-code = use the code that was sent last; to request another, run the same command without --code
hint-cmd-another-code = request another: run the same command without --code
hint-cmd-another-code-later = another can be requested from { $until }: run the same command without --code
hint-cmd-blocked = wait until { $retry_at }, or have an operator unlock it (ssd account unlock)
hint-cmd-disabled = have an operator revoke it and enrol the holder again: ssd cmd revoke, ssd cmd enrol
hint-consent = add --consent if you agree; the code stays valid until { $until }
hint-register-cmd = request an account: { $command }
hint-activate = activate it with the code that was sent: ssd activate { $niss }
hint-identify-caller = identify the caller: SSD_CALL=$(ssd phone-line NISS --code-stdin); export SSD_CALL
hint-sandbox-of-registry = create a sandbox of the same people: ssd --store FILE init --sandbox, then ssd --store FILE registry import REGISTRY
hint-sandbox = create a sandbox: ssd --store FILE init --sandbox
hint-outbox-list = list the messages: ssd outbox list
hint-print-letters = print it first: ssd outbox print --pending --out letters.pdf
hint-record-returned = record its return: ssd outbox returned { $id }
hint-record-failed = record its failure: ssd outbox failed { $id } --reason bounced
hint-session-list = list the sessions: ssd session list
hint-messages-list = list the messages: ssd messages list
hint-audit-list = list the entries: ssd audit list
hint-nothing-stored = there are no data for this NISS: check for a typing mistake
hint-real = create a store other than a sandbox: ssd --store FILE init
hint-code-wiped = request another, depending on the code's purpose: ssd register, ssd recover request or ssd contacts confirm
hint-no-code = see what was sent: ssd outbox list --niss NISS
hint-look = see its state: ssd account show { $niss }
hint-look-up = see the registry record: ssd registry show { $niss }
hint-import = import the updated record: ssd registry import FILE
hint-later-sandbox = create another sandbox at an earlier time: ssd --store FILE init --sandbox --at TIME
hint-remove-contact = remove it first: ssd contacts remove --{ $kind }
hint-see-contacts = see the contacts: ssd contacts show
hint-resume = to lift the suspension: ssd account resume { $niss } --reason TEXT
hint-reset = to open the account again: ssd account reset { $niss } --reason TEXT

### the terms of the service: their version, which `domain/terms.rs` has too, and `ssd terms` in Markdown

-terms-version = 2026-11
terms =
    # Terms and conditions of Segurança Social Direta

    Version { -terms-version }

    These terms apply to an account at Segurança Social Direta (Social Security Online Service).

    - The account belongs to its holder. A company decides who uses its account.
    - Give true data, and keep your contacts up to date and confirmed.
    - Keep your password and your codes secret. Segurança Social never asks for them.
    - Codes and notices go to the contacts or the address registered with Social Security.
    - If you think that somebody else uses your account, change your password and call the Social Security Line: { -line-numbers }, { -line-hours }. The number from abroad is { -line-number-abroad }.
    - Your data are used only for your account and for what you ask of Segurança Social. You can ask for a copy, or for a correction.
    - An account that is misused can be suspended or closed. You can have your account closed at any time.
    - Each registration records the version of the terms that was accepted.

    This is the text of this program. The terms in force are published by Segurança Social.

### the Social Security Line: its numbers and hours. In a message that leaves Portugal, $abroad is yes

-line-number = 210 545 400
-line-number-abroad = +351 { -line-number }
-line-numbers = { -line-number } or 300 502 502
-line-hours = working days 9:00-18:00
customer-number = { $abroad ->
        [yes] { -line-number-abroad }
       *[no] { -line-number }
    }
lisbon-time = { $abroad ->
        [yes] {" (Lisbon time)"}
       *[no] {""}
    }
customer-line = { $abroad ->
        [yes] Social Security Line: { -line-number-abroad }, { -line-hours } (Lisbon time)
       *[no] Social Security Line: { -line-numbers }, { -line-hours }
    }

### messages to holders: no links, no request for a code or a password; an SMS has at most 160 characters of GSM 03.38

message-greeting = { $holder ->
        [company] { $name }
            Dear Sir or Madam,
        [company-by-letter] Dear Sir or Madam,
        [nobody] Dear Sir or Madam,
       *[citizen] Dear { $name },
    }
message-closing = Kind regards,
    Segurança Social

    This is an automatic message. Please do not reply. We never ask for your password or your verification codes by e-mail, SMS or telephone.
    { customer-line }.
message-closing-letter = Kind regards,
    Segurança Social

    This letter needs no reply. We never ask for your password or your verification codes by e-mail, SMS or telephone.
    { customer-line }.

letter-head = SEGURANÇA SOCIAL
letter-head-service = Segurança Social Direta
letter-sender = From: { $sender }, Portugal
letter-reference = Our reference: SSD/{ $year }/{ $id }
letter-niss = NISS: { $niss }
letter-number = Letter no. { $id }
letters-title = Letters

message-activation-subject = Your code to activate your account
message-activation = A request for access to Segurança Social Direta (Social Security Online Service) was received in your name.

    Your verification code: { $code }

    Choose "Ativar conta" (Activate account), enter your NISS and this code, and set your password. The code is valid until { $expires_at }{ lisbon-time } and can be used only once. Do not share it with anyone. If you did not request it, call the Social Security Line.
message-activation-letter = A request for access to Segurança Social Direta (Social Security Online Service) was received in your name.

    Your verification code: { $code }

    To activate your account at Segurança Social Direta:
    1. Choose "Ativar conta" (Activate account).
    2. Enter your NISS.
    3. Enter this verification code and confirm it. Then set your password.

    The code is valid up to and including { $expires_on } and can be used only once. Do not share it with anyone. If you did not request it, call the Social Security Line.
message-activation-sms = Seguranca Social Direta: activation code { $code }, valid until { $expires_at }. Do not share it. If you did not request it, call { customer-number }.
message-activation-reset-subject = Your code to activate your account again
message-activation-reset = Your account at Segurança Social Direta (Social Security Online Service) was reset by Social Security. To use it again, activate it with this code.

    Your verification code: { $code }

    Choose "Ativar conta" (Activate account), enter your NISS and this code, and set a new password. The code is valid until { $expires_at }{ lisbon-time } and can be used only once. Do not share it with anyone. If you have questions, call the Social Security Line.
message-activation-reset-letter = Your account at Segurança Social Direta (Social Security Online Service) was reset by Social Security. To use it again, activate it with this code.

    Your verification code: { $code }

    To activate your account at Segurança Social Direta:
    1. Choose "Ativar conta" (Activate account).
    2. Enter your NISS.
    3. Enter this verification code and confirm it. Then set a new password.

    The code is valid up to and including { $expires_on } and can be used only once. Do not share it with anyone. If you have questions, call the Social Security Line.
message-activation-reset-sms = Seguranca Social Direta: your account was reset. Code to activate it again: { $code }, valid until { $expires_at }. Do not share it.

message-recovery-subject = Your code to set a new password
message-recovery = A new password was requested for your account at Segurança Social Direta.

    Your verification code: { $code }

    Enter this code where you requested it, and set your new password. It is valid until { $expires_at }{ lisbon-time } and can be used only once. Until it is used, nothing changes in your account. Do not share it with anyone. If you did not request it, call the Social Security Line.
message-recovery-sms = Seguranca Social Direta: code { $code } for a new password, valid until { $expires_at }. Do not share it. Not your request? Call { customer-number }.

message-contact_email-subject = Confirm this e-mail address
message-contact_email = This e-mail address was given as a contact at Segurança Social Direta.

    Your verification code: { $code }

    Use it to confirm the address. It is valid until { $expires_at }{ lisbon-time } and can be used only once. Do not share it with anyone. If you did not request it, ignore this message.
message-contact_mobile-sms = Seguranca Social Direta: code { $code } to confirm this mobile number, valid until { $expires_at }. Do not share it. Not your request? Ignore it.

message-login-subject = Your code to log in
message-login = Your password has just been entered at Segurança Social Direta. To finish logging in, use this code.

    Your verification code: { $code }

    It is valid until { $expires_at }{ lisbon-time } and can be used only once. Do not share it with anyone. If this was not you, change your password, because somebody else knows it.
message-login-sms = Seguranca Social Direta: login code { $code }, valid until { $expires_at }. Do not share it. If this was not you, change your password.

message-login-enrolment-subject = Your code to log in
message-login-enrolment = A code was requested for your account, to log in to Segurança Social Direta and confirm a contact.

    Your verification code: { $code }

    Log in with your NISS and your password, and enter this code. It is valid until { $expires_at }{ lisbon-time } and can be used only once. Do not share it with anyone. If you did not request it, call the Social Security Line.
message-login-enrolment-letter = A code was requested for your account, to log in to Segurança Social Direta and confirm a contact.

    Your verification code: { $code }

    To confirm a contact at Segurança Social Direta:
    1. Log in with your NISS and your password.
    2. Enter this verification code.
    3. Enter your e-mail address or mobile number, and confirm it.

    The code is valid up to and including { $expires_on } and can be used only once. Do not share it with anyone. If you did not request it, call the Social Security Line.

message-cmd-sms = Chave Movel Digital: temporary code { $code }, valid until { $expires_at }. Do not share it. If you did not request it, change your PIN.

message-cmd_blocked-sms = Chave Movel Digital is blocked: too many wrong PINs or codes. If this was not you, call its support line.

message-activated-subject = Your account is active
message-activated = Your account at Segurança Social Direta is active, and its password is set. Please log in, and update and confirm your contacts. If this was not you, call the Social Security Line at once.
message-activated-sms = Seguranca Social Direta: your account is active and its password is set. If this was not you, call { customer-number } at once.

message-activated-cmd-subject = Your account is active
message-activated-cmd = Your account at Segurança Social Direta was activated with Chave Móvel Digital. It has no password. Please log in, and update and confirm your contacts. If this was not you, call the Social Security Line at once.
message-activated-cmd-sms = Seguranca Social Direta: your account was activated with Chave Movel Digital. If this was not you, call { customer-number } at once.

message-password_changed-subject = Your password was changed
message-password_changed = The password of your account at Segurança Social Direta was changed. If this was not you, call the Social Security Line at once.
message-password_changed-sms = Seguranca Social Direta: your password was changed. If this was not you, call { customer-number } at once.

message-password_changed-first-subject = A password was set
message-password_changed-first = A password was set for your account at Segurança Social Direta, which had none. If this was not you, call the Social Security Line at once.
message-password_changed-first-sms = Seguranca Social Direta: a password was set for your account. If this was not you, call { customer-number } at once.

message-recovered-subject = A password was set
message-recovered = A password was set for your account at Segurança Social Direta with a verification code, and the account is active. All open sessions were ended. If this was not you, call the Social Security Line at once.
message-recovered-sms = Seguranca Social Direta: a password was set with a code, and your account is active. If this was not you, call { customer-number } at once.

message-second_factor_enrolment-subject = A code to log in was requested
message-second_factor_enrolment = A code to log in to Segurança Social Direta was requested with your password and your data, because your account has no confirmed contact. With this code, a contact can be confirmed. If this was not you, call the Social Security Line at once.
message-second_factor_enrolment-sms = Seguranca Social Direta: a code was requested to log in and confirm a contact. If this was not you, call { customer-number } at once.

message-login_locked-subject = Login to your account was locked
message-login_locked = There were too many failed attempts to log in to your account at Segurança Social Direta. Login is locked until { $until }{ lisbon-time }. If this was not you, your password is still safe. You can set a new one at any time with "Perdi a minha palavra-passe" (I have lost my password).
message-login_locked-letter = There were too many failed attempts to log in to your account at Segurança Social Direta. Login was locked until { $until }{ lisbon-time }. If this was not you, your password is still safe. If you have lost your password, call the Social Security Line.
message-login_locked-sms = Seguranca Social Direta: login is locked until { $until }, after too many failed attempts. Questions: { customer-number }.
message-login_locked-dead-subject = Your password can no longer be used
message-login_locked-dead = There were too many failed attempts to log in to your account at Segurança Social Direta. Your password can no longer be used. Please set a new one with "Perdi a minha palavra-passe" (I have lost my password).
message-login_locked-dead-letter = There were too many failed attempts to log in to your account at Segurança Social Direta. Your password can no longer be used. To set a new one, call the Social Security Line.
message-login_locked-dead-sms = Seguranca Social Direta: too many failed logins; your password no longer works. Use "Perdi a minha palavra-passe" or call { customer-number }.
message-login_locked-no_password-subject = Login with a password was locked
message-login_locked-no_password = There were too many failed attempts to log in at Segurança Social Direta with your NISS and a password. Login with a password is locked until { $until }{ lisbon-time }. Your account has no password, so nobody can log in this way. You do not need to do anything.
message-login_locked-no_password-letter = There were too many failed attempts to log in at Segurança Social Direta with your NISS and a password. Login with a password was locked until { $until }{ lisbon-time }. Your account has no password, so nobody can log in this way. You do not need to do anything.
message-login_locked-no_password-sms = Seguranca Social Direta: login with a password is locked until { $until }. Your account has no password. Questions: { customer-number }.
message-login_locked-no_password-dead-subject = Login with a password is locked
message-login_locked-no_password-dead = There were too many failed attempts to log in at Segurança Social Direta with your NISS and a password. Login with a password is locked until you set one. Your account has no password, so nobody can log in this way. You do not need to do anything.
message-login_locked-no_password-dead-sms = Seguranca Social Direta: login with a password is locked until you set one. Your account has no password. Questions: { customer-number }.

message-code_blocked-subject = Verification codes were blocked
message-code_blocked = Too many wrong verification codes were entered for your account at Segurança Social Direta. Codes are blocked until { $until }{ lisbon-time }. If this was not you, you do not need to do anything.
message-code_blocked-letter = Too many wrong verification codes were entered for your account at Segurança Social Direta. Codes were blocked until { $until }{ lisbon-time }. If this was not you, you do not need to do anything.
message-code_blocked-sms = Seguranca Social Direta: too many wrong codes; codes are blocked until { $until }. Questions: { customer-number }.
message-code_blocked-dead-subject = Your verification code can no longer be used
message-code_blocked-dead = Too many wrong verification codes were entered for your account at Segurança Social Direta. The code that was sent can no longer be used. You can request another. If this was not you, you do not need to do anything.
message-code_blocked-dead-sms = Seguranca Social Direta: too many wrong codes; the code that was sent can no longer be used. You can request another.
message-code_blocked-insider-subject = Verification codes were blocked
message-code_blocked-insider = Too many wrong verification codes were entered in your account at Segurança Social Direta. Codes are blocked until { $until }{ lisbon-time }. If this was not you, somebody else may have access to your account: call the Social Security Line at once.
message-code_blocked-insider-letter = Too many wrong verification codes were entered in your account at Segurança Social Direta. Codes were blocked until { $until }{ lisbon-time }. If this was not you, somebody else may have access to your account: call the Social Security Line at once.
message-code_blocked-insider-sms = Seguranca Social Direta: too many wrong codes; codes are blocked until { $until }. If this was not you, call { customer-number } at once.
message-code_blocked-insider-dead-subject = Your verification code can no longer be used
message-code_blocked-insider-dead = Too many wrong verification codes were entered in your account at Segurança Social Direta. The code that was sent can no longer be used. You can request another. If this was not you, somebody else may have access to your account: call the Social Security Line at once.
message-code_blocked-insider-dead-sms = Seguranca Social Direta: too many wrong codes; the code that was sent can no longer be used. If this was not you, call { customer-number } at once.

message-phone_code_blocked-dead-subject = Your security code is blocked
message-phone_code_blocked-dead = Too many wrong security codes were entered in your name on the Social Security Line. Your security code is blocked. Log in to Segurança Social Direta and set another one. If this was not you, call the Social Security Line.
message-phone_code_blocked-dead-sms = Seguranca Social Direta: too many wrong security codes on the phone line; yours is blocked until you change it. Questions: { customer-number }.

message-phone_code_changed-removed-subject = Your security code was removed
message-phone_code_changed-removed = Your security code for the Social Security Line was removed at Segurança Social Direta. If this was not you, call the Social Security Line at once.
message-phone_code_changed-removed-sms = Seguranca Social Direta: your security code for the phone line was removed. If this was not you, call { customer-number } at once.
message-phone_code_set-subject = Your security code was set
message-phone_code_set = Your security code for the Social Security Line was set at Segurança Social Direta. If this was not you, call the Social Security Line at once.
message-phone_code_set-sms = Seguranca Social Direta: a security code for the phone line was set. If this was not you, call { customer-number } at once.

message-phone_code_changed-subject = Your security code was changed
message-phone_code_changed = Your security code for the Social Security Line was changed at Segurança Social Direta. If this was not you, call the Social Security Line at once.
message-phone_code_changed-sms = Seguranca Social Direta: your security code for the phone line was changed. If this was not you, call { customer-number } at once.

message-suspended-subject = Your account is suspended
message-suspended = Your account at Segurança Social Direta was suspended by Social Security. You cannot log in until it is active again. If you have questions, call the Social Security Line.
message-suspended-sms = Seguranca Social Direta: your account was suspended by Social Security. You cannot log in. If you have questions, call { customer-number }.

message-resumed-subject = Your account is active again
message-resumed = Your account at Segurança Social Direta is active again. You can log in as before.
message-resumed-sms = Seguranca Social Direta: your account is active again. You can log in as before.

message-reset-subject = Your account was reset
message-reset = Your account at Segurança Social Direta was reset by Social Security. Any earlier password or security code no longer works. A verification code to activate the account again is on its way to you. If you have questions, call the Social Security Line.
message-reset-sms = Seguranca Social Direta: your account was reset. A code to activate it again is on its way. If you have questions, call { customer-number }.

message-closed-subject = Your account is closed
message-closed = Your account at Segurança Social Direta was closed. You can no longer log in. If you have questions, call the Social Security Line.
message-closed-sms = Seguranca Social Direta: your account was closed. If you have questions, call { customer-number }.

message-contact_changed-subject = This contact was replaced
message-contact_changed = This contact was replaced by another one at Segurança Social Direta. If this was not you, call the Social Security Line at once.
message-contact_changed-sms = Seguranca Social Direta: this contact was replaced by another one. If this was not you, call { customer-number } at once.

message-contact_changed-other-subject = A contact was changed
message-contact_changed-other = { $kind ->
        [email] Your registered e-mail address at Segurança Social Direta was changed.
       *[mobile] Your registered mobile number at Segurança Social Direta was changed.
    } If this was not you, call the Social Security Line at once.
message-contact_changed-other-sms = { $kind ->
        [email] Seguranca Social Direta: your registered e-mail address was changed.
       *[mobile] Seguranca Social Direta: your registered mobile number was changed.
    } If this was not you, call { customer-number } at once.
message-contact_changed-added-subject = A contact was added
message-contact_changed-added = { $kind ->
        [email] An e-mail address was added to your data at Segurança Social Direta.
       *[mobile] A mobile number was added to your data at Segurança Social Direta.
    } If this was not you, call the Social Security Line at once.
message-contact_changed-added-sms = { $kind ->
        [email] Seguranca Social Direta: an e-mail address was added to your data.
       *[mobile] Seguranca Social Direta: a mobile number was added to your data.
    } If this was not you, call { customer-number } at once.
message-contact_removed-subject = This contact was removed
message-contact_removed = This contact was removed from your data at Segurança Social Direta. If this was not you, call the Social Security Line at once.
message-contact_removed-sms = Seguranca Social Direta: this contact was removed from your data. If this was not you, call { customer-number } at once.
message-contact_removed-other-subject = A contact was removed
message-contact_removed-other = { $kind ->
        [email] Your registered e-mail address was removed from your data at Segurança Social Direta.
       *[mobile] Your registered mobile number was removed from your data at Segurança Social Direta.
    } If this was not you, call the Social Security Line at once.
message-contact_removed-other-sms = { $kind ->
        [email] Seguranca Social Direta: your registered e-mail address was removed.
       *[mobile] Seguranca Social Direta: your registered mobile number was removed.
    } If this was not you, call { customer-number } at once.

### `ssd explain`: the meaning of a reason, its cause and what to do

explained = { $reason }

    { $meaning }

    Cause: { $cause }

    What to do: { $next }

explain-terms_not_accepted = The request did not accept the terms and conditions of the service.
explain-terms_not_accepted-cause = The request had no --accept-terms, or the question on the terminal was answered with no.
explain-terms_not_accepted-next = Read the terms with `ssd terms`, and repeat the request with --accept-terms if you agree.

explain-not_confirmed = The summary of the registration was not confirmed. Nothing was sent, and nothing is stored.
explain-not_confirmed-cause = At a terminal, the question about the summary was answered with no, and then nothing was corrected.
explain-not_confirmed-next = Register again. After a no, choose the value to correct.

explain-account_type_mismatch = The holder cannot have an account of the requested type, or cannot have alerts.
explain-account_type_mismatch-cause = Citizens have an account of type `citizen`; employers and companies have one of type `company`. Alerts by e-mail or SMS are only for citizens. This answer is given only after the identity check.
explain-account_type_mismatch-next = Use the --account-type named in the hint. Companies find their alerts in the inbox: `ssd messages list`.

explain-identity_mismatch = The data do not match the registry.
explain-identity_mismatch-cause = All fields are compared, then one answer is given. It is the same for an unknown NISS, for a holder who has died or no longer exists, and for any wrong field. It therefore does not reveal which field was right. Each failure is counted.
explain-identity_mismatch-next = Check every field against the documents. If all are right, only the Social Security Line can correct the registry. An operator can see which fields differed: ssd why REQUEST.

explain-identity_blocked = Identity checks for this NISS are blocked for some time.
explain-identity_blocked-cause = Too many identity checks have failed within the window (policy identity.failures, identity.window). Register and recover share the count. During the lockout nothing is compared and nothing is counted.
explain-identity_blocked-next = Wait until retry_at. An operator can lift the lockout: ssd account unlock.

explain-already_registered = The holder already has an active account.
explain-already_registered-cause = The account was registered and activated before. This answer is given only after the identity check.
explain-already_registered-next = Log in (ssd login), or replace a lost password (ssd recover).

explain-no_account = The holder has no account.
explain-no_account-cause = No account was ever requested, or it was erased.
explain-no_account-next = Request one: ssd register.

explain-not_active = The account is not active yet.
explain-not_active-cause = It was requested or reset, and its code has not been used yet.
explain-not_active-next = Activate it with the code that was sent: ssd activate. To request another code: ssd register.

explain-suspended = The account is suspended by an operator.
explain-suspended-cause = An operator ran ssd account suspend; the audit log has the reason.
explain-suspended-next = The holder calls the Social Security Line. An operator can lift the suspension: ssd account resume.

explain-closed = The account is closed.
explain-closed-cause = An operator closed it, or an import marked the holder as deceased or ceased.
explain-closed-next = An operator can open it again, unless the holder is deceased or ceased: ssd account reset.

explain-channel_unavailable = The code cannot be sent by the requested channel, but another channel is available.
explain-channel_unavailable-cause = No such contact is registered, or the typed contact is not the registered one. A letter is sent only if neither e-mail nor mobile can be used, and never for a recovery.
explain-channel_unavailable-next = Use one of the channels listed in the refusal.

explain-no_channel = No channel is available to send a code.
explain-no_channel-cause = No contact can be used: it is not registered, or the typed contact is not the registered one. For a letter there is no address, or this procedure sends none.
explain-no_channel-next = The registry must be corrected. The holder calls the Social Security Line, and an operator imports the record again.

explain-too_soon = The last code for this purpose may still be on its way.
explain-too_soon-cause = Codes by e-mail and SMS need some time between them (policy resend.wait). Another letter is sent only after the day on which the last one should arrive.
explain-too_soon-next = Use the code that was sent, or wait until retry_at.

explain-too_many_codes = Too many codes were sent for this purpose.
explain-too_many_codes-cause = The limit applies to a sliding window (policy resend.most, resend.window; for letters resend.letter.most, resend.letter.window). Another code can be sent when the oldest one leaves the window.
explain-too_many_codes-next = Use the code that was sent last, or wait until retry_at.

explain-no_code = There is no such code.
explain-no_code-cause = No code was ever sent to this holder, or all codes were used, replaced or have expired, and were wiped. For outbox wait, no code was sent in time.
explain-no_code-next = See the messages sent (ssd outbox list --niss NISS), or request another code.

explain-code_wrong = The typed code is wrong.
explain-code_wrong-cause = It is none of the codes issued to this NISS for this purpose. The answer is the same for an unknown NISS. Each failure is counted. After a number of them on one code, the code is invalid (policy code.attempts). After a number of them in a row, codes are blocked (policy code.failures).
explain-code_wrong-next = Open the newest message and type its code again.

explain-code_expired = The code was correct, but it has expired.
explain-code_expired-cause = A code is valid only before its end time (policy code.sms.life, code.email.life, code.letter.life). This is not counted as a failure.
explain-code_expired-next = Request another code: the hint shows how.

explain-code_used = The code was correct, but it was already used.
explain-code_used-cause = A code works once, even if two requests use it at the same time. This is not counted as a failure.
explain-code_used-next = If the account is active, log in; otherwise request another code.

explain-code_superseded = The code was issued, but it was replaced by a newer one.
explain-code_superseded-cause = Only the newest code for a purpose is valid: another one was requested later, the account was changed, or an operator recorded that the message did not arrive. This is not counted as a failure.
explain-code_superseded-next = Use the code in the newest message.

explain-code_blocked = Codes are not accepted for some time, or this code is no longer valid.
explain-code_blocked-cause = Too many wrong codes were typed. On one code (policy code.attempts), that code is no longer valid and retry_at is null. In a row (policy code.failures), all codes for the purpose are blocked until retry_at. For codes by letter only the limit in a row applies.
explain-code_blocked-next = With retry_at, wait; without it, request another code. An operator can lift the lockout: ssd account unlock.

explain-password_weak = The password is not strong enough.
explain-password_weak-cause = It is too short, has too few kinds of characters, is one of the most common ones, or is easy to guess. The holder's name, dates, numbers and contacts also make it easy to guess. The code stays unused, and nothing is counted.
explain-password_weak-next = Use several unrelated words. The message shows which rule refused the password.

explain-password_repeated = The new password is the current one.
explain-password_repeated-cause = The new password must differ from the current one.
explain-password_repeated-next = Use another password.

explain-login_failed = The login with NISS and password failed.
explain-login_failed-cause = The NISS is unknown, the password is wrong, or the account is not active yet, or is suspended or closed. All have the same answer in the same time, to hide which accounts exist. Each failure is counted.
explain-login_failed-next = Check the NISS and the password. To replace a lost password: ssd recover. An operator can see the cause: ssd why REQUEST.

explain-login_locked = Logins by password are locked, even with the right password.
explain-login_locked-cause = Too many logins have failed in a row (policy login.failures). The first lockout is short, and each later one is twice as long (login.lock, login.lock_most). After login.dead failures the password is no longer valid and retry_at is null.
explain-login_locked-next = Wait until retry_at, or set a new password by recovery, which lifts the lockout. An operator can lift it too: ssd account unlock.

explain-login_required = The command needs a session, or a more recent login.
explain-login_required-cause = There are three causes. SSD_SESSION is not set or is not a session token. The session has ended: it was not used for session.idle, is older than session.life, or was ended by logout, recovery or an operator. The request needs a recent login (session.fresh).
explain-login_required-next = Log in: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION.

explain-enrolment_required = The login needs a second factor, and the holder has no confirmed contact.
explain-enrolment_required-cause = `login.second_factor` is `on` or `sms`. Its code goes only to a confirmed e-mail or mobile; with `sms`, only to a mobile.
explain-enrolment_required-next = Confirm your identity and get a code: ssd second-factor enrol NISS. Log in with it and confirm a contact.

explain-enrolment_not_required = The holder can log in without enrolling.
explain-enrolment_not_required-cause = No second factor is required, or a confirmed contact can receive its code.
explain-enrolment_not_required-next = Log in: ssd login NISS.

explain-last_contact = Without this contact the holder could not log in.
explain-last_contact-cause = `login.second_factor` is `on` or `sms`, and no other confirmed contact can receive its code.
explain-last_contact-next = Confirm another contact first: ssd contacts update, then ssd contacts confirm. If the device is lost, an operator helps: ssd account reset.

explain-contact_unchanged = The contact is already the registered one, or there is no contact to remove.
explain-contact_unchanged-cause = A change that changes nothing is refused, to avoid a wrong impression of success. The request is refused completely: its other contacts also stay unchanged.
explain-contact_unchanged-next = Leave it out. To confirm it unchanged: ssd contacts confirm --channel CHANNEL.

explain-nothing_to_confirm = No contact of this kind is waiting for confirmation.
explain-nothing_to_confirm-cause = The registered contact is already confirmed and no other is proposed, or there is none.
explain-nothing_to_confirm-next = See the contacts (ssd contacts show), or propose one (ssd contacts update).

explain-phone_code_missing = There is no security code to change.
explain-phone_code_missing-cause = No security code was set yet, or it was removed when the account was reset or closed.
explain-phone_code_missing-next = Create one: ssd phone-code set.

explain-phone_code_exists = There is already a security code for the Social Security Line.
explain-phone_code_exists-cause = The first security code is generated once; after that it can only be changed.
explain-phone_code_exists-next = Change it: ssd phone-code change.

explain-phone_code_trivial = The digits are too easy to guess.
explain-phone_code_trivial-cause = Six equal digits, a run up or down, and the holder's date of birth are refused.
explain-phone_code_trivial-next = Choose other digits, or have them generated: ssd phone-code change --generate.

explain-phone_code_unchanged = The digits are the current security code.
explain-phone_code_unchanged-cause = The new security code must differ from the current one.
explain-phone_code_unchanged-next = Choose other digits, or have them generated: ssd phone-code change --generate.

explain-phone_code_wrong = The digits typed on the phone line are not the holder's security code.
explain-phone_code_wrong-cause = The answer is the same for an unknown NISS and for a holder without a security code. After a number of failures in a row the code is blocked (policy phone_code.failures).
explain-phone_code_wrong-next = Type the six digits again. The holder can change them: ssd phone-code change.

explain-phone_code_blocked = The security code for the Social Security Line is blocked.
explain-phone_code_blocked-cause = Too many wrong codes were typed in a row (policy phone_code.failures). The block does not expire. After 100 wrong codes in a row, unlocked or not, the code is removed.
explain-phone_code_blocked-next = The holder changes it (ssd phone-code change), or an operator unlocks it (ssd account unlock). After 100 wrong codes the holder creates another: ssd phone-code set.

explain-call_required = There is no identified caller on the phone line.
explain-call_required-cause = SSD_CALL is not set or is not a call token, or the call is over (policy phone_line.token.life). Suspension, reset, closure or a new security code also end a call. The answer is the same in every case.
explain-call_required-next = Identify the caller again: export SSD_CALL=$(ssd phone-line).

explain-cmd_not_enrolled = The authentication provider has no Chave Móvel Digital for this holder.
explain-cmd_not_enrolled-cause = It was never enrolled, or was revoked. Only operators get this reason: a login or a registration gets that of a wrong PIN.
explain-cmd_not_enrolled-next = Enrol the holder with the provider: ssd cmd enrol NISS.

explain-cmd_enrolled = The authentication provider already has a Chave Móvel Digital for this holder.
explain-cmd_enrolled-cause = A second enrolment would replace the PIN or the mobile unnoticed, so it is refused.
explain-cmd_enrolled-next = Revoke it first: ssd cmd revoke NISS. This also removes its codes and its block.

explain-cmd_pin_wrong = This is not the PIN of the holder's Chave Móvel Digital, or the holder has none.
explain-cmd_pin_wrong-cause = The authentication provider checks the PIN and counts the failures. After a number of wrong PINs in a row it is blocked (policy cmd.pin.failures). The answer is the same for a holder who is not enrolled and for an unknown NISS, so that nobody learns who is enrolled.
explain-cmd_pin_wrong-next = Type the PIN again, or use NISS and password instead. An operator enrols a holder: ssd cmd enrol NISS. A holder who has forgotten the PIN is enrolled again: ssd cmd revoke, then ssd cmd enrol.

explain-cmd_code_wrong = This is not the temporary code of Chave Móvel Digital.
explain-cmd_code_wrong-cause = It is not the code that was sent last, or none was sent. After a number of wrong codes in a row, over all codes, it is blocked (policy cmd.code.failures). An older code of the same holder is not counted.
explain-cmd_code_wrong-next = Open the newest SMS and type its code again. To request another code, run the same command without --code.

explain-cmd_code_expired = The temporary code was correct, but it has expired.
explain-cmd_code_expired-cause = The code is valid only before its end time (policy cmd.code.life). This is not counted as a failure.
explain-cmd_code_expired-next = Request another code: run the same command without --code.

explain-cmd_blocked = The holder's Chave Móvel Digital is blocked.
explain-cmd_blocked-cause = Too many wrong PINs, or too many wrong temporary codes, were typed in a row (policy cmd.pin.failures, cmd.code.failures). The first block lasts as long as policy cmd.pin.block says, and each further one twice as long. After 100 failures in a row the enrolment can no longer be used. A password, if there is one, still works.
explain-cmd_blocked-next = Wait until the block ends, or an operator unlocks it (ssd account unlock). After 100 failures an operator revokes the enrolment (ssd cmd revoke) and makes another (ssd cmd enrol).

explain-consent_refused = The holder did not agree that the provider passes on the data.
explain-consent_refused-cause = After a correct code the provider asks for consent: with --consent, or with a question on a terminal. The code stays valid.
explain-consent_refused-next = Run the same command again with --code and --consent, if the holder agrees.

explain-sandbox_only = Only a sandbox supports this.
explain-sandbox_only-cause = A clock that can be moved, a seed and stand-ins for codes would be unsafe in a store with real people.
explain-sandbox_only-next = Use a sandbox: ssd --store FILE init --sandbox.

explain-real_only = A sandbox does not support this.
explain-real_only-cause = A sandbox has no key file: its key is derived from its seed, and nothing in it is secret. Its clock does not follow the system's.
explain-real_only-next = Use a store other than a sandbox: ssd --store FILE init.

explain-clock_backwards = The given time is before the sandbox's clock.
explain-clock_backwards-cause = The clock only moves forward: what has expired must not become valid again.
explain-clock_backwards-next = Use a later time, or create another sandbox at an earlier time: ssd --store FILE init --sandbox --at TIME.

explain-not_in_registry = The registry has no record of this NISS.
explain-not_in_registry-cause = The record was never imported, or it was erased.
explain-not_in_registry-next = Check for a typing mistake, or import the record: ssd registry import FILE.

explain-holder_inactive = According to the registry, the holder has died or, as a company, no longer exists.
explain-holder_inactive-cause = The last import had the status `deceased` or `ceased`.
explain-holder_inactive-next = If that is wrong, import the record again with the right status.

explain-not_suspended = The account is not suspended, so there is no suspension to lift.
explain-not_suspended-cause = It is requested, active or closed.
explain-not_suspended-next = See its state: ssd account show NISS.

explain-no_session = The holder has no open session with this ID.
explain-no_session-cause = The session has ended, or the ID is that of another holder.
explain-no_session-next = List the sessions: ssd session list.
explain-no_message = There is no such message.
explain-no_message-cause = No message has this number, or the expected message was not sent in time.
explain-no_message-next = List the messages: ssd outbox list.

explain-not_dispatched = The message was not sent yet, so it cannot have a delivery result.
explain-not_dispatched-cause = A letter is sent when it is printed (ssd outbox print).
explain-not_dispatched-next = Check the number. To see the letters that wait: ssd outbox list --pending.
explain-delivery_recorded = The delivery result of this message is already recorded.
explain-delivery_recorded-cause = The message was returned or has failed before. A result is recorded once.
explain-delivery_recorded-next = Nothing needs to be done. Check the number if another message is meant.
explain-channel_mismatch = The delivery result does not fit the channel of the message.
explain-channel_mismatch-cause = Only letters are returned by the post, and only e-mails and SMS fail.
explain-channel_mismatch-next = Use ssd outbox returned for a letter, and ssd outbox failed for an e-mail or SMS.
explain-no_request = The audit log has no entry with this number.
explain-no_request-cause = The number of a request is `request` in its reply, and the first column of ssd audit list.
explain-no_request-next = List the entries: ssd audit list.

# In an SMS, the subject of an alert is cut to the remaining space.
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
message-alert-payment-subject = Payment from Social Security
message-alert-payment = Payment of { $amount } on { $paid_on }: { $about }
message-alert-payment-sms = Seguranca Social Direta: payment of { $amount } on { $paid_on }: { $about }
