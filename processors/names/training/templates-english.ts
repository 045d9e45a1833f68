/*
 * English sentences to learn from, written for this: chat, e-mail, support tickets, notes about customers and patients,
 * forms, minutes. `{...}` are slots (generate.ts), `|` a line break. One template per line.
 */
export const ENGLISH = `
hi, my name is {p} and i need help with my order
hello, this is {p} from {o}, i'm calling about invoice {n}
Hi {f}, thanks for getting back to me so quickly!
Dear {p},|thank you for your message of {d}.
Dear Mr. {l},|we regret to inform you that your claim {id} was declined.
Dear Ms. {l}, please find attached the contract for {o}.
Hey {f}, are you coming to {c} next week?
hey {f} can u send me the file pls
thanks {f}! see you on monday
ok {f}, i will ask {f} about it tomorrow
can you write an email to my boss {p} saying i'm sick today
write a birthday message for my friend {f} who turns {n}
please summarise the meeting between {p} and {p} about the budget
I met {fl} in {c} last summer and we talked about {o}.
{p} works at {o} in {c} as a software engineer.
{f} said she would be late, so {f} started without her.
My sister {f} lives in {c}, {k}.
my brother {f} and his wife {f} are moving to {c}
i live in {c} but i was born in {k}
i work for {o} in {c}, my manager is {p}
Patient {p}, {n} years old, was admitted with chest pain on {d}.
Pt {l} reports nausea since {d}. Discussed with Dr. {l}.
Patient: {p}|DOB: {d}|Complaint: headache for {n} days
{p} ({n}F) presented to the clinic with fever and a persistent cough.
Dr. {l} referred {f} to the cardiologist at {o}.
Referral from Dr. {fl}, {o}, {c}.
Spoke with {f}'s mother, {p}, who confirmed the allergy to penicillin.
Seen by nurse {f} at {t}; blood pressure {n} over {n}.
Mrs {l} was discharged home to {c} in a stable condition.
The customer, {p}, called to complain about a late delivery to {s}, {c}.
Customer name: {p}|Order: {id}|Address: {n} {s}, {c}
Name: {p}|Email: {m}|Phone: {tel}
Full name: {fl}|Company: {o}|City: {c}|Country: {k}
First name: {f}|Last name: {l}|Date of birth: {d}
name - {p}, city - {c}, phone - {tel}
Contact: {p}, {tel}
Ship to: {p}, {n} {s}, {c}, {k}
Bill to {o}, attn. {p}, {n} {s}, {c}
From: {p} <{m}>|To: {p} <{m}>|Subject: Re: contract
From: {p}|Sent: {d} {t}|To: {p}; {p}|Cc: {p}|Subject: Meeting notes
To: {lf}; {lf}; {lf}
Cc: {lf}/{o}@{o}
On {d}, {p} wrote:
On {d} at {t}, {fl} <{m}> wrote:
Best regards,|{p}|{o}
Kind regards,|{p}|Head of Sales, {o}|{tel}
Thanks,|{f}
Cheers,|{f} {l}
Best,|{f}|Sent from my phone
Regards,||{fl}|Account Manager|{o}|{n} {s}|{c}
Sincerely,|{fl}
--|{fl}|{m}
thx, {f}
{t} {f}: are we still meeting today?|{t} {f}: yes, at {n}
[{t}] {fl}: did anybody hear from {f}?
{f}: hi, how can I help you?|{f}: my card was charged twice
<{f}> anybody know a good dentist in {c}?
Agent {f}: Thank you for contacting {o}, how may I help?
Customer {f}: I want to cancel my subscription.
You are now chatting with {f}.
{f} {l} joined the chat
{f} has left the conversation
Attendees: {p}, {p}, {p} and {p}
Present: {p} ({o}), {p} ({o}), {f}|Absent: {p}
Action: {f} to send the report to {f} by friday
Assigned to {p} by {p} on {d}
Reported by: {p}|Assignee: {p}|Status: open
Ticket {id} was opened by {p} and escalated to {f}.
Please transfer {n} dollars to {p}, account {n}.
Payment from {p} received, forwarded to {o}.
{p} signed the lease for the flat on {s} in {c}.
This agreement is made between {o} and {p}, residing at {n} {s}, {c}.
The witness {p} stated that she saw {p} leave the building near {s}.
Officer {l} arrested {p} in {c} on {d}.
{l} told reporters in {c} that {o} would appeal.
"{o} will open a new office in {c}," said {p}, its chief executive.
{p}, a spokesman for {o}, declined to comment.
{p} was born on {d} in {c} and studied at {o}.
President {l} travelled to {c} to meet Prime Minister {l}.
Shares of {o} rose {n} percent after {p} resigned.
{o} acquired {o} for {n} million dollars.
{o} and {o} announced a partnership in {k}.
The flight from {c} to {c} was cancelled, so {f} took the train.
We flew from {c} to {c} via {c} with {o}.
i want to travel from {c} to {c}, what is the cheapest way?
what's the weather like in {c} today?
how far is {c} from {c}?
best restaurants near {s} in {c}
what is the capital of {k}?
is {k} safe for tourists right now?
We stayed at {o} in {c} and loved it!
Great service at {o}, ask for {f}, she is wonderful.
{f} at the front desk was rude, I will never go back to {o}.
{f} did an amazing job on my hair, highly recommend!!
Dr {l} and his staff are the best in {c}.
i went to school with {p}, do you remember her?
who is {p}?
tell me about {p}
do you know {p} from {c}?
is {p} still married to {p}?
{f} and {f} broke up lol
omg {f} is so funny
lol {f} texted me again last night
my mom {f} called {f} about the party
my boss {f} is driving me crazy
my therapist {f} told me to write everything down
my husband's name is {f} and our kids are {f} and {f}
i think {f} likes {f} but she is dating {f}
tell {f} i said hi
say hello to {f} from me
ask {f} if {f} is home
can you call {f} and tell him i'm late
{f}, where are you?
{f} please call me back asap
no {f} not now
good morning {f}
sorry {f}, i missed your call
happy birthday {f} {l}
congrats {f} and {f} on the baby!
RIP {p}, you will be missed
I can't believe {l} scored again
go {o}!! what a game against {o}
{o} beat {o} {n} - {n} in {c} last night
reminder: {f} has a dentist appointment at {t}
the appointment for {p} is on {d} at {t} with dr {l}
note to self: buy a present for {f}
refund for {p} approved, card ending {n}
account holder {p} asked for a new card to be sent to {c}
verify identity of {p} before changing the address
the caller identified herself as {p} from {c}
caller {p} is very upset and wants to talk to {f} again
lead: {p}, {o}, interested in the premium plan
Met {f} ({o}) at the conference in {c}, follow up next week.
{f} {l} - VP Marketing at {o} - prefers email
CRM note: {p} wants a quote by {d}; loop in {f}.
candidate {p} interviewed with {f} and {f}, strong yes
{p}'s CV looks good, she worked {n} years at {o}.
I'm {f}.
I'm {p}, nice to meet you.
it's {f} again
this is {f}
my name's {f}, what's yours?
call me {f}
you can call me {f}, everybody does
it is {p} here, from {c}
i am {p} and i forgot my password
im {f} from {c}, {n} years old
user {p} cannot log in
student {p} failed the exam, parents {f} and {f} were informed
teacher: {p}, class {n}
Mr and Mrs {l} from {c}
the {l} family lives at {n} {s}
Professor {l} of {o} published a paper with {p}.
according to {l} et al., the effect is small
According to {p}, {o} lost {n} million.
in his book, {p} describes life in {k}
a letter from {p} to {p}
he was seen with {p} outside {o}
{p} owes {f} {n} dollars
{p} vs. {o}, case no. {n}
{p} and {p} v. State of {k}
Give the keys to {f} or leave them with {p} at reception.
Translate this: "{f} lives in {c} with her dog."
Rewrite: {p} is the best employee at {o}
My neighbour, {p}, keeps parking on {s}.
Hi team, please welcome {p}, who joins us from {o}!
Forwarding to {f} and {f} for review. {f}, can you take this one?
{f}: ok|{f}: thanks
thank you so much {f}
Thank you {f} for the quick reply.
dear {f}, i hope this finds you well
dear {p}, your parcel will arrive in {c} tomorrow
The meeting will take place at the {o} office in {c}.
{o} is hiring in {c} and {c}.
Complaint against {o}: they never answered my letters.
I bought it at {o} on {s}.
my insurance is with {o} and they refuse to pay
i have an account at {o}, number {n}
i used to work at {o} before {o}
from {c} with love
greetings from {k}!
We are located at {n} {s}, {c}.
driving from {c} to {loc} takes {n} hours
the war in {k} and the crisis in {loc}
he was deployed to {loc} in {n}
the river near {c} flooded {loc}
"My name is {p}," she said.
“{f},” he whispered, “don't go to {c}.”
({f} {l}, {c})
- {f} {l}|- {f} {l}|- {f} {l}
* {p} ({o})|* {p} ({o})
1. {fl}|2. {fl}|3. {fl}
Winners: {fl}, {fl}, and {fl}
{fl}; {fl}; {fl}
{fl} / {fl}
Signed, {fl}, on behalf of {o}
emergency contact: {fl} (mother), {tel}
next of kin {fl}, tel {tel}
guardian {fl} informed at {t}
Beneficiary: {fl}, {c}
{l}/{f} MR
PASSENGER {l}/{f} MRS FLIGHT {n}
Passenger: {lf}|From: {c}|To: {c}
guest {fl}, room {n}, checked in {d}
driver {f} will pick you up at {t} on {s}
Your driver {f} is arriving.
Your order has been shipped, {f}!
Welcome back, {f}!
@{h} thanks {f}!
RT @{h}: {p} is coming to {c} #{w}
just saw {p} live in {c}!! #{w}
loving the new song by {p}
{o} is the worst company ever, avoid
anyone from {c} here?
`
export const ENGLISH_PLAIN = `
I would like to cancel my subscription and get a refund.
how do i reset my password?
can you help me write a cover letter for a marketing job
The meeting has been moved to Thursday at 3 pm.
What is the difference between a virus and a bacterium?
Please find attached the invoice for March.
Great food, friendly staff and fair prices. Will come again!
I don't understand why my order has not shipped yet.
My phone won't charge any more, what should I do?
The patient denies fever, chills or shortness of breath.
Blood pressure {n}/{n}, heart rate {n}, temperature normal.
Take one tablet twice a day with food.
Explain photosynthesis to a ten year old.
Write a short poem about autumn leaves and the sea.
Translate the following sentence into German.
Make it shorter and more polite.
give me {n} ideas for a birthday party
what should i cook tonight? i have eggs, rice and tomatoes
lol that's so true
ok thanks
Yes, please do.
No problem at all!
Thank you for your patience.
Thanks in advance for your help.
Let me know if you have any questions.
Looking forward to hearing from you.
I hope this email finds you well.
Happy New Year!
Merry Christmas and a happy new year to all of you!
See you on Monday!
Have a great weekend everyone
Dear Sir or Madam,
To whom it may concern
Dear customer, your parcel is on its way.
Dear team,|please submit your time sheets by Friday.
Hi all,|quick reminder about the fire drill tomorrow.
Hello everyone and welcome to the webinar
Best regards,|The Support Team
Kind regards,|Customer Service
Terms and Conditions apply. See Privacy Policy.
Chapter {n}: Introduction
Table of Contents
Frequently Asked Questions
Order Number: {n}|Order Date: {d}|Total: {n}
Account Balance: {n}|Available Credit: {n}
Date: {d}|Time: {t}|Room: {n}
Subject: Weekly Report|Priority: High|Status: Open
First Name: |Last Name: |Email Address:
Step {n}: Click the Save button and wait.
Go to Settings > Privacy > Location Services and turn it off.
Click File, then Save As, and choose PDF.
Press Ctrl+Alt+Delete and select Task Manager.
The Quick Start Guide explains how to set up your device.
Warning: Do Not Open This Door
NOTICE: NO PARKING ON WEEKDAYS
THIS IS UNACCEPTABLE!!! I WANT MY MONEY BACK
WHY IS THIS NOT WORKING
Why Is My Computer So Slow?
How To Make The Perfect Cup Of Coffee
The Best Way To Learn A New Language
Top {n} Tips For Better Sleep
New Features And Improvements In This Release
Senior Software Engineer (Full Time, Remote)
Head of Marketing, Sales Manager, Project Lead
Bachelor of Science in Computer Science
The English teacher spoke French and German fluently.
I love Italian food and Japanese films.
Spanish and Portuguese are similar languages.
American cars, Chinese phones and Swiss watches
He is a Christian, she is a Muslim and they are Jewish.
on Tuesday, January {n}, at {t}
It was in May, or maybe in June, I will check in August.
The sun rises in the east and sets in the west.
mark the date, rob the bank, will you? sue me, bill me later
i may go home in april, grace and faith willing
she will drew a rose, then dawn came and joy was gone
the art of being frank is to never be rude
we hope the summer heat will pass before august
can you bill me for the jack and the ray lamp
my dog ate the homework again
the cat chased a jay and a robin in the garden
Pain level {n} out of {n}, worse at night.
MRI of the lumbar spine shows no acute findings.
Amoxicillin {n} mg three times daily for seven days.
Diagnosis: Type {n} Diabetes Mellitus, Hypertension
Parkinson's disease, Alzheimer's and Crohn's disease
Add the butter, sugar and flour, then bake for {n} minutes.
Monday: chest and back. Tuesday: legs. Wednesday: rest.
Bitcoin fell {n} percent while gold rose.
The iPhone and the Galaxy have similar cameras.
I can't open the PDF in Chrome but it works in Firefox.
Word and Excel keep crashing after the Windows update.
Python is easier to learn than Java or Rust.
Which is better, React or Angular?
How do I deploy a Django app with Docker and Nginx?
Postgres, Redis and Kafka run in Kubernetes.
Claude and ChatGPT gave different answers.
Hey Siri, set a timer for {n} minutes
Alexa, play some jazz
ok google navigate home
Jenkins failed again, please restart the build.
Netflix and chill?
{W} {W} is my favourite thing.
The {W} {W} must be signed by both parties.
i was thinking about {w} and {w} yesterday
do you have any {w} {w} left?
the {w} was {w} and the {w} too
{w} {w} {w}
please check the {w} before you {w} it
my {w} is broken, can you fix it
no {w} today, sorry
what is a {w}?
define {w}
synonyms for {w}
{W}: {w} {w}, {w} and {w}
God bless you all
Jesus, that was close!
Mom and Dad are coming for dinner.
my mum and dad don't get on
Sir, this is a restaurant.
Yes Ma'am, right away.
Dude, where is my car
Doctor, I feel dizzy since yesterday.
The President signed the bill on Friday.
The Company shall pay the Supplier within {n} days.
The Borrower and the Lender agree to the Terms of this Agreement.
Section {n}.{n} Confidentiality. Each Party shall protect Confidential Information.
Party A and Party B
Appendix B, Table {n}, Figure {n}
Plan B failed, so we need a Plan C.
Vitamin C and Omega {n}
the {e} theorem and the {e} conjecture
{e} algorithm, {e} distribution and {e} test
The {e} transform of a signal is linear.
a {e} chain, a {e} process or a {e} model
{e}'s disease, {e}'s syndrome and {e} fracture
patient with suspected {e} syndrome, {e} sign negative
a {e}-{e} function
the {e} method is faster than {e} search
vitals: BP {n}/{n}, HR {n}, RR {n}, temp {n}
CBC, BMP and LFTs within normal limits, ECG normal
dates should be in ISO format and times in UTC
choose {W}, then {W} {W}
go to {W} > {W} and select {W}
the {W}, {W} and {W} chapters are about {w}
what does {W} mean in {W} mode?
{W} is {w}, {W} is {w}
why is {W} so {w}?
how do i {w} a {w} with {W}?
Grade A beef, size XL, type O negative
`
