/*
 * Forms, letters, exports, records and short messages to learn from: what support desks, clinics, courts and offices
 * write. `{mr}` is a title, `{key}` a key under which exports keep a person's name. `|` is a line break.
 */
export const FORMS = `
Dear {mr} {l},|your application has been received.
Dear {mr} {f} {l}, we are writing about your policy.
Dear {mr} {l}, dear {mr} {l},
Good evening {mr} {l}, how are you feeling today?
Hello {mr} {l}, this is a reminder of your visit on {d}.
hello {mr} {l}, i have a question
{mr} {l} called about the heating and wants a visit.
{mr} {l} and {mr} {l} were both present.
I spoke with {mr} {l} and {mr} {fl} on {d}.
Yesterday {mr} {l} paid the deposit.
{mr} {fl} is a {n}-year-old teacher with asthma.
{mr} {l} ({n}) was brought in by ambulance.
please tell {mr} {l} that the keys are ready
Is {mr} {l} available at {t}?
The claimant, {mr} {l}, disputes the amount.
Counsel for {mr} {l} asked for more time.
{l} v. {l} ({n})
The court finds that {l} did not inform {l} in time.
The deceased, {fl}, left no will.
between {fl}, hereinafter the Seller, and {fl}, hereinafter the Buyer
I, {fl}, born on {d}, declare that the information is complete.
The undersigned {fl} confirms receipt of the keys.
Power of attorney granted to {fl}
Patient: {up}, {f}|Date: {d}
Patient name: {up}, {f}  Sex: M  Age: {n}
PATIENT: {up}, {up}|ROOM: {n}
Name: {up} {f}
Name of patient {fl}, ward {n}
Pat. {l}, {f}, {d}
Surname: {up}|Given name: {f}
Last, first: {lf}
Relative: {f} {l} (aunt), tel {tel}
Escort: {f} ({f}'s cousin)
Carer {f} called, {f} slept badly.
Nurse {f} {l} changed the dressing at {t}.
Physician: {fl}, MD|Assistant: {il}
Prescriber {il}, pharmacy informed
Checked by {il} on {d}
Approved: {il}   Date: {d}
Prepared for {fl} by {il}
cc: {il}, {il}
cc {f}, {f}
Cc: {f} {l}; {f} {l}
bcc: {fl}
adding {f} and {f} to this thread
looping in {f} from finance
{f} - please see below
{f}, can you have a look at this by tomorrow?
Hi {f} & {f},
Morning {f}!
ping {f} when the build is green
ask {f} if the server is back
tell {f} and {f} i'm on my way
remind {f} that rent is due
let {f} know that the doctor called
give {f} a call at {tel}
where does {f} live now?
{f} speaking, how may i help you
this is {f} from the second floor
my name is {f}
my name is {fl} and i would like to change my address
hi my name is {f} and i am {n} years old
i am {f}
i'm {fl}, order {n}
me and {f} went to {c}
my cousin {f} and my uncle {f} live with us
my grandmother {f} was born in {c}
my late husband {f} had an account with you
my roommate {f} stole my card
our daughter {f} is allergic to nuts
our new colleague {f} starts on monday
his son {f} and her niece {f}
the baby is called {f}
she calls herself {f}
he is known as {f} {l}
formerly {fl}, now {fl}
change the name on the account from {fl} to {fl}
add {f} {l} as a second driver
remove {fl} from the list
transfer {n} to {fl}
the booking is under {fl}
table for {n} in the name of {l}
a parcel for {fl}
c/o {fl}
attn {mr} {l}
Attention: {fl}
Recipient: {p}
Sender: {p}
Requester: {p}
Requested for: {p}|Opened by: {p}
Submitted by {p} on {d}
Raised by {f}, taken over by {f}
Owner: {p}|Reviewer: {p}
Employee: {p}|Manager: {p}
Student: {p}|Teacher: {mr} {l}
Tenant: {p}|Landlord: {p}
Driver: {p}|Vehicle: {x}
Guest name: {p}|Room: {n}
Cardholder name: {p}
Account holder: {fl}
Policy holder {p}, policy {id}
Signature: {p}
Signed by {p}
Interviewer: {f}|Candidate: {fl}
Speaker: {fl} ({o})
Attendees: {f}, {f}, {f}
Participants: {fl}, {fl}, {f}
Present: {il}, {il}, {il}
Apologies: {f}, {fl}
{lf}; {lf}; {lf}
{lf} / {lf}
{t} {f}|ok for me|{t} {f}|thanks
[{t}] {f}: hello?|[{t}] {f}: yes
{f}> done|{f}> thanks
{f} ({t}): lunch?|{f} ({t}): sure
{f} wrote at {t}: see you there
**{f}:** can you check?|**{f}:** done
Chat with {f} ended.
{f} was added to the group by {f}.
Assigned {f} to the ticket
Best,|{f}
Thank you,|{il}
Many thanks||{f} {l}|Claims Department
Regards|{f}
Yours faithfully,|{il}
Sent from {f}'s phone
{"{key}":"{p}"}
{"{key}": "{p}", "id": {n}}
{"id": "{id}", "{key}": "{lower}", "active": true}
{"{key}": "{p}", "city": "{c}", "note": "prefers e-mail"}
{ "{key}" : "{up}" }
{"contacts":[{"{key}":"{p}"},{"{key}":"{p}"}]}
{"user": {"first_name": "{f}", "last_name": "{l}"}}
{"given_name":"{f}","family_name":"{l}"}
{"firstname":"{lower}","lastname":"{lower}"}
{"from":"{f}","to":"{f}","text":"{w} {w}"}
{"author":"{p}","text":"{W} {w} {w}."}
{key}={p}
{key}="{p}" status=ok
{key}: {p}
'{key}': '{p}'
<{key}>{p}</{key}>
user="{p}" action=login ip={n}.{n}.{n}.{n}
customer={p}, amount={n}
id,{key},city|{n},{p},{c}|{n},{p},{c}
{key};team|{p};sales|{p};legal
{key}\\t{c0}|{p}\\t{n}|{p}\\t{n}
{p}, admin|{p}, guest|{p}, guest
- {p}|- {p}|- {p}
1. {p}|2. {p}|3. {p}
1. {fl} 2. {fl} 3. {fl}
Reviewed-by: {fl}
Reported-by: {fl}
write a letter to {mr} {l} about the noise
write a reference for {fl}, who worked with us for {n} years
write a poem for {f}
make a quiz for my students {f} and {f}
reply to {f} and say no
what would {f} say?
translate this letter from {f} into German
summarise the email of {mr} {l}
`
export const FORMS_PLAIN = `
Dear Customer,|your application has been received.
Dear Colleagues, please note the new opening hours.
Dear Hiring Team,
Hello Support, my card was charged twice.
my name is wrong in the system
my name is not on the list
i am tired of waiting
i am not happy with the service
i'm calling about my order
this is not what i ordered
this is urgent
tell support to call me
ask your manager about the discount
please let legal and finance know
cc: sales, legal
Regards,|The Accounts Team
Thanks,|Technical Support
Best,|Customer Service
Patient denies pain and eats well.
Patient: see above|Ward: {n}
Pt stable, plan: physio, bloods tomorrow
Diagnosis: Pneumonia, Anaemia, Hypothyroidism
Allergies: Penicillin, Latex
Medication: {W} {n} mg, {W} {n} mg
Impression: Normal Study, No Acute Findings
Owner: Platform Team
Assigned to: Database Team
Approved by Finance on {d}
Reviewed by Legal
Prepared by: Human Resources
Requested by: Marketing
To: All Staff|From: Facilities
Sender: noreply|Recipient: undisclosed
The Seller and the Buyer agree that the Goods are delivered in Good Condition.
The Tenant shall pay the Rent on the First Day of each Month.
Pursuant to Section {n} of the Act, the Court may order Costs.
Order Status: Shipped, Delivery Method: Standard
Payment Method: Credit Card, Billing Cycle: Monthly
Severity: High, Component: Checkout, Environment: Production
{"name":"{W} {W}","price":{n}}
{"name":"{x}","description":"{W} the {w}"}
{"name": "{w}", "version": "{v}"}
{"name":"{c0}","arguments":{"{x}":"{w}"}}
{"name": "{W}", "type": "plan"}
{"tool":"{x}","input":{"{w}":"{w} {w}"}}
{"file_name":"{file}","display_name":"{W} {w}"}
{"first_name":"","last_name":null}
{"customer_name": null, "status": "{w}"}
{"title":"{W} {w}","category":"{W}"}
{"{w}":"{w}","{w}":"{W}"}
{"unit":"{w}","mode":"{w}"}
name: {w}-{w}|on: push
name: {W} {w}|schedule: daily
name={x}
<name>{W} {w}</name>
id,name,price|{n},{W} {w},{n}|{n},{W} {w},{n}
user=admin role={w}
- {W}|- {W}|- {W}
- {W} {w}|- {W} {w}
The Delivery Team and the Billing Team have been informed.
The {W} {W} Report covers {W} and {W}.
Our {W} Team will answer within {n} days.
{W} {W}: {n}|{W} {W}: {n}
{W} Policy, Section {n}
ok thanks, got it
thanks everyone
morning all
hi there
hey, quick question
hey guys, any news?
yo whats up
is anybody there?
no worries mate
`
