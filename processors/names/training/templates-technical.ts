/*
 * Machine-shaped text to learn from: logs, code, JSON, tables, commands, mark-up. Most of it holds no name at all and
 * teaches what capitals mean there; some holds names, as exports and tool arguments do. `|` is a line break; letters are
 * escaped where a line would read as code of this file.
 */
export const TECHNICAL = `
{"name":"{fl}","email":"{m}","city":"{c}"}
{"first_name": "{f}", "last_name": "{l}", "country": "{k}"}
{"firstName":"{f}","lastName":"{l}","company":"{o}"}
{"user":{"fullName":"{fl}","address":{"street":"{n} {s}","city":"{c}"}}}
{"id": {n}, "customer": "{p}", "status": "active"}
{"role":"user","content":"Hi, I am {p} from {c}"}
{"messages":[{"role":"user","content":"my name is {p}"}]}
{"text":"Dear {f},\\\\n\\\\nthank you for your order.\\\\n\\\\nBest,\\\\n{f}"}
{"body":"Hello {f},\\\\nI met {p} in {c}.\\\\nRegards,\\\\n{fl}"}
{"note": "Patient \\\\"{p}\\\\" lives in {c}"}
"patient": "{lf}", "doctor": "Dr. {l}"
'name': '{fl}', 'employer': '{o}'
name={fl}&city={c}
name: {fl}|city: {c}|company: {o}
author: {fl}
owner: "{fl}"
id,name,city,company|{n},{fl},{c},{o}|{n},{fl},{c},{o}|{n},{fl},{c},{o}
id;nachname;vorname;ort|{n};{l};{f};{c}|{n};{l};{f};{c}
{f},{l},{m},{c},{k}
{fl},{m},{tel}
| {fl} | {c} | {o} |
| Name | City |\\n| {fl} | {c} |
<name>{fl}</name><city>{c}</city>
<td>{fl}</td><td>{o}</td>
<p>Contact <b>{fl}</b> at {o}</p>
**{fl}** works at *{o}* in {c}.
# Meeting with {fl}||- {f}: send the draft|- {f}: book a room
> {f} wrote:|> I will be in {c}
INSERT INTO users (name, city) VALUES ('{fl}', '{c}');
SELECT * FROM customers WHERE name = '{fl}';
UPDATE patients SET doctor = 'Dr. {l}' WHERE id = {n};
Author: {fl} <{m}>
Author: {fl} <{m}>|Date:   {d}||    Fix the {w} handler
Co-authored-by: {fl} <{m}>
Signed-off-by: {fl} <{m}>
// written by {fl}, {n}
# copyright (c) {n} {fl}
Copyright {n} {o}. All rights reserved.
/* ask {f} before you change this */
// {f} says this is slow
{d} {t} INFO user {fl} logged in from {c}
{d} {t} WARN payment of customer {fl} failed
INFO Sending mail to {fl} <{m}>
const customer = { name: '{fl}', city: '{c}' }
user = User(name="{fl}", email="{m}")
print("Hello {f}")
assert greet("{f}") == "Hello {f}"
subject: {fl} ({o}) requested access
BEGIN:VCARD|FN:{fl}|N:{l};{f};;;|ORG:{o}|END:VCARD
ATTENDEE;CN={fl}:mailto:{m}
ORGANIZER;CN="{fl}":mailto:{m}
LOCATION:{c}
`
export const TECHNICAL_PLAIN = `
{d}T{t}Z INFO [main] {C} started in {n} ms
{d} {t} ERROR {C}.{c0}: Connection refused
{d} {t},{n} DEBUG {x} {C} - Processing request {id}
[{d} {t}] [warn] [client {n}.{n}.{n}.{n}] File does not exist: /var/www/{file}
{t} level=info msg="Server listening" port={n}
level=error ts={d} caller={file}:{n} msg="{w} failed" err="context deadline exceeded"
[INFO] Building {C} {v}|[INFO] BUILD SUCCESS|[INFO] Total time: {n} s
[ERROR] Failed to execute goal on project {w}: Compilation failure
WARN: Deprecated method {C}.{c0}() called at line {n}
TRACE {C} Entering {c0} with {n} arguments
FATAL: Out of memory: Killed process {n} ({w})
Started {C} in {n}.{n} seconds (JVM running for {n}.{n})
Exception in thread "main" java.lang.NullPointerException|    at com.{w}.{C}.{c0}({C}.java:{n})
Traceback (most recent call last):|  File "{file}", line {n}, in {x}|ValueError: invalid literal
TypeError: Cannot read properties of undefined (reading '{c0}')
    at {C}.{c0} (/app/src/{file}:{n}:{n})
    at async {C}.{c0} (file:///usr/lib/{file}:{n}:{n})
error: {C} is not assignable to parameter of type {C}
npm ERR! code ENOENT|npm warn deprecated {w}@{v}
added {n} packages, and audited {n} packages in {n}s
pip install {w} {w}=={v}
Successfully installed {prod}-{v} {prod}-{v}
docker run -d --name {w} -p {n}:{n} {w}/{w}:{v}
kubectl get pods -n {w}
git commit -m "Fix {w} in {C}"
git checkout -b feature/{w}-{w}
Merge pull request #{n} from {w}/{w}
Merge branch '{w}' into main
commit {id}
diff --git a/{file} b/{file}
@@ -{n},{n} +{n},{n} @@ class {C}
curl -X POST https://api.example.com/v1/{w} -H "Authorization: Bearer {id}"
GET /api/v1/{w}/{n} HTTP/1.1|Host: example.com|User-Agent: Mozilla/5.0
HTTP/1.1 {n} OK|Content-Type: application/json|Date: {d}
ssh admin@{n}.{n}.{n}.{n}
SELECT {x}, COUNT(*) FROM {x} GROUP BY {x} ORDER BY {n} DESC;
CREATE TABLE {x} (Id INT PRIMARY KEY, {C} VARCHAR({n}) NOT NULL);
ALTER TABLE {C} ADD COLUMN {C} String;
function {c0}({w}) { return {w}.{c0}({w}) }
export class {C} extends {C} implements {C} {
\u0069mport { {C}, {C} } from '{w}'
import {w}.{w}.{C};
from {w} import {C} as {C}
const {c0} = await {w}.{c0}({ {w}: {n} })
public static void main(String[] args) {
def {x}(self, {x}: str) -> {C}:
let mut {x} = {C}::new({n});
#include <{w}.h>
if ({c0} === null) throw new {C}('Missing {w}')
for (const {w} of {c0}) {w}.{c0}()
type {C} = { {w}: string; {c0}: number }
interface {C} { readonly {w}: {C}[] }
return {C}.{c0}({C}.{C}, {n});
@Override|public {C} get{C}() {
describe('{C}', () => { it('returns {w}', () => {
{"id":"{id}","type":"{w}","enabled":true,"count":{n}}
{"model":"{prod}-{n}","temperature":0.{n},"max_tokens":{n}}
{"error":{"code":{n},"message":"{W} {w} not found","type":"{x}"}}
{"status":"OK","data":{"{c0}":"{w}","{x}":[{n},{n}]}}
{"timestamp":"{d}T{t}Z","level":"INFO","logger":"{C}","message":"{W} completed"}
{"event":"{C}","properties":{"Browser":"Chrome","OS":"Windows","Plan":"Pro"}}
<div class="{w}"><h1>{W} {W}</h1></div>
<Button onClick={{c0}}>Save Changes</Button>
<{C} {c0}="{w}" />
- name: Install dependencies|  run: npm ci
apiVersion: apps/v1|kind: Deployment|metadata:|  name: {w}
services:|  {w}:|    image: {w}:{v}
{x}={n}|{x}={w}
[{w}]|{x} = "{w}"
| {W} | {W} | {W} |
|---|---|---|
| {C} | {n} | {n} ms |
## {W} {W}||{W} {w} {w} {w}.
### Getting Started
- [x] {W} {w}|- [ ] {W} {w} {w}
1. Install {prod}.|2. Run \`{w} {w}\`.|3. Open {url}
See [{W} {W}]({url}) for details.
\`{C}.{c0}()\` returns a \`{C}\`.
The \`{C}\` class wraps {prod} and exposes {c0}.
We use {prod}, {prod} and {prod} in production.
{prod} vs {prod}: which one is faster?
How do I connect {prod} to {prod}?
Upgrade {prod} from {v} to {v}.
{prod} {v} released
{prod} supports {C} since {v}.
migrate from {prod} to {prod}
the {prod} plugin for {prod} does not work with {prod} {v}
{C} {C} {C}
{file} {file} {file}
src/{w}/{file}
C:\\\\Users\\\\Public\\\\{C}\\\\{file}
/usr/local/bin/{w} --{w} {n} --{w}-{w}={w}
[{n}] {w}: {w} {w} ({id})
{id}: {n}
T\u004fDO({w}): {w} the {w}
// Returns the {w} of the {C}
/** Creates a new {C}. @param {w} the {w} @returns {C} */
# {W} {w} the {w} {w}
"{x}": "{W} {w}"
{W} {W}: {n}
{W}: {w}|{W}: {n}|{W}: {W}
CPU {n}%  MEM {n}%  DISK {n}%
Model: {prod} {n}  Tokens: {n}  Latency: {n} ms
MAC {id}  IP {n}.{n}.{n}.{n}  OK
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/{n} (KHTML, like Gecko) Chrome/{v} Safari/{n}
UTC, GMT, CET, PST and EST are time zones
ERR_{X} WARN_{X} {X}_{X}
{X}={n}
Lorem ipsum dolor sit amet, consectetur adipiscing elit
`
